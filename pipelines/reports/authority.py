"""Which authority a report is about: names as they are printed, found in a table of names.

The table is data and can come from anywhere: rows with a code, a name, its other spellings, its published
codes and the days between which the authority existed. What surrounds a name in a title ("London Borough
of", "County Council") needs no list: only the name is looked for, the longest first.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from pipelines.errors import CouncilsError
from pipelines.paths import raw

PRINTED = Path(__file__).with_name("printed_names.csv")
_SUFFIX = re.compile(r"\s+(?:UA|CC|MBC|\(Pre LG\))$|\d+$")
_OF = re.compile(r"^(?P<name>.+?),? (?P<what>city|county) of$")
_CODE = re.compile(r"(?P<code>E\d{8})\[(?P<seen>[^\]]*)\]")
_SEEN = re.compile(r"(?:CIN|CSWW)\s+\d{4}-(?P<last>\d{4})")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Authority:
    """One authority: `la_code` is DfE's old code, `new_la_codes` the published ones with their last day."""

    la_code: str
    la_name: str
    variants: tuple[str, ...] = ()
    new_la_codes: tuple[tuple[str, date], ...] = ()
    valid_from: date = date.min
    valid_to: date = date.max

    def new_la_code(self, on: date | None) -> str | None:
        """The published code on a day; the newest one where the day is not known."""
        if not self.new_la_codes:
            return None
        current = self.new_la_codes[-1][0]
        return next((code for code, last in self.new_la_codes if on and on <= last), current)

    def existed(self, on: date | None) -> bool:
        """Whether the authority existed on a day; yes where the day is not known and it still exists."""
        return self.valid_from <= on <= self.valid_to if on else self.valid_to == date.max


@dataclass
class AuthorityIndex:
    """Authorities by the names they are printed under."""

    authorities: Iterable[Authority]
    _by_name: dict[str, list[Authority]] = field(default_factory=dict, init=False)
    _pattern: re.Pattern[str] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        for authority in self.authorities:
            for name in sorted(
                {one for printed in (authority.la_name, *authority.variants) for one in _names(printed)}
            ):
                held = self._by_name.setdefault(name, [])
                if authority not in held:
                    held.append(authority)
        if self._by_name:
            longest_first = sorted(self._by_name, key=lambda name: (-len(name), name))
            self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")

    def find(self, printed: str, on: date | None = None) -> list[Authority]:
        """The authorities a title names, in its order, each once; of one name the one of that day."""
        if self._pattern is None:
            return []
        found: list[Authority] = []
        for name in self._pattern.findall(_plain(printed)):
            held = self._by_name[name]
            authority = next((one for one in held if one.existed(on)), held[-1])
            if authority not in found:
                found.append(authority)
        return found


def read_authorities(path: Path) -> AuthorityIndex:
    """The index of the table at `path`; raises a sentence where the file or a column is missing."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle))
        with PRINTED.open(encoding="utf-8", newline="") as handle:
            short = {row["la_name"]: row["printed"] for row in csv.DictReader(handle)}
        return AuthorityIndex([_authority(row, short) for row in rows])
    except OSError as error:
        raise CouncilsError(
            f"{path.name}: the table of authorities could not be opened ({error.strerror})."
        ) from error
    except KeyError as error:
        raise CouncilsError(
            f"{path.name}: the table of authorities has no column {error.args[0]!r}."
        ) from error


def authority_table() -> Path:
    """Where the product keeps its table of authorities."""
    return raw() / "geography" / "la_code_history.csv"


@cache
def authority_index(path: Path) -> AuthorityIndex:
    """The index of a table, read once."""
    return read_authorities(path)


def _authority(row: dict[str, str], short: dict[str, str]) -> Authority:
    printed = [*row["name_variants_seen"].split(" | "), *short.get(row["canonical_name"], "").split(" | ")]
    variants = tuple(part.strip() for part in printed if part.strip())
    return Authority(
        la_code=row["dfe_code"],
        la_name=row["canonical_name"],
        variants=variants,
        new_la_codes=_codes(row["ons_codes_seen"]),
        valid_from=_day(row["valid_from"], date.min),
        valid_to=_day(row["valid_to"], date.max),
    )


def _codes(seen: str) -> tuple[tuple[str, date], ...]:
    """The published codes with the last day each was used: 31 March of the last year a series shows it."""
    codes = []
    for found in _CODE.finditer(seen):
        years = [int(one["last"]) for one in _SEEN.finditer(found["seen"])]
        if years:
            codes.append((date(max(years), 3, 31), found["code"]))
    return tuple((code, last) for last, code in sorted(codes))


def _day(text: str, otherwise: date) -> date:
    return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else otherwise


def _plain(text: str) -> str:
    """Lower case, `&` as *and*, anything else that is no letter or digit as one space."""
    text = text.lower().replace("&", " and ").replace("’", "").replace("'", "")
    return f" {_NOT_WORDS.sub(' ', text).strip()} "


def _names(printed: str) -> set[str]:
    """The forms of a name a title may use: without a suffix, with "City of" before, behind or not at all."""
    plain = _plain(_SUFFIX.sub("", printed)).strip()
    names = {plain}
    city = _OF.match(plain)
    if city:
        names |= {city["name"], f"{city['what']} of {city['name']}"}
    if plain.startswith("county "):
        names.add(plain.removeprefix("county "))
    return names
