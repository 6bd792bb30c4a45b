"""The command `councils relate`: how a measure and a grade relate, with n, interval, adjustment and caveats."""

import argparse
from datetime import date
from typing import Any

from pipelines.help_format import HelpFormat

EXAMPLES = """\
examples:
  councils relate looked_after_rate
  councils relate agency_rate --year 2020 --adjust deprivation,region
  councils relate child_protection_plans_rate --area help_and_protection --grade-rule next --format csv
"""


def add_parser(subparsers: Any) -> None:
    """Add `relate`."""
    parser = subparsers.add_parser(
        "relate",
        help="how a measure and Ofsted's grades relate, with n, interval, adjustment and caveats",
        description="How a measure and Ofsted's grades relate across councils.",
        epilog=EXAMPLES,
        formatter_class=HelpFormat,
    )
    parser.add_argument("measure", metavar="MEASURE", help="name of a measure, such as looked_after_rate")
    parser.add_argument("--area", default="overall", help="judgement area (default: overall)")
    parser.add_argument("--year", type=int, help="year of the figure (default: the newest)")
    parser.add_argument(
        "--adjust",
        default="",
        metavar="A,B",
        help="deprivation, region, size or measures to adjust for, with commas between",
    )
    parser.add_argument(
        "--grade-rule",
        default="held",
        choices=("held", "next", "last"),
        help="the grade held on the figure's date, the next given after it, or the last given",
    )
    parser.add_argument(
        "--unit", default="authority", choices=("authority", "child"), help="what is counted once"
    )
    parser.add_argument(
        "--as-at", type=date.fromisoformat, metavar="YYYY-MM-DD", help="another date for the grade"
    )
    parser.add_argument(
        "--published-by",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="reports out by then count (3 months on)",
    )
    parser.add_argument(
        "--format", default="table", choices=("table", "csv", "json"), help="how it is printed"
    )
    parser.set_defaults(run=run_relate)


def run_relate(args: argparse.Namespace) -> int:
    """Print the answer."""
    from pipelines.open import open_database
    from pipelines.relations.relate import relate
    from pipelines.relations.text import FORMATS

    adjust = [word.strip() for word in args.adjust.split(",") if word.strip()]
    with open_database() as con:
        found = relate(
            args.measure,
            area=args.area,
            year=args.year,
            adjust=adjust,
            grade_rule=args.grade_rule,
            unit=args.unit,
            as_at=args.as_at,
            published_by=args.published_by,
            con=con,
        )
    print(FORMATS[args.format](found.answer))
    return 0
