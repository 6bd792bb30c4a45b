# %% [markdown]
# # The profile of England on any day
#
# How many authorities held each grade on any day since the single inspection framework began, in any area
# judged? And how much does the answer depend on how long one waits for reports?

# %%
# tables: authorities, inspections, judgements, judgement_areas, sources
import altair as alt
from IPython.display import Markdown

from pipelines.choose import choose
from pipelines.open import chart, picture, sql

area = "overall"
first_day, last_day = "2014-04-01", "2025-04-01"
as_at = "2025-03-31"

# %% [markdown]
# ## Month by month
#
# Each row of the picture counts the authorities that existed on the first day of a month, by the grade they
# held: the newest inspection whose report was out by then.

# %%
profile = sql(
    "SELECT * FROM grade_profile($area, $first_day, $last_day, step := INTERVAL 1 MONTH)",
    area=area,
    first_day=first_day,
    last_day=last_day,
)
profile.tail(6)

# %%
order = ["outstanding", "good", "requires_improvement", "inadequate", "not_inspected"]
last = profile[profile["as_at"] == profile["as_at"].max()].set_index("standing")["authorities"]
picture(
    alt.Chart(profile[profile["standing"].isin(order)][["as_at", "standing", "authorities"]])
    .mark_area(color="#12436D")
    .encode(
        x=alt.X("as_at:T", title=None),
        y=alt.Y("authorities:Q", title=None),
        row=alt.Row(
            "standing:N",
            sort=order,
            title=None,
            header=alt.Header(labelAngle=0, labelAlign="left", labelExpr="replace(datum.label, '_', ' ')"),
        ),
    )
    .properties(width=640, height=70),
    title=f"On the last day {last.get('outstanding', 0)} authorities held outstanding, {last.get('inadequate', 0)} inadequate",
    subtitle=f"Authorities by the grade held ({area}), on the first day of each month.",
    alt="Areas along the months, one row for each grade, of the number of authorities that hold it: "
    + ", ".join(f"{grade} {last.get(grade, 0)}" for grade in order)
    + " on the last day.",
    sources=["ofsted_childrens_social_care", "ofsted_inspection_outcomes"],
)

# %% [markdown]
# Until every authority had its first inspection the rows of grades grow as the row "not inspected" empties:
# a rise there is not an improvement.
#
# ## What the cut-off does
#
# The same day, waiting longer for reports of visits already made:

# %% language="sql" magic_args="cut_offs"
# SELECT
#     waited AS months_waited,
#     count(*) FILTER (grade = 'outstanding') AS outstanding,
#     count(*) FILTER (grade = 'good') AS good,
#     count(*) FILTER (grade = 'requires_improvement') AS requires_improvement,
#     count(*) FILTER (grade = 'inadequate') AS inadequate
# FROM (
#     SELECT 0 AS waited, * FROM as_at($as_at, areas := [$area])
#     UNION ALL
#     SELECT 1, * FROM as_at($as_at, areas := [$area], cut_off_months := 1)
#     UNION ALL
#     SELECT 3, * FROM as_at($as_at, areas := [$area], cut_off_months := 3)
# )
# GROUP BY waited
# ORDER BY waited

# %%
good = cut_offs["good"] + cut_offs["outstanding"]
Markdown(
    f"Good or outstanding on {as_at}: **{good.iloc[0]}** by reports out that day, **{good.iloc[-1]}** when one waits for "
    "the reports of visits already made. Neither is wrong; a comparison needs the same cut-off on both sides."
)

# %% [markdown]
# ## On the map
#
# The grade each authority held on the day. In JupyterLab a menu of days stands over the map.

# %%
choose(chart, "latest_grades", as_at=as_at)

# %% [markdown]
# ## How far the data goes

# %% language="sql" magic_args="goes_to"
# SELECT sentence FROM data_goes_to
