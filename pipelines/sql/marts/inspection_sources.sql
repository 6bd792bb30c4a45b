-- Every printing of a graded inspection. Printings of one council under one framework whose dates lie within four
-- months of each other are one inspection: a report is out within five weeks to five months of the visit, and no
-- council was ever inspected twice under one framework inside a year.
WITH graded AS (
    SELECT
        *,
        coalesce(published, inspection_start + INTERVAL 49 DAY) AS about
    FROM stg_printed_inspections
    WHERE framework IS NOT NULL
),

-- Within one list two rows are two inspections; across lists the gap decides.
gaps AS (
    SELECT
        *,
        coalesce(
            date_diff('day', lag(about) OVER (PARTITION BY la_code, framework ORDER BY about, rank, list, row, slot), about)
            > 120,
            true
        )::INTEGER AS begins
    FROM graded
),

grouped AS (
    SELECT
        *,
        sum(begins) OVER (
            PARTITION BY la_code, framework
            ORDER BY about, rank, list, row, slot
            ROWS UNBOUNDED PRECEDING
        ) AS nth
    FROM gaps
),

-- The newest release is chosen, and in it the list of all inspections before the lists of some.
ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY la_code, framework, nth
            ORDER BY rank DESC, list_position(['history', 'current', 'abolished', 'latest', 'in_year'], list), row, slot
        ) AS choice
    FROM grouped
)

SELECT
    ranked.framework
    || '-' || coalesce(ranked.la_code, 'unknown')
    || '-' || strftime(coalesce(chosen.published, chosen.inspection_start), '%Y-%m-%d') AS inspection_id,
    ranked.la_code,
    ranked.framework,
    -- One row of a sheet may print one inspection under two headings (SLAC's two re-inspections of one day).
    (ranked.file_id, ranked.list, ranked.row) = (chosen.file_id, chosen.list, chosen.row) AS is_chosen,
    ranked.choice,
    ranked.source_id,
    ranked.release,
    ranked.file_id,
    ranked.list,
    ranked.sheet,
    ranked.row,
    ranked.slot,
    ranked.la_name_printed,
    ranked.new_la_code_printed,
    nullif(ranked.ilacs_type, '') AS ilacs_type,
    ranked.inspection_start,
    ranked.published,
    ranked.inspection_start IS DISTINCT FROM chosen.inspection_start
    AND ranked.inspection_start IS NOT NULL AS start_differs,
    ranked.published IS DISTINCT FROM chosen.published AND ranked.published IS NOT NULL AS published_differs,
    ranked.grades_printed
FROM ranked
INNER JOIN ranked AS chosen
    ON
        ranked.la_code IS NOT DISTINCT FROM chosen.la_code
        AND ranked.framework = chosen.framework
        AND ranked.nth = chosen.nth
        AND chosen.choice = 1
ORDER BY inspection_id, ranked.choice
