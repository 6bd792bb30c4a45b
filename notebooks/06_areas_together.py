# %% [markdown]
# # How area grades go together
#
# When one part of a service is judged, what are the others? And which areas stand apart from the overall
# grade?

# %%
# tables: inspections, judgements, sources
from IPython.display import Markdown

from pipelines.open import chart, sql

as_at = "2025-03-31"

# %%
drawn = chart("area_grades_together", as_at=as_at)
drawn

# %% [markdown]
# The overall grade is not an independent reading: it is made with the areas in view, and an inadequate area
# limits it. Agreement between areas is no proof that one causes the other.
#
# ## Which areas stand apart

# %% language="sql" magic_args="apart"
# SELECT
#     areas.area,
#     count(*) AS inspections,
#     count(*) FILTER (areas.grade < overall.grade) AS below_overall,
#     count(*) FILTER (areas.grade = overall.grade) AS same,
#     count(*) FILTER (areas.grade > overall.grade) AS above_overall
# FROM judgements AS areas
# INNER JOIN judgements AS overall USING (inspection_id)
# INNER JOIN inspections USING (inspection_id)
# WHERE
#     inspections.framework = 'ilacs'
#     AND overall.area = 'overall'
#     AND areas.area <> 'overall'
#     AND overall.grade <> 'not_judged'
#     AND areas.grade <> 'not_judged'
# GROUP BY areas.area
# ORDER BY areas.area

# %%
leaders = apart.set_index("area").loc["leadership"]
Markdown(
    f"Leaders' grade equals the overall grade in **{leaders['same']} of {leaders['inspections']}** ILACS inspections with "
    "both; it lies below in "
    f"{leaders['below_overall']} and above in {leaders['above_overall']}."
)

# %% [markdown]
# ## Inspections with one grade throughout
#
# Care leavers have had a grade of their own since January 2023. Counting it makes fewer inspections uniform
# after that date than before, so both counts are given.

# %%
uniform = sql(
    """
    SELECT
        count(*) AS inspections,
        count(*) FILTER (all_grades = 1) AS with_care_leavers,
        count(*) FILTER (grades = 1) AS without_care_leavers
    FROM (
        SELECT
            inspection_id,
            count(DISTINCT grade) AS all_grades,
            count(DISTINCT grade) FILTER (area <> 'care_leavers') AS grades
        FROM judgements
        INNER JOIN inspections USING (inspection_id)
        WHERE framework = 'ilacs' AND inspection_start <= $as_at::DATE
        GROUP BY inspection_id
    )
    """,
    as_at=as_at,
).iloc[0]
Markdown(
    f"Of **{uniform['inspections']}** ILACS inspections with visits to {as_at}, **{uniform['with_care_leavers']}** gave one grade "
    f"in every area, and **{uniform['without_care_leavers']}** when care leavers' own grade is left out."
)
