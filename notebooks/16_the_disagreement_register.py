# %% [markdown]
# # The disagreement register
#
# What does an inspection report say, what do Ofsted's lists and the statistics of the Department for Education (DfE)
# say, and where they differ, why?

# %%
# tables: area_statistics, authorities, checked_pairs, inspections, measures, report_statistics, reports, sources
from IPython.display import Markdown

from pipelines.open import chart, sql

# %% [markdown]
# ## Checked, agreed, and where the two differ

# %% language="sql" magic_args="counts"
# SELECT field, pairs, agreed, explained, open
# FROM disagreement_counts
# ORDER BY pairs DESC, field

# %%
pairs, agreed, explained, still_open = counts[["pairs", "agreed", "explained", "open"]].sum()
Markdown(
    f"Of **{pairs:,}** pairs {agreed:,} agree ({agreed / pairs:.1%}), {explained:,} differ for a reason that is known "
    f"and {still_open:,} for one that is not. Explained does not say which of the two is right; nothing is altered."
)

# %% [markdown]
# ## Grades: what the report says against what the lists say

# %% language="sql" magic_args="grades"
# SELECT la_name, field, replace(item, '_', ' ') AS area, value_a, source_a, value_b, source_b, category, explanation
# FROM disagreements
# WHERE field IN ('grade, report against list', 'grade, list against newest list')
# ORDER BY field, la_name

# %%
listed = counts.set_index("field").loc["grade, report against list"]
Markdown(
    f"**{listed['agreed']:,} of {listed['pairs']:,}** grades read in reports are the grade in Ofsted's lists. "
    f"The {len(grades)} rows above are one and the same grade: "
    f"{' and '.join(grades['la_name'].unique())}'s for {' and '.join(grades['area'].unique())}, "
    "which a list had wrong and the next one put right."
)

# %% [markdown]
# ## Grades that public scripts have wrong
#
# For each: what the report prints, the page, and the second source that says the same.

# %% language="sql" magic_args="public"
# SELECT
#     disagreements.la_name,
#     inspections.published,
#     replace(item, '_', ' ') AS area,
#     value_a AS public_grade,
#     place_a AS fault,
#     value_b AS report,
#     place_b AS page,
#     explanation AS second_source
# FROM disagreements
# LEFT JOIN inspections ON disagreements.subject = inspections.inspection_id
# WHERE field = 'grade, public reading against report'
# ORDER BY la_name, area

# %%
Markdown(
    f"{len(public)} grades of {public['la_name'].nunique()} councils: {', '.join(public['la_name'].unique())}. "
    "Each row names the page that prints the right one and a second print of Ofsted's."
)

# %% [markdown]
# ## Dates and earlier inspections

# %% language="sql" magic_args="dates"
# SELECT la_name, field, item, value_a, value_b, category, explanation
# FROM disagreements
# WHERE field LIKE '%date%' OR field LIKE 'first day%' OR field LIKE 'earlier inspection%' OR field LIKE 'council pack%'
# ORDER BY field, la_name

# %%
earlier = counts[counts["field"].isin([f for f in counts["field"] if f.startswith("earlier inspection")])]
Markdown(
    f"Reports name inspections before them: {earlier['agreed'].sum():,} of {earlier['pairs'].sum():,} months and "
    f"grades named are those of an inspection held here, and the other {earlier['explained'].sum():,} are above."
)

# %% [markdown]
# ## Figures: then and today
#
# A figure in a report is compared with the earliest print of DfE's that is held here, and with today's.

# %%
figures = sql(
    """
    SELECT
        split_part(item, ' ', 1) AS measure,
        field[24:] AS compared_with,
        count(*) AS checked,
        count(*) FILTER (outcome = 'agree') AS agreed,
        count(*) FILTER (outcome = 'explained') AS explained,
        count(*) FILTER (outcome = 'open') AS open
    FROM checked_pairs
    WHERE field LIKE 'figure, report against %'
    GROUP BY ALL
    """
)
figures.pivot(
    index="measure", columns="compared_with", values=["checked", "agreed", "explained", "open"]
).swaplevel(axis=1).sort_index(axis=1, level=0, sort_remaining=False)

# %%
chart("reports_and_statistics")

# %% [markdown]
# ## Why figures differ

# %% language="sql" magic_args="reasons"
# SELECT
#     coalesce(category, 'open') AS reason,
#     count(*) AS figures,
#     median(abs(difference) * 100 / nullif(value_b::DOUBLE, 0)) AS median_distance_in_percent,
#     arg_min(la_name || ': ' || explanation, subject) AS an_example
# FROM disagreements
# WHERE field = 'figure, report against first print'
# GROUP BY ALL
# ORDER BY figures DESC

# %%
early, unknown = reasons.set_index("reason")["figures"][["before release", "open"]] / reasons["figures"].sum()
Markdown(
    f"**{early:.0%}** of the figures that differ came out before DfE had published any of that day, so they cannot be "
    f"DfE's. For **{unknown:.0%}** the reason is not known."
)

# %% [markdown]
# ## What is still open

# %% language="sql" magic_args="left_open"
# SELECT
#     la_name,
#     split_part(item, ' ', 1) AS measure,
#     split_part(item, ' ', 2) AS year_of_31_march,
#     value_a AS report,
#     value_b AS dfe,
#     difference * 100 / value_b::DOUBLE AS distance_in_percent,
#     place_a AS place
# FROM disagreements
# WHERE field = 'figure, report against first print' AND outcome = 'open'
# ORDER BY abs(distance_in_percent) DESC

# %%
near = (left_open["distance_in_percent"].abs() < 1).sum()
far = (left_open["distance_in_percent"].abs() >= 10).sum()
Markdown(
    f"All {len(left_open)} are of {left_open['measure'].nunique()} measures of the census of children in need, whose first "
    f"prints are not held here. {near} lie within one per cent of DfE's figure, {far} lie ten per cent away or more. "
    "The report's number may be what DfE printed then, or the council's own count."
)
