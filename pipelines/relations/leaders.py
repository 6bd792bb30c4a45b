"""Do leaders' grades move first? Inspections where two grades were apart, and which had come to the other by the next."""

from pipelines.relations.agreement import area_words
from pipelines.relations.answer import MINIMUM_N, Answer, Estimate, Lost, Row, Rows, refuse
from pipelines.relations.inputs import GRADE_RANKS
from pipelines.relations.words import interval

_KIND = "change after an inspection"
#: One area with two names: care leavers got a judgement of their own in January 2023, and `care` is the rest.
CARE = ("care_and_care_leavers", "care")


def leaders_first(rows: Rows, other: str = "help_and_protection", *, year: int | None = None) -> Answer:
    """Where leaders' grade and another area's differed, which of the two had moved to the other by the next inspection.

    Each row is a council's inspection (of one year of publication, if asked) with the two grades apart and a later
    inspection under the same scale.
    """
    moves = [move for move in _moves(rows, other) if year in (None, move["published"].year)]
    towards = [move for move in moves if move["moved"] in ("other to leaders", "leaders to other")]
    followed = sum(move["moved"] == "other to leaders" for move in towards)
    estimate = _exact_share(followed, len(towards), other)
    return Answer(
        question=(
            f"Where the grades of leaders and of {area_words(other)} differ, does the area's grade move towards the leaders' by the next "
            "inspection, or the leaders' towards the area's?"
        ),
        title=(
            f"Of grades of {area_words(other)} and leaders that were apart and then closed up, the area moved to the leaders' grade in "
            f"{interval(estimate, 0)} per cent"
        ),
        unit="pair of inspections",
        n=len(towards),
        lost=tuple(
            Lost(reason, tuple(m["la_name"] for m in moves if m["moved"] == reason))
            for reason in ("both moved or neither", "no later inspection")
        ),
        estimates=(estimate,),
        method="Exact (Clopper-Pearson) interval of the share; the value without a leader is 50 per cent.",
        adjusted_for=(),
        releases=tuple(sorted({s for row in rows for s in row["sources"]})),
        caveats=("Few inspections have the two grades apart, and years lie between inspections.",),
        multiplicity="Asked of each area; the intervals are not widened for that.",
        rows=tuple(moves),
    )


def _moves(rows: Rows, other: str) -> list[Row]:
    by_authority: dict[str, list[Row]] = {}
    for row in rows:
        grades = dict(row["grades"])
        if other in CARE:
            grades[other] = next((grades[name] for name in CARE if name in grades), None)
        if grades.get("leadership") and grades.get(other):
            by_authority.setdefault(row["la_code"], []).append({**row, "grades": grades})
    found = []
    for inspections in by_authority.values():
        for i, now in enumerate(inspections):
            lead, area = (GRADE_RANKS[now["grades"][name]] for name in ("leadership", other))
            if lead == area:
                continue
            later = inspections[i + 1] if i + 1 < len(inspections) else None
            found.append(
                {
                    "la_name": now["la_name"],
                    "published": now["published"],
                    "moved": _moved(lead, area, later, other),
                }
            )
    return found


def _moved(lead: int, area: int, later: Row | None, other: str) -> str:
    if later is None:
        return "no later inspection"
    lead_then, area_then = (GRADE_RANKS[later["grades"][name]] for name in ("leadership", other))
    area_came = area_then != area and (area_then - area) * (lead - area) > 0
    lead_came = lead_then != lead and (lead_then - lead) * (area - lead) > 0
    if area_came == lead_came:
        return "both moved or neither"
    return "other to leaders" if area_came else "leaders to other"


def _exact_share(k: int, n: int, group: str) -> Estimate:
    from scipy.stats import binomtest

    name = "share in which the area moved to the leaders' grade"
    if n < MINIMUM_N[_KIND]:
        return refuse(name, group, _KIND, n, "per cent", "exact share")
    test = binomtest(k, n)
    limits = test.proportion_ci(method="exact")
    return Estimate(
        name,
        group,
        100 * k / n,
        100 * limits.low,
        100 * limits.high,
        n,
        "per cent",
        f"{k} of {n}, exact",
        test.pvalue,
    )
