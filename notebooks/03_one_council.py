# %% [markdown]
# # One council's whole story
#
# What has been found at one council, inspection by inspection, and how do its figures lie beside those of
# its statistical neighbours and England? The line `council = …` is the one to change: a name or DfE's code.

# %%
# tables: area_statistics, authorities, authority_changes, inspections, judgements, measures, sources, statistical_neighbours, visits
from IPython.display import Markdown

from pipelines.choose import choose
from pipelines.open import chart, council_code, history, sql

council = "Southend-on-Sea"
la_code = council_code(council)
as_at, published_by = "2025-03-31", "2025-06-30"

# %% language="sql" magic_args="authority"
# SELECT la_code, la_name, region, ofsted_region, valid_from, valid_to
# FROM authorities
# WHERE la_code = $la_code

# %% [markdown]
# ## Every graded inspection, in order
#
# Frameworks judge different areas: a dash means that the area was not judged then. "Adequate" is of the
# scale before the single inspection framework and is not "requires improvement".

# %%
judged = sql(
    """
    SELECT strftime(inspections.published, '%Y-%m-%d ') || inspections.framework AS inspection, area, grade
    FROM inspections
    INNER JOIN judgements USING (inspection_id)
    WHERE inspections.la_code = $la_code
    """,
    la_code=la_code,
)
judged.pivot(index="area", columns="inspection", values="grade")

# %%
history(council)

# %% [markdown]
# A box begins with the publication of a report and ends with the next one. Between two reports nobody from
# Ofsted graded the service: the box says which grade was the newest, not how good the service was every
# day. The strip begins with the single inspection framework: earlier ones gave no overall grade that can be
# set beside today's.
#
# ## Visits without grades
#
# Focused and monitoring visits give a letter without a grade. The lists here name only those of the newest
# year.

# %% language="sql" magic_args="visited"
# SELECT visit_start, published, visit_type, visit_theme
# FROM visits
# WHERE la_code = $la_code
# ORDER BY visit_start

# %% [markdown]
# ## Its figures beside its neighbours' and England's
#
# The neighbours are the ten statistical neighbours of DfE's newest edition; their median leaves out
# neighbours without a figure, whose number is beside it. No column is a rank: for these rates high is
# neither good nor bad.

# %% language="sql" magic_args="figures"
# SELECT
#     measures.title,
#     figures.time_period,
#     figures.value AS council,
#     figures.value_status,
#     figures.neighbours_median,
#     figures.neighbours_counted,
#     figures.england
# FROM with_neighbours AS figures
# INNER JOIN measures USING (measure)
# WHERE figures.la_code = $la_code AND measures.role = 'measure' AND measures.kind NOT IN ('count', 'money')
# QUALIFY figures.time_period = max(figures.time_period) OVER (PARTITION BY measure)
# ORDER BY measures.title

# %% [markdown]
# In JupyterLab two menus stand over this chart, for another council and another measure. Where a council has too few
# figures of a measure, a sentence stands in the chart's place.

# %%
choose(chart, "protection_plan_rate_over_time", council=council, measure="child_protection_plans_rate")

# %%
chart("protection_plan_rate_over_time", council=council, measure="looked_after_rate")

# %%
chart("protection_plan_rate_over_time", council=council, measure="children_in_need_rate")

# %% [markdown]
# ## The neighbours' grades
#
# Statistical neighbours are alike in their children's circumstances, not in their services: what were they
# given?

# %% language="sql" magic_args="neighbours"
# SELECT near.rank, near.neighbour_la_name, near.closeness, latest.grade, latest.published
# FROM statistical_neighbours AS near
# LEFT JOIN as_at($as_at, published_by := $published_by) AS latest
#     ON near.neighbour_la_code = latest.la_code AND latest.area = 'overall'
# WHERE near.la_code = $la_code
# QUALIFY near.edition = max(near.edition) OVER ()
# ORDER BY near.rank

# %%
better = neighbours["grade"].isin(["good", "outstanding"]).sum()
Markdown(
    f"**{better} of the {len(neighbours)} neighbours** of {council} held good or outstanding on {as_at}."
)
