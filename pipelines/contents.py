"""The contents page of the build: the names of all that is made, in the order it stands on each other.

A name is that of a file below `pipelines/sql` or of a registry.
"""

# What one folder of inspection reports becomes: the shipped one, or an analyst's own.
REPORT_TABLES = (
    "staging/stg_reports",
    "marts/reports",
    "marts/report_judgements",
    "marts/report_statistics",
    "marts/previous_inspections",
    "marts/recommendations",
    "marts/findings",
    "marts/mentions",
    "marts/plans",
    "marts/plan_actions",
    "marts/plan_milestones",
    "marts/report_problems",
)
# Tables, and what stands before them.
CANDIDATES = (
    "staging/stg_authorities",
    "marts/authorities",
    "marts/authority_changes",
    "marts/authority_codes",
    "marts/authority_names",
    "staging/stg_printed_inspections",
    "staging/stg_report_inspections",
    "marts/inspection_sources",
    "marts/inspections",
    "marts/judgement_sources",
    "marts/judgements",
    "marts/visits",
    *REPORT_TABLES,
    "staging/stg_report_figures",
    "marts/statistical_neighbours",
    "staging/stg_printed_cells",
    "staging/stg_typed_cells",
    "staging/stg_sums",
    "staging/stg_counts",
    "staging/stg_rates",
    "staging/stg_inherited",
    "staging/stg_release_counts",
    "staging/stg_lait_cells",
    "marts/area_statistics",
    "staging/stg_named_inspections",
    "marts/checked_pairs",
)
# Staging that one table after it reads once: a view, so that its rows are not kept on the way.
READ_ONCE = ("staging/stg_printed_cells", "staging/stg_lait_cells")
REGISTRIES = (
    "sources",
    "source_files",
    "measures",
    "symbols",
    "regions",
    "joint_areas",
    "rounding",
    "corrections",
    "frameworks",
    "grades",
    "judgement_areas",
    "explanations",
    "public_readings",
    "first_releases",
    "area_notes",
)
MACROS_BEFORE = ("name_key", "byar", "period_year")
# Views that macros call.
VIEWS_BEFORE = ("ended_judgements", "comparable_areas")
MACROS = (
    "name_key",
    "byar",
    "grade_rank",
    "counting_inspections",
    "as_at",
    "known_on",
    "grade_profile",
    "moves",
    "transition_matrix",
    "first_to_latest",
    "time_since_inspection",
    "spells",
    "neighbours_of",
    "nearest_figure",
)
# Types that views are made of, which are computed from the tables.
TYPES = ("measure_name",)
# Views made for people, after the macros they call and in the order they stand on each other.
VIEWS = (
    "data_goes_to",
    "witness_differences",
    "timeline",
    "latest_judgements",
    "inspection_history",
    "figures_wide",
    "council_year",
    "with_neighbours",
    "revisions",
    "release_contradictions",
    "outside_authority_years",
    "second_source",
    "rate_checks",
    "england_sums",
    "coverage",
    "area_series",
    "disagreements",
    "disagreement_counts",
)
# Tables of answers (pipelines/answers.py), asked of the finished tables, views and macros.
ANSWERS = (
    "relation_answers",
    "relation_sensitivity",
    "relation_changes",
    "relation_spells",
    "relation_neighbours",
    "relation_funnel",
    "relation_many",
)
# The grades, lowest first: the type that judgements are compared by.
GRADE_SCALE = ("not_judged", "inadequate", "adequate", "requires_improvement", "good", "outstanding")
