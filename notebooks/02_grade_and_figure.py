# %% [markdown]
# # Grade and figure
#
# Do authorities with different grades have different figures, and how sure can one be?
#
# The measure, the grade's date and the cut-off stand in the next cell; change them and everything below
# follows. Nothing here says which came first, or why. A high rate of children looked after, or of child
# protection plans, is neither good nor bad in itself.

# %%
# tables: area_statistics, authorities, inspections, judgements, measures, sources
from IPython.display import Markdown

from pipelines.charts.estimates import spearman
from pipelines.choose import choose
from pipelines.open import chart, known_measure

measure = known_measure("looked_after_rate")
as_at, published_by = "2025-03-31", "2025-06-30"

# %% [markdown]
# ## Children looked after

# %%
drawn = chart("looked_after_rate_by_grade", measure=measure, as_at=as_at)
drawn

# %% [markdown]
# The long mark is the median of the authorities with that grade. The bar is its interval: where the true
# median of authorities like these may lie, given how few there are. Where two bars overlap widely, the
# grades can hardly be told apart by this figure.
#
# ## The same as a table, with what is missing

# %% language="sql" magic_args="by_grade"
# SELECT
#     held.grade,
#     count(*) AS authorities,
#     count(figures.value) AS with_figure,
#     count(*) - count(figures.value) AS without_figure,
#     quantile_cont(figures.value, 0.25) AS lower_quartile,
#     median(figures.value) AS median,
#     quantile_cont(figures.value, 0.75) AS upper_quartile
# FROM as_at($as_at, published_by := $published_by) AS held
# LEFT JOIN area_statistics AS figures
#     ON held.la_code = figures.la_code
#     AND figures.measure = $measure
#     AND figures.time_period = year($as_at::DATE)
#     AND figures.is_current
#     AND figures.source_kind = 'statistics'
# WHERE held.area = 'overall'
# GROUP BY held.grade
# ORDER BY held.grade DESC

# %% language="sql" magic_args="absent"
# SELECT held.la_name, held.grade, coalesce(figures.value_status, 'no row printed') AS value_status, figures.published_text
# FROM as_at($as_at, published_by := $published_by) AS held
# LEFT JOIN area_statistics AS figures
#     ON held.la_code = figures.la_code
#     AND figures.measure = $measure
#     AND figures.time_period = year($as_at::DATE)
#     AND figures.is_current
#     AND figures.source_kind = 'statistics'
# WHERE held.area = 'overall' AND figures.value IS NULL

# %% [markdown]
# A figure that the publisher suppressed is not zero and is not in the medians.
#
# ## One number for the association

# %%
worse = {"outstanding": 1, "good": 2, "requires_improvement": 3, "inadequate": 4}
pairs = drawn.frame.dropna(subset=["grade", "value"])
rank = spearman(pairs["grade"].map(worse).tolist(), pairs["value"].tolist())
Markdown(
    f"Spearman's rank correlation between a worse grade and a higher figure is **{rank.estimate:.2f}** "
    f"(95% interval {rank.lower:.2f} to {rank.upper:.2f}; {rank.n} authorities). It is **not adjusted** for deprivation "
    "or anything else."
)

# %% [markdown]
# ## Beside it: child protection plans, or any other measure
#
# In JupyterLab two menus stand over this chart, for another measure and another day.

# %%
choose(chart, "looked_after_rate_by_grade", measure="child_protection_plans_rate", as_at=as_at)

# %% [markdown]
# ## Is it the same among areas alike in deprivation?
#
# Deprivation goes with both the grades and the figures. Within each third of authorities by deprivation the
# difference between grades can be read again; the groups are small, so read the counts first.

# %% language="sql" magic_args="by_deprivation"
# WITH ranked AS (
#     SELECT la_code, ntile(3) OVER (ORDER BY value) AS third
#     FROM area_statistics
#     WHERE measure = 'imd_2019_average_score' AND geographic_level = 'Local authority' AND value IS NOT NULL AND is_current
# )
# SELECT
#     CASE ranked.third WHEN 1 THEN 'least deprived' WHEN 2 THEN 'middle' WHEN 3 THEN 'most deprived' ELSE 'no score' END
#         AS deprivation_third,
#     count(*) FILTER (held.grade >= 'good'::grade) AS good_or_outstanding,
#     median(figures.value) FILTER (held.grade >= 'good'::grade) AS median_good_or_outstanding,
#     count(*) FILTER (held.grade < 'good'::grade) AS below_good,
#     median(figures.value) FILTER (held.grade < 'good'::grade) AS median_below_good
# FROM as_at($as_at, published_by := $published_by) AS held
# INNER JOIN area_statistics AS figures
#     ON held.la_code = figures.la_code
#     AND figures.measure = $measure
#     AND figures.time_period = year($as_at::DATE)
#     AND figures.is_current
#     AND figures.source_kind = 'statistics'
# LEFT JOIN ranked ON held.la_code = ranked.la_code
# WHERE held.area = 'overall' AND figures.value IS NOT NULL
# GROUP BY ranked.third
# ORDER BY ranked.third NULLS LAST

# %% [markdown]
# Authorities without a score were formed after the index was published: they are shown, not guessed.
