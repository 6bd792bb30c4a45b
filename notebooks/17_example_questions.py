# %% [markdown]
# # Example questions, answered
#
# Which questions can be put to this database in SQL, and what does each give today?
#
# Every question below is one of `councils examples`: its SQL can be copied into a cell `%%sql`, into
# `councils sql`, or onto the site's SQL page, and changed there. Only the first rows of a long answer are shown.

# %%
# tables: area_statistics, authorities, authority_changes, frameworks, grades, inspection_sources, inspections, judgement_areas, judgement_sources, judgements, measures, reports, source_files, sources, statistical_neighbours
from IPython.display import display

from pipelines.query.example_answers import answers

for answer in answers():
    display(answer)
