# %% [markdown]
# # What the data cannot say
#
# For which years and councils is there a figure at all, how many are suppressed, and how often were they
# revised?

# %%
# tables: area_statistics, authorities, corrections, measures, source_files, sources, symbols
import altair as alt
from IPython.display import Markdown

from pipelines.open import picture, sql

# %% [markdown]
# ## Coverage

# %%
coverage = sql(
    """
    SELECT measures.title, time_period AS year, count(value) AS councils
    FROM area_statistics
    INNER JOIN measures USING (measure)
    WHERE is_current AND geographic_level = 'Local authority' AND measures.role = 'measure' AND source_kind = 'statistics'
    GROUP BY ALL
    ORDER BY title, year
    """
)
full = coverage.groupby("title")["councils"].max()
cells = alt.Chart(coverage).encode(
    x=alt.X("year:O", title=None), y=alt.Y("title:N", title=None, axis=alt.Axis(labelLimit=300))
)
picture(
    alt.layer(
        cells.mark_rect().encode(
            color=alt.Color("councils:Q", scale=alt.Scale(range=["#FFFFFF", "#8FB0CC"]), legend=None)
        ),
        cells.mark_text(fontSize=9).encode(text="councils:Q"),
    ).properties(width=430, height=alt.Step(18)),
    title=f"{len(full)} measures; the years printed differ from measure to measure",
    subtitle="Number of councils with a figure, by measure and year. An empty cell: no publication read here prints it.",
    alt=f"Table of {len(full)} measures by year with the number of councils that have a figure.",
)

# %% [markdown]
# ## Why there is no number

# %% language="sql" magic_args="absent"
# SELECT measures.title, value_status, count(*) AS figures
# FROM area_statistics
# INNER JOIN measures USING (measure)
# WHERE is_current AND value IS NULL AND geographic_level = 'Local authority' AND measures.role = 'measure'
# GROUP BY ALL
# ORDER BY figures DESC

# %%
suppressed = absent.loc[absent["value_status"] == "suppressed", "figures"].sum()
Markdown(
    f"**{suppressed:,} figures are suppressed** by their publishers: small numbers that could point to a child. They are not zero."
)

# %% [markdown]
# ## Revised from release to release

# %% language="sql" magic_args="revised"
# SELECT
#     measures.title,
#     count(*) AS printed_more_than_once,
#     count(*) FILTER (lowest <> highest) AS revised,
#     max(highest - lowest) AS largest_change
# FROM (
#     SELECT la_code, measure, time_period, min(value) AS lowest, max(value) AS highest
#     FROM area_statistics
#     WHERE geographic_level = 'Local authority' AND value IS NOT NULL AND source_kind = 'statistics' AND NOT is_derived
#     GROUP BY la_code, measure, time_period
#     HAVING count(DISTINCT release) > 1
# )
# INNER JOIN measures USING (measure)
# WHERE measures.role = 'measure'
# GROUP BY measures.title
# ORDER BY revised DESC

# %% [markdown]
# A revision is not an error: late returns arrive and definitions are mended. Whoever quotes a figure should
# quote the release with it.
#
# ## Declared corrections

# %% language="sql" magic_args="corrected"
# SELECT DISTINCT correction_id, source_id, measure, what, why
# FROM corrections
# ORDER BY correction_id, measure
