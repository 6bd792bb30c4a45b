# %% [markdown]
# # Where the grades stand
#
# Which overall grade does each authority in England hold, and how did the profile come to be what it is?
#
# A grade counts *as at* a date: for every authority that exists on that day, its most recent graded
# inspection whose visit was on or before the day and whose report was out by a cut-off. Ofsted's own
# profiles count in this way. Change the two dates below and every number, table and chart of this notebook
# follows.

# %%
# tables: authorities, inspections, judgements, sources
from IPython.display import Markdown

from pipelines.open import chart, sql

as_at, published_by = "2025-03-31", "2025-06-30"

# %% [markdown]
# ## The grades held on that day

# %% language="sql" magic_args="held"
# SELECT
#     grade,
#     count(*) AS authorities,
#     round(100 * count(*) / sum(count(*)) OVER (), 1) AS percent
# FROM as_at($as_at, published_by := $published_by)
# WHERE area = 'overall'
# GROUP BY grade
# ORDER BY grade DESC

# %%
judged = held["authorities"].sum()
good = held.loc[held["grade"].isin(["good", "outstanding"]), "authorities"].sum()
Markdown(f"**{good} of {judged} authorities ({good / judged:.1%}) held good or outstanding on {as_at}.**")

# %%
chart("latest_grades", as_at=as_at)

# %% [markdown]
# Every authority has one tile of the same size: a tile says nothing about how many children live there.
# Each carries the first letter of its grade, so that no grade is told by colour alone.
#
# ## The profile on each 31 March
#
# For the years to be comparable every one of them has the same cut-off, a month after the day. The list
# that Ofsted publishes may wait longer for reports, so the last column can differ by a few from the profile
# above.

# %%
history = chart("grade_profile", as_at=as_at)
history

# %%
history.frame.pivot(index="grade", columns="year", values="authorities").loc[history.frame["grade"].unique()]

# %% [markdown]
# Until every authority had its first inspection under the single inspection framework the percentages
# describe only those inspected so far. Inspections paused in the spring of 2020; grades held through that
# time were older than usual.
#
# ## How old are the grades?
#
# A profile mixes fresh and old judgements. The table counts the grades held by the year in which the report
# came out.

# %% language="sql" magic_args="ages"
# SELECT year(published) AS report_published, count(*) AS grades_held
# FROM as_at($as_at, published_by := $published_by)
# WHERE area = 'overall'
# GROUP BY report_published
# ORDER BY report_published

# %%
oldest = sql(
    "SELECT la_name, published FROM as_at($day, published_by := $cut_off) WHERE area = 'overall' ORDER BY published",
    day=as_at,
    cut_off=published_by,
)
Markdown(
    f"The oldest grade held is that of **{oldest['la_name'][0]}**, published on {oldest['published'][0]:%d %B %Y}."
)

# %% [markdown]
# ## Who moved in the year before

# %% language="sql" magic_args="moved"
# SELECT now.la_name, before.grade AS grade_before, now.grade, now.published
# FROM as_at($as_at, published_by := $published_by) AS now
# INNER JOIN as_at(
#     $as_at::DATE - INTERVAL 1 YEAR, published_by := $published_by::DATE - INTERVAL 1 YEAR
# ) AS before USING (la_code, area)
# WHERE area = 'overall' AND now.grade <> before.grade
# ORDER BY now.grade > before.grade DESC, now.la_name

# %%
rose = (moved["grade"].cat.codes > moved["grade_before"].cat.codes).sum()
Markdown(
    f"**{len(moved)} authorities held another grade than a year earlier: {rose} a higher one, {len(moved) - rose} a lower one.**"
)

# %% [markdown]
# An authority that is not in this table was not inspected in that year, or was given the same grade again:
# the two are not the same, and the next notebooks tell them apart.
