# %% [markdown]
# # Figures before and after an inspection
#
# What happened to a figure around an inspection, by the grade that was given? Lines of different grades may
# differ before anyone inspected, and much else changes at the same time: this shows what went together, not
# what did what.

# %%
# tables: area_statistics, inspections, judgements, measures, sources
import altair as alt
from IPython.display import Markdown

from pipelines.open import known_measure, picture, sql

measure = known_measure("child_protection_plans_rate")
title = sql("SELECT title FROM measures WHERE measure = $measure", measure=measure)["title"][0]

# %% [markdown]
# ## Every inspection, lined up
#
# Year nought is the last 31 March before the visit (before the report, where the visit is not known). A
# figure enters as the difference from the same authority's figure of year nought, so that authorities of
# different size compare; an authority without a figure in year nought is left out and counted.

# %% language="sql" magic_args="around -q"
# WITH events AS (
#     SELECT
#         inspections.la_code,
#         judgements.grade,
#         year(coalesce(inspection_start, published) - INTERVAL 3 MONTH) AS year_nought
#     FROM inspections
#     INNER JOIN judgements USING (inspection_id)
#     WHERE judgements.area = 'overall' AND inspections.framework IN ('sif', 'sif_reinspection', 'ilacs')
# ),
# figures AS (
#     SELECT la_code, time_period, value
#     FROM area_statistics
#     WHERE measure = $measure AND is_current AND source_kind = 'statistics' AND value IS NOT NULL
# )
# SELECT
#     events.grade,
#     after.time_period - events.year_nought AS year,
#     count(*) AS inspections,
#     round(avg(after.value - nought.value), 1) AS mean_change,
#     round(median(after.value - nought.value), 1) AS median_change,
#     round(1.96 * stddev(after.value - nought.value) / sqrt(count(*)), 1) AS half_interval
# FROM events
# INNER JOIN figures AS nought ON events.la_code = nought.la_code AND events.year_nought = nought.time_period
# INNER JOIN figures AS after
#     ON events.la_code = after.la_code AND after.time_period BETWEEN events.year_nought - 3 AND events.year_nought + 3
# WHERE events.grade <> 'not_judged'
# GROUP BY events.grade, year
# ORDER BY events.grade DESC, year

# %%
grades = ["outstanding", "good", "requires_improvement", "inadequate"]
around["low"], around["high"] = (
    around["mean_change"] - around["half_interval"],
    around["mean_change"] + around["half_interval"],
)
next_year = around[around["year"] == 1].set_index("grade")
base = alt.Chart(around[around["grade"].isin(grades)]).encode(
    x=alt.X("year:Q", title="31 March before (0) and after", axis=alt.Axis(format="d", tickCount=7))
)
picture(
    alt.layer(
        base.mark_area(color="#12436D", opacity=0.2).encode(y=alt.Y("low:Q", title=None), y2="high:Q"),
        base.mark_line(color="#12436D", point=True).encode(y="mean_change:Q"),
    )
    .properties(width=180, height=200)
    .facet(
        column=alt.Column(
            "grade:N", sort=grades, title=None, header=alt.Header(labelExpr="replace(datum.label, '_', ' ')")
        )
    ),
    title=f"After an inadequate judgement the next 31 March stood {next_year.loc['inadequate', 'mean_change']:+.1f} on average",
    subtitle=f"{title}: mean difference from the last 31 March before the visit, with its 95% interval, by the grade given.",
    alt=f"Lines of the mean change in {title.lower()} around inspections, one panel for each grade. A year after: "
    + ", ".join(f"{grade} {next_year.loc[grade, 'mean_change']:+.1f}" for grade in grades)
    + ".",
    sources=["children_in_need", "population", "ofsted_childrens_social_care", "ofsted_inspection_outcomes"],
)

# %%
Markdown(
    "A year on, the mean change was "
    + ", ".join(
        f"**{next_year.loc[g, 'mean_change']:+.1f}** after *{g.replace('_', ' ')}* ({next_year.loc[g, 'inspections']} inspections)"
        for g in grades
    )
    + ". Every authority weighs the same, large or small. Not adjusted for anything; an authority with several inspections counts several times."
)

# %% [markdown]
# What to look for before believing it: do the lines lie flat before year nought? A figure that was already
# rising would have gone on rising without an inspection.
