"""An answer as text for a terminal, as CSV, or as JSON."""

import csv
import io
import json
from dataclasses import asdict
from datetime import date

from pipelines.relations.answer import Answer, Estimate, lost_in_words
from pipelines.relations.inputs import GRADE_WORDS, GRADES
from pipelines.relations.words import interval, number

WIDTH = 100
_BY_GRADE = ("median", "lower quartile", "upper quartile", "mean")


def as_text(answer: Answer) -> str:
    """The answer with everything it carries, for a reader at a terminal."""
    units = {"authority": "authorities", "child": "authorities, each weighted by its children"}
    parts = [
        *_wrapped(answer.title),
        "",
        *_wrapped(f"Question: {answer.question}"),
        f"Used: {answer.n} {units.get(answer.unit, answer.unit + 's')}.",
        *_wrapped(f"Not used: {lost_in_words(answer.lost, names=True)}."),
        "",
        *_grade_table(answer),
        "",
        *_estimate_lines(answer),
        "",
        *_wrapped(f"Method: {answer.method}"),
        *_wrapped(f"Adjusted for: {'; '.join(answer.adjusted_for) or 'nothing'}."),
        *_wrapped(f"Releases: {'; '.join(answer.releases)}."),
        *_wrapped(answer.multiplicity),
        "Beware:",
        *(line for caveat in answer.caveats for line in _wrapped(f"- {caveat}", "  ")),
    ]
    return "\n".join(parts)


def _wrapped(text: str, indent: str = "") -> list[str]:
    from textwrap import wrap

    return wrap(text, WIDTH, subsequent_indent=indent) or [""]


def _grade_table(answer: Answer) -> list[str]:
    lines = [
        f"{'grade':<21}{'n':>5}{'median':>9}  {'95% interval':<18}{'quartiles':<18}{'mean':>8}  95% interval"
    ]
    for grade in GRADES:
        of_grade = {e.name: e for e in answer.estimates if e.group == grade}
        if not set(_BY_GRADE) <= set(of_grade):
            continue
        median, low, high, mean = (of_grade[name] for name in _BY_GRADE)
        if median.value is None:
            lines.append(f"{GRADE_WORDS[grade]:<21}{median.n:>5}  not given: {median.refused}")
            continue
        lines.append(
            f"{GRADE_WORDS[grade]:<21}{median.n:>5}{number(median.value, 1):>9}  {_limits(median):<18}"
            f"{number(low.value, 1) + ' to ' + number(high.value, 1):<18}{number(mean.value, 1):>8}  {_limits(mean)}"
        )
    return lines if len(lines) > 1 else []


def _limits(estimate: Estimate) -> str:
    if estimate.lower is None:
        return "too few"
    return f"{number(estimate.lower, 1)} to {number(estimate.upper, 1)}"


def _estimate_lines(answer: Answer) -> list[str]:
    lines = []
    for e in answer.estimates:
        if e.name in _BY_GRADE:
            continue
        p = "" if e.p_value is None else f", p {'under 0.001' if e.p_value < 0.001 else number(e.p_value, 3)}"
        without = e.value is not None and e.lower is None
        value = f"{number(e.value, 2)} ({e.unit}; n {e.n})" if without else interval(e)
        lines += _wrapped(f"{e.name}, {e.group}: {value}{p}", "  ")
    return lines


def as_csv(answer: Answer) -> str:
    """One line per estimate, with what it stands on."""
    rows = answer.table()
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().rstrip("\n")


def as_json(answer: Answer) -> str:
    """Everything the answer carries, the rows included."""
    return json.dumps(asdict(answer), ensure_ascii=False, indent=2, default=_plain)


def _plain(value: object) -> str | float:
    return value.isoformat() if isinstance(value, date) else float(str(value))


FORMATS = {"table": as_text, "csv": as_csv, "json": as_json}
