"""The frameworks' eras, and the one place where a document's era is chosen.

To teach the reader a new form: write a module that reads it, and give it a line in `ERAS`. The first line
whose words stand in the title wins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipelines.reports.document import Document
from pipelines.reports.eras import earlier, ilacs, sif, visits
from pipelines.reports.eras.front import Front, read_front
from pipelines.reports.record import Judgement, Kind, Problem

Reading = tuple[str, list[Judgement], list[Problem]]


@dataclass(frozen=True)
class Era:
    """A title's words (all of one alternative must stand in it), the kind of document, and its reader.

    `area_section` says whether its reports have the section of figures about the area.
    """

    name: str
    titles: tuple[tuple[str, ...], ...]
    read: Callable[[Document, Front], Reading]
    kind: Kind = "inspection_report"
    area_section: bool = False


ERAS = (
    Era("visit", visits.TITLES, visits.read, kind="visit"),
    Era("sif", (("inspection of services for children in need of help",),), sif.read, area_section=True),
    Era(
        "sif board",
        (("review of the effectiveness of the local safeguarding children board",),),
        sif.read,
        area_section=True,
    ),
    Era(
        "child protection 2012",
        (("arrangements for the protection of children",),),
        earlier.read_child_protection,
    ),
    Era("slac", (("inspection of safeguarding and looked after children",),), earlier.read_slac),
    Era("looked after 2013", (("inspection of looked after children services",),), earlier.read_looked_after),
    Era(
        "ilacs",
        (
            ("inspection of", "children's services"),
            ("inspection of", "children's social care services"),
            ("inspection of", "children and families trust"),
            ("inspection of", "children's trust"),
            ("inspection of", "children first"),
        ),
        ilacs.read,
    ),
    Era("fostering", (("fostering service", "inspection report"),), earlier.read_fostering),
    Era("adoption", (("adoption service", "inspection report"),), earlier.read_adoption),
)


def choose(front: Front) -> Era | None:
    """The era of a document by the words of its title; `None` where no era knows them.

    A front page with the table of grades that every report has since 2018 is no visit, though its text may
    speak of one, and is known by that table where its title is not.
    """
    for era in ERAS:
        if era.kind == "visit" and front.has_grades:
            continue
        if any(all(words in front.title for words in title) for title in era.titles):
            return era
    return next(era for era in ERAS if era.name == "ilacs") if front.has_grades else None


__all__ = ["ERAS", "Era", "Front", "Reading", "choose", "read_front"]
