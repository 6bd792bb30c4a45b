# %% [markdown]
# # Old and new frameworks
#
# Which judgements can be set beside each other across frameworks, and which cannot?

# %%
# tables: authorities, inspections, judgements, judgement_areas, sources
from IPython.display import Markdown

from pipelines.open import sql

# %% [markdown]
# ## What each framework judges

# %% language="sql" magic_args="frameworks"
# SELECT
#     inspections.framework,
#     count(DISTINCT inspections.inspection_id) AS inspections,
#     min(inspections.published) AS first_report,
#     max(inspections.published) AS last_report,
#     string_agg(DISTINCT judgements.area, ', ' ORDER BY judgements.area) AS areas
# FROM inspections
# INNER JOIN judgements USING (inspection_id)
# GROUP BY inspections.framework
# ORDER BY first_report

# %% [markdown]
# ## What continues, what is new, what has ended
#
# The register of areas says of each what it may be compared with, and why.

# %% language="sql" magic_args="areas"
# SELECT framework, area, title, valid_from, valid_to, comparable_with, note
# FROM judgement_areas
# ORDER BY framework, area

# %% [markdown]
# ## The overall grade comes to an end

# %%
ended = sql(
    "SELECT count(DISTINCT inspection_id) AS inspections, min(ended) AS why FROM ended_judgements WHERE area = 'overall'"
).iloc[0]
Markdown(f"**{ended['inspections']} inspections** known here gave no overall grade any more. {ended['why']}")

# %% [markdown]
# ## One question under two frameworks
#
# Help and protection has been asked in nearly the same words since the single inspection framework. The
# table sets each authority's grade there beside its first grade under ILACS.

# %% language="sql" magic_args="both"
# WITH judged AS (
#     SELECT la_code, framework, published, grade, row_number() OVER (PARTITION BY la_code, framework ORDER BY published) AS nth
#     FROM judgements
#     INNER JOIN inspections USING (inspection_id, la_code)
#     WHERE area = 'help_and_protection' AND grade <> 'not_judged'
# )
# SELECT sif.grade AS under_sif, ilacs.grade AS first_under_ilacs, count(*) AS authorities
# FROM judged AS sif
# INNER JOIN judged AS ilacs USING (la_code)
# WHERE sif.framework = 'sif' AND sif.nth = 1 AND ilacs.framework = 'ilacs' AND ilacs.nth = 1
# GROUP BY ALL
# ORDER BY under_sif DESC, first_under_ilacs DESC

# %%
same = both.query("under_sif == first_under_ilacs")["authorities"].sum()
Markdown(
    f"**{same} of {both['authorities'].sum()}** authorities were given the same grade for help and protection both times."
)

# %% [markdown]
# ## Where the lists do not agree
#
# Ofsted's lists of different years print some inspections differently. None is repaired: the newest list is
# shown, and every other printing is kept with its place.

# %% language="sql" magic_args="differences"
# SELECT what, count(*) AS printings, count(DISTINCT inspection_id) AS inspections
# FROM witness_differences
# GROUP BY what
# ORDER BY printings DESC
