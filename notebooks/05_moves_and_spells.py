# %% [markdown]
# # Moves between grades, and how long they last
#
# Where did authorities go from the grade they held, and how long does a grade stay? An authority that was
# not inspected again has not "kept" its grade by anyone's judgement: the tables tell the two apart.

# %%
# tables: authorities, inspections, judgements, judgement_areas, sources
import altair as alt
import pandas as pd
from IPython.display import Markdown
from statsmodels.duration.survfunc import SurvfuncRight

from pipelines.open import picture, sql

area = "overall"
from_day, to_day, published_by = "2018-03-31", "2025-03-31", "2025-06-30"

# %% [markdown]
# ## From grade to grade

# %%
moved = sql(
    "SELECT * FROM moves($from_day, $to_day, area := $area, cut_off_months := 3)",
    from_day=from_day,
    to_day=to_day,
    area=area,
)
grades = ["outstanding", "good", "requires_improvement", "inadequate"]
pd.crosstab(moved["grade_from"], moved["grade_to"]).reindex(
    index=grades, columns=grades
).reset_index().rename_axis(columns=None)

# %%
kinds = moved["move"].value_counts()
again = moved[moved["is_reinspected"] == True]  # noqa: E712 - the column has absent values
Markdown(
    f"Between {from_day} and {to_day} **{kinds.get('improved', 0)} authorities moved up, {kinds.get('fell', 0)} down, "
    f"{kinds.get('same', 0)} hold the same grade**; {kinds.get('no_two_grades', 0)} have no two grades to compare. "
    f"{len(again)} had been inspected again between the two days."
)

# %% [markdown]
# A row of the table is the grade held on the first day, a column the grade on the second. An authority near
# the top can only fall and one at the bottom only rise, so some of every such table is return to the middle
# and no one's doing.
#
# ## First inspection and latest under ILACS

# %% language="sql" magic_args="first_latest"
# SELECT move, count(*) AS authorities, median(inspections_count) AS inspections_each
# FROM first_to_latest($to_day, published_by := $published_by)
# WHERE inspections_count > 1
# GROUP BY move
# ORDER BY authorities DESC

# %% [markdown]
# ## How long a grade stays
#
# A spell begins with the report that gave a grade and ends with a report that gave another. Spells still
# running are counted for as long as they were seen, not as if they had ended: the median is the day by
# which half would have ended (Kaplan and Meier's estimate). Where fewer than half have ended there is none.

# %%
spells = sql("SELECT * FROM spells(areas := [$area]) WHERE days > 0", area=area)
seen = {
    grade: SurvfuncRight(own["days"] / 365.25, own["is_censored"].eq(False))
    for grade, own in spells[spells["grade"].isin(grades)].groupby("grade", observed=True)
}
lasting = pd.DataFrame(
    {
        "grade": grades,
        "spells": [int((spells["grade"] == grade).sum()) for grade in grades],
        "ended": [int((~spells.loc[spells["grade"] == grade, "is_censored"]).sum()) for grade in grades],
        "median_years": [seen[grade].quantile(0.5) for grade in grades],
    }
)
lasting

# %%
steps = pd.concat(
    pd.DataFrame({"grade": grade, "years": [0, *found.surv_times], "share": [1, *found.surv_prob]})
    for grade, found in seen.items()
)
picture(
    alt.Chart(steps)
    .mark_line(interpolate="step-after", color="#12436D")
    .encode(
        x=alt.X("years:Q", title="Years since the report"),
        y=alt.Y("share:Q", title=None, axis=alt.Axis(format="%")),
        column=alt.Column(
            "grade:N", sort=grades, title=None, header=alt.Header(labelExpr="replace(datum.label, '_', ' ')")
        ),
    )
    .properties(width=180, height=180),
    title=f"Half of the spells of inadequate had ended after {seen['inadequate'].quantile(0.5):.1f} years",
    subtitle=f"Share of spells not yet ended ({area}), by years since the report that began them.",
    alt="Falling steps, one panel for each grade: the share of spells that had not ended, by years. Median years: "
    + ", ".join(f"{row.grade} {row.median_years:.1f}" for row in lasting.dropna().itertuples())
    + ".",
    sources=["ofsted_childrens_social_care", "ofsted_inspection_outcomes"],
)

# %% [markdown]
# How long a spell lasts depends on when Ofsted comes again, and it comes sooner to authorities judged
# inadequate. A short spell there is in part a short interval between inspections.
