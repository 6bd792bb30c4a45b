"""Ofsted's grades and areas in the words and order in which charts show them."""

from datetime import date

#: Best to worst, as Ofsted prints its profiles. `adequate` is the older scale's third grade (to 2013).
GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
OLDER_GRADES = ("outstanding", "good", "adequate", "inadequate")

GRADE_WORDS = {
    "outstanding": "Outstanding",
    "good": "Good",
    "requires_improvement": "Requires improvement",
    "adequate": "Adequate (older scale)",
    "inadequate": "Inadequate",
    "not_judged": "Not judged",
}

#: One letter inside a mark, so that a grade is never told by colour alone.
GRADE_LETTERS = {
    "outstanding": "O",
    "good": "G",
    "requires_improvement": "R",
    "adequate": "A",
    "inadequate": "I",
    "not_judged": "–",
}

#: Worse is higher: the direction of a rank correlation with a grade, said wherever one is printed.
GRADE_RANKS = {"outstanding": 1, "good": 2, "requires_improvement": 3, "adequate": 3, "inadequate": 4}

AREA_WORDS = {
    "overall": "Overall",
    "leadership": "Leadership",
    "help_and_protection": "Help and protection",
    "care_and_care_leavers": "Children in care and care leavers (to 2022)",
    "care": "Children in care (from 2023)",
    "care_leavers": "Care leavers (from 2023)",
    "looked_after_and_permanence": "Looked after children and permanence",
    "adoption": "Adoption",
    "lscb": "Local Safeguarding Children Board",
}

FRAMEWORK_WORDS = {
    "ilacs": "ILACS",
    "sif": "SIF",
    "sif_reinspection": "SIF re-inspection",
}


#: Visits that begin from this day give no overall grade (Ofsted's announcement; `judgement_areas.valid_to`).
OVERALL_ENDED = date(2026, 4, 27)


def overall_note(as_at: date) -> list[str]:
    """A sentence for charts of overall grades that reach the days on which none is given any more."""
    return ["Inspections give no overall grade since April 2026."] if as_at >= OVERALL_ENDED else []


def is_below_good(grade: str | None) -> bool:
    """Whether a grade is one of those below good."""
    return grade in ("requires_improvement", "adequate", "inadequate")


def is_good_or_better(grade: str | None) -> bool:
    """Whether a grade is good or outstanding."""
    return grade in ("outstanding", "good")
