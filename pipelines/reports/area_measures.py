"""Which printed number means what: the measures of the area section, and its wordings as a table of data.

A number of the section is looked at with the words before and after it, dates and other numbers masked:
⟦n⟧ a count, ⟦p⟧ a percentage, ⟦r⟧ a rate, ⟦a⟧ all/both, ⟦o⟧ none, ⟦h⟧ a hidden value, ⟦f⟧ a fraction, ⟦d⟧ a
date, ⟦x⟧ an age, a year or another number that is no figure. The first line of `area_measures.csv` whose
kinds, blocks, frame and words fit explains it. To teach a new wording, add a line; the order matters only
between lines that fit the same words.

`before` and `after` are regular expressions read without case; spaces at their edges count. `...` stands for
up to 110 characters without another figure and without a sentence's end (at the beginning of `after` also
past one bracket); the names in `MACROS` stand for their words. Of `measure`:

- a plain name is that measure, and opens the topic that the following words refer to;
- `@topic` is the measure of the topic; `@share`, `@rate` and `@count` belong to the figure before; `@out` and
  `@out_share` are those of the topic placed outside the area, `@within_share` the same said the other way
  round, `@reviews` serious case reviews where those are spoken of;
- `-`: the number is understood and has no measure in the record (`why` says what it is); `-topic` also ends
  the topic, so that what follows is not taken for it.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from pipelines.errors import CouncilsError

TABLE = Path(__file__).with_name("area_measures.csv")

# Every measure of the record and its unit.
UNITS: dict[str, str] = {
    "population_0_17": "children",
    "population_0_17_share": "percent of population",
    "child_poverty": "percent",
    "fsm_primary": "percent",
    "fsm_secondary": "percent",
    "minority_ethnic": "percent",
    "eal_primary": "percent",
    "eal_secondary": "percent",
    "children_in_need": "children",
    "child_protection_plans": "children",
    "private_fostering": "children",
    "looked_after": "children",
    "looked_after_rate": "per 10,000",
    "looked_after_out_of_area": "children",
    "looked_after_out_of_area_share": "percent",
    "uasc": "children",
    "adoptions": "children, last 12 months",
    "sgo": "children, last 12 months",
    "ceased": "children",
    "ceased_returned": "children",
    "ceased_returned_share": "percent",
    "ceased_independent": "children",
    "ceased_hmo": "children",
    "serious_incident_notifications": "count",
    "serious_case_reviews": "count",
}
PLACEMENTS = ("lac_residential_home", "lac_special_school", "lac_foster", "lac_parents")
for _placement in PLACEMENTS:
    UNITS[_placement] = "children"
    UNITS[f"{_placement}_out"] = "children placed outside the area"
    UNITS[f"{_placement}_out_share"] = "percent placed outside the area"

SHARE_OF = {
    "population_0_17": "population_0_17_share",
    "looked_after_out_of_area": "looked_after_out_of_area_share",
    "ceased_returned": "ceased_returned_share",
} | {f"{placement}_out": f"{placement}_out_share" for placement in PLACEMENTS}
COUNT_OF = {share: count for count, share in SHARE_OF.items()}
RATE_OF = {"looked_after": "looked_after_rate"}
OUT_OF = {placement: f"{placement}_out" for placement in PLACEMENTS} | {
    "looked_after": "looked_after_out_of_area"
}
# What the looked-after sentence's date also holds for, and what is counted over the last twelve months.
DATED_BY_LOOKED_AFTER = (
    {"looked_after_out_of_area", "looked_after_out_of_area_share", "uasc"}
    | set(PLACEMENTS)
    | {f"{placement}{end}" for placement in PLACEMENTS for end in ("_out", "_out_share")}
)
YEARLY = {measure for measure in UNITS if measure.startswith(("adoptions", "sgo", "ceased"))}

# Words that say what the bullets below them are about.
FRAMES: tuple[tuple[str, str], ...] = (
    ("other", r"the (?:proportion|percentage|number) of"),
    ("fsm", r"free school[- ]meals?"),
    ("eal", r"additional language|first language|english as a second"),
    ("ethnic", r"largest (?:minority )?ethnic"),
    ("minority", r"from (?:black and )?minority ethnic"),
    ("period", r"(?:last|past|previous|⟦x⟧|⟦n⟧) months?|\bduring ⟦x⟧|\bsince ⟦d⟧|\bperiod ⟦d⟧"),
)


# Sentences in which a number that no line explains is about the place, not a figure of the record.
CONTEXT = re.compile(
    r"languages?|depriv|ranked|census|born |grow|project|predict|estimate|resident|households?|religion"
    r"|travell?er|density|dwelling|enterprises|bilingual|births|judged by ofsted|ethnic|roma\b"
    r"|school population|military|visitors|square mile|unpaid care|national average|individuals|origin",
    re.IGNORECASE,
)

# Words before a number that make it the value of an earlier time.
PREVIOUS = re.compile(
    r"\b(?:from|than|when(?: there were)?|unchanged (?:at|from)|compar\w+ (?:with|to)|similar to|same as"
    r"|in line with|consistent with|equal to)(?: (?:the|a|an|both))*"
    r"(?: (?:figure|number|total|level|position))?(?: of)? $",
    re.IGNORECASE,
)


# Up to 110 characters without a figure and without a sentence's end.
FILL = r"(?:[^⟦.;]|⟦[dx]⟧|\.(?=\d)){0,110}?"
_BRACKETED = r"(?:[^⟦.;()]{0,50}\([^()]{1,60}\))?,?"
_PLACE = r"(?:the |their |its |this |local )*(?:authority|area|borough|city|county|LA|local authority)\b"
MACROS = {
    "BRACKETED": _BRACKETED,
    "OUT": rf"{_BRACKETED}...\b(?:out(?:side)?(?: of)?|side) (?:of )?{_PLACE}",
    "WITHIN": r"(?: \(⟦p⟧\))?,?...\b(?:(?:with)?in (?:the |their |its )?(?:local |same )*"
    r"(?:authority|area|borough|city|county)|(?:with)?in (?-i:[A-Z])[a-z]+)",
    "WHOM": r"of (?:whom|which|these|this|them|those)(?: ⟦n⟧)?(?: children)?,?"
    r"(?: (?:only|just|approximately|about|some|a))? ",
    "CHANGE": r"(?:increas|decreas|reduc|ris|rose|fall|fell|drop|declin|grow|grew|up|down|chang|fewer|higher"
    r"|lower|more|less)\w*",
    "RETURNED": r"\b(?:return\w*|re-?admitted|re-?entered|came back|went back) (?:in)?(?:to )?"
    r"(?:be |being |becoming )?(?:looked after|(?:(?:the |its |their )?(?:local authority(?:'s)?|council(?:'s)?) )?"
    r"care\b(?! of))",
    "NATIONAL": r"(?:national|england|country)\w*",
}
_MACRO = re.compile("|".join(f"{{{name}}}" for name in MACROS))


@dataclass(frozen=True)
class Wording:
    """One line of the table; `kinds` are the letters of the masks it is for, no `blocks` means everywhere."""

    kinds: str
    measure: str
    scope: str
    frame: str
    blocks: frozenset[str]
    before: str
    after: str
    qualifier: str | None
    why: str

    @cached_property
    def before_pattern(self) -> re.Pattern[str] | None:
        """What must stand before the number, up to it."""
        return re.compile(f"(?:{_filled(self.before)})$", re.IGNORECASE) if self.before else None

    @cached_property
    def after_pattern(self) -> re.Pattern[str] | None:
        """What must follow the number at once."""
        return re.compile(_leading(self.after), re.IGNORECASE) if self.after else None


def _filled(words: str) -> str:
    return _MACRO.sub(lambda found: MACROS[found.group()[1:-1]], words).replace("...", FILL)


def _leading(words: str) -> str:
    """The words after a number, where a bracket (`(5.6%)`, `(or 12%)`) may stand before the rest."""
    if not words.startswith("..."):
        return _filled(words)
    return rf"{FILL}(?:\([^()]{{1,60}}\){FILL})??(?:{_filled(words[3:])})"


@cache
def wordings() -> dict[str, tuple[Wording, ...]]:
    """The table's lines for each kind of number, in their order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        lines = [_wording(row) for row in csv.DictReader(file) if not row["kinds"].startswith("#")]
    kinds = sorted({kind for line in lines for kind in line.kinds})
    return {kind: tuple(line for line in lines if kind in line.kinds) for kind in kinds}


def _wording(row: dict[str, str]) -> Wording:
    measure = row["measure"]
    if measure not in UNITS and measure[:1] not in ("@", "-"):
        raise CouncilsError(
            f"{TABLE.name}: the measure {measure!r} is not one of the record's; "
            "correct the line or add the measure with its unit to UNITS."
        )
    return Wording(
        row["kinds"],
        measure,
        row["scope"],
        row["frame"],
        frozenset(row["blocks"].split()),
        row["before"],
        row["after"],
        row["qualifier"] or None,
        row["why"],
    )
