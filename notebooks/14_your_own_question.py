# %% [markdown]
# # Your own question
#
# What would you like to know? Three cells to copy: SQL with the notebook's variables in it, a published
# chart turned to your council, and a chart of your own.

# %%
# tables: area_statistics, authorities, inspections, judgements, measures, sources, statistical_neighbours
import altair as alt

from pipelines.open import chart, council_code, picture

council = "Southend-on-Sea"
la_code = council_code(council)

# %% [markdown]
# ## What is there?

# %% language="sql" magic_args="tables"
# SELECT table_name, comment FROM duckdb_tables() ORDER BY table_name

# %% language="sql" magic_args="measures"
# SELECT measure, title, unit, as_at FROM measures WHERE role = 'measure' ORDER BY title

# %% [markdown]
# ## Ask in SQL
#
# A dollar sign brings in a variable of the notebook. The word after `%%sql` keeps the rows as a frame.
# Compare grades with `'good'::grade`: a bare text is compared by alphabet.

# %% language="sql" magic_args="rates"
# SELECT time_period, value, neighbours_median, england
# FROM with_neighbours
# WHERE la_code = $la_code AND measure = 'looked_after_rate'
# ORDER BY time_period

# %% [markdown]
# ## Turn a published chart

# %%
chart("protection_plan_rate_over_time", council=council, measure="looked_after_rate")

# %% [markdown]
# ## Draw your own

# %%
newest = rates.iloc[-1]
picture(
    alt.Chart(rates)
    .mark_bar(color="#12436D")
    .encode(x=alt.X("time_period:O", title=None), y=alt.Y("value:Q", title=None))
    .properties(width=640, height=200),
    title=f"{council}: {newest['value']:.0f} looked after per 10,000 children in {newest['time_period']:.0f}",
    subtitle="Children looked after on 31 March per 10,000 children.",
    alt=f"Columns by year of the looked-after rate of {council}, {newest['value']:.0f} in {newest['time_period']:.0f}.",
    sources=["children_looked_after"],
)
