"""The words round a chart, all computed from its rows: title, subtitle, notes, source line, alt text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Words:
    """What is printed round a chart.

    `title` is the finding; `subtitle` says what is plotted, in which unit and as at when; `notes` name what
    is not plotted and what to beware of; `alt` is type, data and finding for a reader who can't see it.
    """

    title: str
    subtitle: str
    alt: str
    notes: tuple[str, ...] = ()
    source: str = ""

    def with_source(self, source: str) -> "Words":
        """The same words with their source line."""
        return replace(self, source=source)

    @property
    def footer(self) -> tuple[str, ...]:
        """What stands under the chart: notes, then the source."""
        return (*self.notes, self.source) if self.source else self.notes


def day(value: date) -> str:
    """`31 March 2025`."""
    return f"{value.day} {value:%B %Y}"


def number(value: float, decimals: int = 0) -> str:
    """`1,234` or `92.5`: grouped, with a fixed number of decimals."""
    return f"{value:,.{decimals}f}"


def short_number(value: float, decimals: int = 1) -> str:
    """Like `number`, without a decimal part that is zero: `60`, `92.5`."""
    text = number(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def minus(text: str) -> str:
    """The same number with a true minus in place of the keyboard's hyphen."""
    return text.replace("-", "−")


def signed(value: float, decimals: int = 0) -> str:
    """`+5.8`, `−0.8` or `0`: a change with its sign, and no sign at what is printed as zero."""
    text = f"{value:+,.{decimals}f}"
    return minus(text) if text.strip("+-0.") else "0"


def percent(part: float, whole: float) -> str:
    """`67%`: half goes up, as the publishers round."""
    return f"{int(100 * part / whole + 0.5)}%"


def listed(items: Iterable[str], last: str = "and") -> str:
    """`a, b and c`."""
    words = list(items)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """`1 council`, `2 councils`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def named_or_counted(names: Sequence[str], at_most: int, many: str) -> str:
    """The names if they are few, else how many and the first few of them."""
    if len(names) <= at_most:
        return listed(names)
    return f"{len(names)} {many}, among them {listed(names[:at_most])}"


def by_reason(named: Iterable[tuple[str, str]]) -> str:
    """`Rutland and York (suppressed by the publisher); Hull (not available)`: each reason said once, after its names."""
    groups: dict[str, list[str]] = {}
    for name, reason in named:
        groups.setdefault(reason, []).append(name)
    return "; ".join(f"{listed(names)} ({reason})" for reason, names in groups.items())


#: Why a figure is absent, in words a reader understands, by `value_status`.
STATUS_WORDS = {
    "suppressed": "suppressed by the publisher",
    "not_applicable": "not applicable",
    "not_available": "not available",
    "low_reliability": "withheld as unreliable",
    "rounds_to_zero": "rounds to zero but is not zero",
    "negligible": "negligible",
    "missing": "not printed",
    "not_printed": "no row printed",
    "not_collected": "not collected",
    "not_stated": "no reason stated",
}


def status_words(status: str | None) -> str:
    """Why there is no number; a status this list does not know is shown as it is, never dropped."""
    if status is None:
        return "no row printed"
    return STATUS_WORDS.get(status, status.replace("_", " "))
