# %% [markdown]
# # Regions, neighbours, deprivation
#
# Against whom should a council be read? Regions, statistical neighbours and deprivation give three
# different answers.

# %%
# tables: area_statistics, authorities, inspections, judgements, measures, sources, statistical_neighbours
import altair as alt
from IPython.display import Markdown

from pipelines.charts.estimates import spearman
from pipelines.open import council_code, picture, sql

council = "Southend-on-Sea"
la_code = council_code(council)
as_at, published_by = "2025-03-31", "2025-06-30"

# %% [markdown]
# ## Grades by region

# %% language="sql" magic_args="regions"
# SELECT
#     authorities.ofsted_region AS region,
#     count(*) AS authorities,
#     count(*) FILTER (held.grade >= 'good'::grade) AS good_or_outstanding,
#     count(*) FILTER (held.grade = 'inadequate') AS inadequate
# FROM as_at($as_at, published_by := $published_by) AS held
# INNER JOIN authorities USING (la_code)
# WHERE held.area = 'overall'
# GROUP BY ALL
# ORDER BY ALL

# %% [markdown]
# Regions hold few authorities: one more or one fewer moves a percentage by many points, so the table gives
# counts.
#
# ## Old and new statistical neighbours

# %% language="sql" magic_args="neighbours"
# SELECT
#     coalesce(newer.neighbour_la_name, older.neighbour_la_name) AS neighbour,
#     older.rank AS rank_before,
#     older.closeness AS closeness_before,
#     newer.rank AS rank_now,
#     newer.closeness AS closeness_now
# FROM (SELECT * FROM statistical_neighbours WHERE la_code = $la_code QUALIFY edition = min(edition) OVER ()) AS older
# FULL JOIN (SELECT * FROM statistical_neighbours WHERE la_code = $la_code QUALIFY edition = max(edition) OVER ()) AS newer
#     USING (neighbour_la_code)
# ORDER BY rank_now NULLS LAST, rank_before

# %%
kept = neighbours["rank_before"].notna() & neighbours["rank_now"].notna()
Markdown(
    f"**{kept.sum()} of {neighbours['rank_now'].notna().sum()}** neighbours of {council} were neighbours in the older model too."
)

# %% [markdown]
# ## Deprivation and grade
#
# Studies disagree on whether deprivation goes with grades, partly because they count different things:
# authorities, or the children who live in them. Here one authority is one dot.

# %%
held = sql(
    """
    SELECT held.la_name, held.grade::VARCHAR AS grade, grade_rank(held.grade) AS better, imd.value AS deprivation
    FROM as_at($as_at, published_by := $published_by) AS held
    INNER JOIN area_statistics AS imd ON held.la_code = imd.la_code AND imd.measure = 'imd_2019_average_score' AND imd.is_current
    WHERE held.area = 'overall' AND imd.value IS NOT NULL AND grade_rank(held.grade) IS NOT NULL
    """,
    as_at=as_at,
    published_by=published_by,
)
rank = spearman(held["better"].tolist(), held["deprivation"].tolist())
medians = held.groupby("grade")["deprivation"].median()
picture(
    alt.Chart(held[["grade", "deprivation"]])
    .mark_tick(color="#12436D", thickness=2, height=26)
    .encode(
        x=alt.X(
            "deprivation:Q", title="Average score, Index of Multiple Deprivation 2019 (higher: more deprived)"
        ),
        y=alt.Y("grade:N", sort=["outstanding", "good", "requires_improvement", "inadequate"], title=None),
    )
    .properties(width=640, height=180),
    title=f"Rank correlation of a better grade with deprivation: {rank.estimate:.2f} ({rank.lower:.2f} to {rank.upper:.2f})",
    subtitle=f"One mark for each of {rank.n} authorities, by the overall grade held on {as_at}.",
    alt="Marks along deprivation, one row for each grade, with medians "
    + ", ".join(f"{grade} {value:.1f}" for grade, value in medians.items())
    + ".",
    sources=["imd", "ofsted_inspection_outcomes"],
)

# %% [markdown]
# Authorities formed after the index was published have no score and are left out.
