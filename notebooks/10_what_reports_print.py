# %% [markdown]
# # What reports print and what DfE printed
#
# Inspection reports print figures of their own. Do they agree with the statistics that the Department for
# Education (DfE) printed first, and with those it prints now?

# %%
# tables: area_statistics, checked_pairs, measures, reports, sources
import altair as alt
from IPython.display import Markdown

from pipelines.open import picture, sql

# %% [markdown]
# ## Every fact that is printed twice

# %% language="sql" magic_args="counts"
# SELECT * FROM disagreement_counts ORDER BY pairs DESC

# %% [markdown]
# A pair is the same fact in two places. "Explained" means that the difference was looked into and has a
# reason on record; "open" that nobody knows yet. Neither side is altered.
#
# ## Figures of reports beside DfE's first print

# %% language="sql" magic_args="figures"
# SELECT
#     split_part(item, ' ', 1) AS measure,
#     count(*) AS pairs,
#     count(*) FILTER (outcome = 'agree') AS agree,
#     count(*) FILTER (outcome <> 'agree') AS differ,
#     median(abs(difference)) FILTER (outcome <> 'agree') AS median_difference
# FROM checked_pairs
# WHERE field = 'figure, report against first print'
# GROUP BY measure
# ORDER BY pairs DESC

# %%
agree, pairs = figures["agree"].sum(), figures["pairs"].sum()
Markdown(f"**{agree} of {pairs}** figures agree with DfE's first print ({agree / pairs:.0%}).")

# %%
printed = sql(
    """
    SELECT measures.title, report.value AS printed_in_report, today.value AS printed_today
    FROM area_statistics AS report
    INNER JOIN area_statistics AS today
        USING (geographic_level, la_code, measure, time_period)
    INNER JOIN measures USING (measure)
    WHERE report.source_kind = 'report' AND today.source_kind = 'statistics' AND today.is_current
        AND report.value > 0 AND today.value > 0 AND measures.kind = 'count'
    """
)
within = (abs(printed["printed_in_report"] / printed["printed_today"] - 1) <= 0.05).mean()
picture(
    alt.Chart(printed)
    .mark_point(color="#12436D", filled=False, size=18)
    .encode(
        x=alt.X("printed_today:Q", title="DfE's current figure", scale=alt.Scale(type="log")),
        y=alt.Y("printed_in_report:Q", title="Printed in the report", scale=alt.Scale(type="log")),
        column=alt.Column("title:N", title=None, header=alt.Header(labelLimit=180)),
    )
    .properties(width=150, height=170),
    title=f"{within:.0%} of the counts in reports lie within one in twenty of DfE's current figure of the same 31 March",
    subtitle=f"{len(printed)} counts printed in reports, by DfE's current figure; both axes logarithmic.",
    alt=f"Points along the diagonal, one panel for each measure: {len(printed)} counts, {within:.0%} of them within one in twenty.",
    sources=["ofsted_reports", "children_in_need", "children_looked_after"],
)

# %% [markdown]
# A report states the position on a day of the visit as the council counted it; DfE's figure is of 31 March
# and has been through validation. Where they differ, both can be right.
