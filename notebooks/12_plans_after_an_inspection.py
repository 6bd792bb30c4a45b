# %% [markdown]
# # The plans after an inspection
#
# After an inspection a council writes what it will do. What do two such plans promise, and by when?

# %%
# tables: authorities, inspections, plans, plan_actions, plan_milestones, sources
import altair as alt
from IPython.display import Markdown

from pipelines.open import picture, sql

# %% language="sql" magic_args="plans"
# SELECT plans.la_code, authorities.la_name, inspections.published AS report_published, plans.actions, plans.milestones
# FROM plans
# INNER JOIN authorities USING (la_code)
# LEFT JOIN inspections USING (inspection_id)
# ORDER BY report_published

# %% [markdown]
# ## Milestones and actions by date
#
# A date is counted where the plan prints one that can be read, by its month (some print no day). Those
# without are counted too, and not placed anywhere.

# %%
dated = sql(
    """
    SELECT authorities.la_name, promised.kind, promised.due, try_cast(left(promised.due, 7) || '-01' AS TIMESTAMP) AS month
    FROM (
        SELECT la_code, 'action' AS kind, due FROM plan_actions
        UNION ALL
        SELECT la_code, 'milestone', due FROM plan_milestones
    ) AS promised
    INNER JOIN authorities USING (la_code)
    """
)
summary = dated.groupby(["la_name", "kind"]).agg(
    promised=("kind", "size"), with_date=("due", "count"), first=("due", "min"), last=("due", "max")
)
summary.reset_index()

# %%
months = dated.dropna(subset="month")
counts = months.groupby(["la_name", "kind", "month"]).size().rename("promised").reset_index()
peak = counts.sort_values("promised").iloc[-1]
picture(
    alt.Chart(counts.assign(plan=counts["la_name"] + ", " + counts["kind"] + "s"))
    .mark_bar(color="#12436D", width=6)
    .encode(
        x=alt.X("month:T", title=None),
        y=alt.Y("promised:Q", title=None),
        row=alt.Row("plan:N", title=None, header=alt.Header(labelAngle=0, labelAlign="left", labelLimit=190)),
    )
    .properties(width=560, height=80),
    title=f"The busiest month is {peak['month']:%B %Y} in {peak['la_name']}: {peak['promised']} {peak['kind']}s fall due",
    subtitle="Promises by the month in which they fall due.",
    alt=f"Columns by month of promises falling due, one row for each plan and kind; {len(months)} promises have a date.",
    sources=["ofsted_reports"],
)

# %% [markdown]
# ## How far a plan answers the recommendations

# %% language="sql" magic_args="answered"
# SELECT
#     authorities.la_name,
#     count(*) AS actions,
#     count(recommendation) AS linked_to_a_recommendation,
#     count(DISTINCT recommendation) AS recommendations_answered,
#     count(*) FILTER (success_measure_printed) AS with_a_measure_of_success
# FROM plan_actions
# INNER JOIN authorities USING (la_code)
# GROUP BY authorities.la_name
# ORDER BY authorities.la_name

# %%
undated = dated["due"].isna().sum()
Markdown(
    f"**{undated} of {len(dated)}** promises have no date that can be read: not printed is not the same as not kept."
)

# %% [markdown]
# The plans say what was promised. Whether it was done they cannot say; what the next inspection found is in
# the notebook on one council's whole story.
