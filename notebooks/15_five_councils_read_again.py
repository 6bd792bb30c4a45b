# %% [markdown]
# # Five councils, read again
#
# What did the packs and reports of five councils say at the time, and what came after?

# %%
# tables: area_statistics, authorities, inspections, judgements, measures, reports, sources
from IPython.display import Markdown

from pipelines.open import chart

# %% language="sql" magic_args="packs"
# SELECT reports.la_code, reports.la_name, reports.kind, reports.framework, inspections.published AS report_published
# FROM reports
# LEFT JOIN inspections USING (inspection_id)
# WHERE reports.collection = 'seeds'
# ORDER BY report_published

# %% [markdown]
# ## What was judged then and what came after

# %% language="sql" magic_args="after"
# SELECT inspections.la_name, inspections.framework, inspections.published, judgements.grade
# FROM inspections
# INNER JOIN judgements USING (inspection_id)
# WHERE
#     judgements.area = 'overall'
#     AND inspections.framework IN ('sif', 'sif_reinspection', 'ilacs')
#     AND inspections.la_code IN (SELECT la_code FROM reports WHERE collection = 'seeds')
# ORDER BY inspections.la_name, inspections.published

# %%
paths = after.groupby("la_name")["grade"].agg(
    lambda grades: " → ".join(grade.replace("_", " ") for grade in grades)
)
Markdown("\n".join(f"- **{name}**: {path}" for name, path in paths.items()))

# %% [markdown]
# ## What the reports printed then, and DfE's figure today

# %% language="sql" magic_args="printed"
# SELECT report.la_name, measures.title, report.time_period, report.published_text AS report_printed, today.value AS dfe_today
# FROM area_statistics AS report
# LEFT JOIN area_statistics AS today
#     ON report.la_code = today.la_code
#     AND report.measure = today.measure
#     AND report.time_period = today.time_period
#     AND today.source_kind = 'statistics'
#     AND today.is_current
#     AND today.geographic_level = 'Local authority'
# INNER JOIN measures ON report.measure = measures.measure
# WHERE report.source_kind = 'report' AND report.la_code IN (SELECT la_code FROM reports WHERE collection = 'seeds')
# ORDER BY report.la_name, report.time_period, measures.title

# %% [markdown]
# ## Where the rates went

# %%
chart("protection_plan_rate_over_time", council="Southend-on-Sea")

# %%
chart("protection_plan_rate_over_time", council="East Sussex")

# %%
chart("protection_plan_rate_over_time", council="Essex")
