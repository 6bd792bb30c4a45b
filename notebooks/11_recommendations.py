# %% [markdown]
# # What inspectors recommend
#
# Which themes do recommendations have, and how did they change from framework to framework and year to
# year?

# %%
# tables: recommendations, reports, inspections, judgements, sources
import altair as alt
from IPython.display import Markdown

from pipelines.open import picture, sql

# %% [markdown]
# ## Themes
#
# A recommendation can have several themes or none: they are found by a declared vocabulary, not by reading,
# and the recommendations' own sentences are not kept here. Local Safeguarding Children Boards had
# recommendations of their own.

# %% language="sql" magic_args="themes"
# SELECT theme, body, count(*) AS recommendations, count(DISTINCT inspection_id) AS inspections
# FROM (
#     SELECT unnest(themes) AS theme, body, inspection_id
#     FROM recommendations
#     INNER JOIN reports USING (file_id, inspection_id)
#     WHERE copy_of IS NULL
# )
# GROUP BY theme, body
# ORDER BY body, inspections DESC

# %%
total = sql(
    "SELECT count(*) AS n, count(*) FILTER (len(themes) = 0) AS none FROM recommendations "
    "INNER JOIN reports USING (file_id) WHERE copy_of IS NULL"
).iloc[0]
Markdown(f"**{total['none']:,} of {total['n']:,}** recommendations have no theme of the vocabulary.")

# %% [markdown]
# ## By year
#
# The share of inspections in which at least one recommendation has the theme. Short inspections have
# shorter lists, and frameworks differ in how many recommendations they ask for: read a share beside the
# number per inspection.

# %%
yearly = sql(
    """
    WITH lists AS (
        SELECT inspections.inspection_id, year(inspections.published) AS year, flatten(list(themes)) AS themes
        FROM recommendations
        INNER JOIN reports USING (file_id, inspection_id)
        INNER JOIN inspections USING (inspection_id)
        WHERE body = 'local_authority' AND copy_of IS NULL AND inspections.framework IN ('sif', 'ilacs')
        GROUP BY ALL
    ),

    counted AS (SELECT year, count(*) AS inspections FROM lists GROUP BY year)

    SELECT year, theme, count(*) / any_value(inspections) AS share, any_value(inspections) AS inspections
    FROM (SELECT year, unnest(list_distinct(themes)) AS theme FROM lists)
    INNER JOIN counted USING (year)
    GROUP BY year, theme
    """
)
common = sql(
    "SELECT theme FROM (SELECT unnest(themes) AS theme FROM recommendations WHERE body = 'local_authority') "
    "GROUP BY theme ORDER BY count(*) DESC LIMIT 16"
)["theme"].tolist()
per_year = sql(
    "SELECT year(inspections.published) AS year, count(*) / count(DISTINCT inspection_id) AS per_inspection, "
    "count(DISTINCT inspection_id) AS inspections FROM recommendations INNER JOIN reports USING (file_id, inspection_id) "
    "INNER JOIN inspections USING (inspection_id) WHERE copy_of IS NULL AND body = 'local_authority' GROUP BY year ORDER BY year"
)
per_year

# %%
shown = yearly[yearly["theme"].isin(common)].assign(percent=lambda rows: (100 * rows["share"]).round())
cells = alt.Chart(shown).encode(x=alt.X("year:O", title=None), y=alt.Y("theme:N", sort=common, title=None))
latest = shown[shown["year"] == shown["year"].max()].sort_values("share", ascending=False).iloc[0]
picture(
    alt.layer(
        cells.mark_rect().encode(
            color=alt.Color("percent:Q", scale=alt.Scale(range=["#FFFFFF", "#8FB0CC"]), legend=None)
        ),
        cells.mark_text(fontSize=10).encode(text="percent:Q"),
    ).properties(width=520, height=alt.Step(20)),
    title=f"In {latest['year']} the most common theme was {latest['theme'].replace('_', ' ')}, in {latest['share']:.0%} of inspections",
    subtitle="Per cent of inspections of the year with a recommendation on the theme.",
    alt=f"Table of {len(common)} themes by year with the per cent of inspections; in {latest['year']} {latest['theme']} has the most.",
    sources=["ofsted_reports"],
)

# %% [markdown]
# ## Themes and grades

# %% language="sql" magic_args="by_grade"
# SELECT
#     judgements.grade,
#     count(DISTINCT inspection_id) AS inspections,
#     round(count(*) / count(DISTINCT inspection_id), 1) AS recommendations_each
# FROM recommendations
# INNER JOIN reports USING (file_id, inspection_id)
# INNER JOIN judgements USING (inspection_id)
# WHERE copy_of IS NULL AND judgements.area = 'overall' AND recommendations.body = 'local_authority'
# GROUP BY judgements.grade
# ORDER BY judgements.grade DESC
