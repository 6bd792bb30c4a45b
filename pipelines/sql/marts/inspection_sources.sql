-- Every printing of a graded inspection: rows of Ofsted's lists and the reports themselves. Printings of one council
-- under one family of frameworks whose dates lie within four months of each other are one inspection: a report is out
-- within five weeks to seven months of the visit, and no council was ever inspected twice inside a year.
WITH families AS (
    SELECT DISTINCT framework, family FROM frameworks
),

printings AS (
    SELECT
        'statistics' AS source_kind,
        source_id,
        release,
        rank,
        file_id,
        list,
        sheet,
        row,
        slot,
        la_code,
        la_name_printed,
        new_la_code_printed,
        framework,
        ilacs_type,
        inspection_start,
        NULL::DATE AS inspection_end,
        published,
        grades_printed
    FROM stg_printed_inspections

    UNION ALL BY NAME

    -- A report ranks below every list: the lists are Ofsted's official statistics, corrected from edition to edition.
    SELECT
        'report' AS source_kind,
        source_id,
        release,
        0 AS rank,
        file_id,
        'report' AS list,
        '' AS slot,
        la_code,
        la_name_printed,
        framework,
        ilacs_type,
        inspection_start,
        inspection_end,
        published
    FROM stg_report_inspections
    WHERE kind = 'inspection_report'
),

graded AS (
    SELECT
        printings.*,
        families.family,
        coalesce(printings.published, printings.inspection_start + INTERVAL 49 DAY) AS about
    FROM printings
    INNER JOIN families USING (framework)
),

gaps AS (
    SELECT
        *,
        coalesce(
            date_diff(
                'day',
                lag(about) OVER (PARTITION BY la_code, family ORDER BY about, rank, file_id, list, row, slot),
                about
            ) > 120,
            true
        )::INTEGER AS begins
    FROM graded
),

grouped AS (
    SELECT
        *,
        sum(begins) OVER (
            PARTITION BY la_code, family
            ORDER BY about, rank, file_id, list, row, slot
            ROWS UNBOUNDED PRECEDING
        ) AS nth
    FROM gaps
),

-- The newest release is chosen, and in it the list of all inspections before the lists of some.
ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY la_code, family, nth
            ORDER BY
                rank DESC,
                list_position(['history', 'current', 'abolished', 'latest', 'in_year', 'report'], list),
                file_id,
                row,
                slot
        ) AS choice
    FROM grouped
),

-- A date the chosen printing lacks comes from the next that prints it.
known AS (
    SELECT
        la_code,
        family,
        nth,
        arg_min(framework, choice) AS framework,
        arg_min(ilacs_type, choice) FILTER (ilacs_type <> '') AS ilacs_type,
        arg_min(inspection_start, choice) FILTER (inspection_start IS NOT NULL) AS inspection_start,
        arg_min(published, choice) FILTER (published IS NOT NULL) AS published
    FROM ranked
    GROUP BY la_code, family, nth
)

SELECT
    known.framework
    || '-' || coalesce(ranked.la_code, 'unknown')
    || '-' || strftime(coalesce(known.published, known.inspection_start), '%Y-%m-%d') AS inspection_id,
    ranked.la_code,
    known.framework,
    ranked.choice = 1 AS is_chosen,
    ranked.choice,
    ranked.source_kind,
    ranked.source_id,
    ranked.release,
    ranked.file_id,
    ranked.list,
    ranked.sheet,
    ranked.row,
    ranked.slot,
    ranked.la_name_printed,
    ranked.new_la_code_printed,
    ranked.framework AS framework_printed,
    nullif(ranked.ilacs_type, '') AS ilacs_type,
    ranked.inspection_start,
    ranked.inspection_end,
    ranked.published,
    coalesce(ranked.inspection_start <> known.inspection_start, false) AS start_differs,
    coalesce(ranked.published <> known.published, false) AS published_differs,
    ranked.framework <> known.framework AS framework_differs,
    coalesce(nullif(ranked.ilacs_type, '') <> known.ilacs_type, false) AS ilacs_type_differs,
    ranked.grades_printed
FROM ranked
INNER JOIN known
    ON
        ranked.la_code IS NOT DISTINCT FROM known.la_code
        AND ranked.family = known.family
        AND ranked.nth = known.nth
ORDER BY inspection_id, ranked.choice
