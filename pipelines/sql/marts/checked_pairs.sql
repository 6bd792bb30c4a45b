-- Every pair of prints of one fact that can be set side by side. Nothing is merged: each keeps its value and place.
WITH judged AS (
    SELECT
        inspection_id,
        la_code,
        area,
        grade::VARCHAR AS grade,
        source_kind,
        release,
        string_agg(
            DISTINCT concat_ws(', ', file_id, 'page ' || page, sheet, 'row ' || row), '; '
            ORDER BY concat_ws(', ', file_id, 'page ' || page, sheet, 'row ' || row)
        ) AS place
    FROM judgement_sources
    WHERE grade IS NOT NULL
    GROUP BY ALL
),

newest_list AS (
    SELECT *
    FROM judged
    WHERE source_kind = 'statistics'
    QUALIFY release = max(release) OVER (PARTITION BY inspection_id, area)
),

grades AS (
    SELECT
        'grade, report against list' AS field,
        a.la_code,
        a.inspection_id AS subject,
        a.area AS item,
        a.grade AS value_a,
        'report' AS source_a,
        a.place AS place_a,
        b.grade AS value_b,
        'list of ' || b.release AS source_b,
        b.place AS place_b
    FROM judged AS a
    INNER JOIN judged AS b USING (inspection_id, area)
    WHERE a.source_kind = 'report' AND b.source_kind = 'statistics'

    UNION ALL BY NAME

    SELECT
        'grade, list against newest list' AS field,
        a.la_code,
        a.inspection_id AS subject,
        a.area AS item,
        a.grade AS value_a,
        'list of ' || a.release AS source_a,
        a.place AS place_a,
        b.grade AS value_b,
        'list of ' || b.release AS source_b,
        b.place AS place_b
    FROM judged AS a
    INNER JOIN newest_list AS b USING (inspection_id, area)
    WHERE a.source_kind = 'statistics' AND a.release < b.release
),

dated AS (
    SELECT
        inspection_id,
        la_code,
        source_kind,
        release,
        inspection_start,
        published,
        concat_ws(', ', file_id, sheet, 'row ' || row) AS place
    FROM inspection_sources
),

dates AS (
    SELECT
        names.name || ', report against list' AS field,
        a.la_code,
        a.inspection_id AS subject,
        names.item,
        CASE names.item WHEN 'published' THEN a.published ELSE a.inspection_start END::VARCHAR AS value_a,
        'report' AS source_a,
        a.place AS place_a,
        CASE names.item WHEN 'published' THEN b.published ELSE b.inspection_start END::VARCHAR AS value_b,
        'list of ' || b.release AS source_b,
        string_agg(DISTINCT b.place, '; ' ORDER BY b.place) AS place_b
    FROM dated AS a
    INNER JOIN dated AS b USING (inspection_id)
    CROSS JOIN (VALUES ('published', 'publication date'), ('inspection_start', 'first day')) AS names (item, name)
    WHERE a.source_kind = 'report' AND b.source_kind = 'statistics'
    GROUP BY ALL

    UNION ALL BY NAME

    SELECT
        'publication date, list against newest list' AS field,
        a.la_code,
        a.inspection_id AS subject,
        'published' AS item,
        a.published::VARCHAR AS value_a,
        'list of ' || a.release AS source_a,
        string_agg(DISTINCT a.place, '; ' ORDER BY a.place) AS place_a,
        b.published::VARCHAR AS value_b,
        'list of ' || b.release AS source_b,
        string_agg(DISTINCT b.place, '; ' ORDER BY b.place) AS place_b
    FROM dated AS a
    INNER JOIN dated AS b USING (inspection_id)
    WHERE
        a.source_kind = 'statistics'
        AND b.source_kind = 'statistics'
        AND a.release < b.release
        AND b.release = (SELECT max(release) FROM dated AS c WHERE c.inspection_id = b.inspection_id AND c.source_kind = 'statistics')
    GROUP BY ALL

    UNION ALL BY NAME

    SELECT
        'publication date, printed against listed' AS field,
        la_code,
        coalesce(inspection_id, file_id) AS subject,
        'published' AS item,
        published::VARCHAR AS value_a,
        'report' AS source_a,
        file_id AS place_a,
        listed_date::VARCHAR AS value_b,
        'listing of the report' AS source_b,
        'number ' || urn AS place_b
    FROM reports
    WHERE published_from = 'printed' AND listed_date IS NOT NULL
),

-- DfE's prints of a cell in the order they came out, of the authority itself.
prints AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY la_code, measure, time_period ORDER BY left(published, 4), rounded_to, file_id, row
        ) AS nth
    FROM area_statistics
    WHERE
        source_kind = 'statistics'
        AND geographic_level = 'Local authority'
        AND value IS NOT NULL
        AND measure IN (SELECT measure FROM stg_report_figures)
        AND time_period BETWEEN 2010 AND 2020
),

-- The year's publication that a measure is first printed in, and the day before which it had not come out.
published_in AS (
    SELECT DISTINCT measure, source_id FROM prints
),

-- Cells that a release of DfE's own statistics hides: from one to five children.
hidden AS (
    SELECT DISTINCT la_code, measure, time_period
    FROM area_statistics
    WHERE
        source_kind = 'statistics' AND geographic_level = 'Local authority' AND value_status = 'suppressed'
        AND published_text = 'x' AND left(published, 4)::INTEGER = time_period
),

figures AS (
    SELECT
        'figure, report against ' || CASE WHEN b.nth = 1 THEN 'first print' ELSE 'today''s' END AS field,
        a.la_code,
        a.file_id AS subject,
        a.measure || ' ' || a.time_period AS item,
        format('{:g}', a.value) AS value_a,
        'report' AS source_a,
        a.file_id || ', ' || coalesce(a.sheet, 'no page') AS place_a,
        format('{:g}', round(b.value, 2)) AS value_b,
        b.source_id || ' ' || b.release AS source_b,
        concat_ws(', ', b.file_id, 'row ' || b.row, b."column") AS place_b,
        a.value - b.value AS difference,
        abs(a.value - b.value) <= CASE
            WHEN measures.kind = 'rate' THEN 0.5
            WHEN a.value % 5 = 0 OR b.rounded_to = 5 THEN 2.5
            ELSE 0
        END AS is_rounding,
        EXISTS (
            FROM prints AS c
            WHERE
                c.la_code = a.la_code AND c.measure = a.measure AND c.time_period = a.time_period AND c.value = a.value
        ) AS is_revised,
        measures.kind = 'count' AND a.value >= 30 AND EXISTS (
            FROM prints AS c
            WHERE
                c.la_code = a.la_code AND c.measure = a.measure AND abs(c.time_period - a.time_period) = 1
                AND c.value = a.value
        ) AS is_another_year,
        a.breakdown ILIKE '%provisional%' AS is_provisional,
        a.value BETWEEN 1 AND 5
        AND EXISTS (
            FROM hidden
            WHERE
                hidden.la_code = a.la_code AND hidden.measure = a.measure AND hidden.time_period = a.time_period
        ) AS is_hidden,
        a.published::DATE AS report_published,
        first_releases.not_before,
        a.published::DATE < first_releases.not_before AS is_before,
        -- DfE's own publication of that year is held, in the year it came out, and does not print the report's number.
        EXISTS (
            FROM prints AS c
            WHERE
                c.la_code = a.la_code AND c.measure = a.measure AND c.time_period = a.time_period
                AND left(c.published, 4)::INTEGER = a.time_period AND NOT c.is_derived
        ) AS is_first_held,
        area_notes.page AS note_page
    FROM stg_report_figures AS a
    INNER JOIN prints AS b USING (la_code, measure, time_period)
    INNER JOIN measures USING (measure)
    LEFT JOIN published_in
        ON a.measure = published_in.measure
        AND published_in.source_id IN ('children_looked_after', 'children_in_need')
    LEFT JOIN first_releases
        ON published_in.source_id = first_releases.source_id AND a.time_period = first_releases.time_period
    LEFT JOIN area_notes ON a.file_id = area_notes.file_id
    WHERE (b.nth = 1 AND NOT b.is_derived) OR b.is_current
),

first_and_current AS (
    -- The first print that is still the current one stands for both.
    SELECT * FROM figures
    UNION ALL BY NAME
    SELECT figures.* REPLACE ('figure, report against today''s' AS field)
    FROM figures
    WHERE
        field LIKE '%first print'
        AND NOT EXISTS (
            FROM figures AS later
            WHERE later.subject = figures.subject AND later.item = figures.item AND later.field LIKE '%today%'
        )
),

-- A rate beside the number of children it was made of. Where that number agrees with DfE's and the rate does not, it was
-- divided by another population; where the number differs, the rate must, and stands on the report's own number.
based AS (
    SELECT
        rates.*,
        counts.value_a AS count_a,
        counts.value_b AS count_b,
        coalesce(counts.value_a = counts.value_b OR counts.is_rounding, false) AS is_other_base,
        counts.value_a::DOUBLE / counts.value_b::DOUBLE * rates.value_b::DOUBLE AS rate_of_own_count,
        coalesce(
            counts.value_a <> counts.value_b AND NOT counts.is_rounding
            AND rates.value_a::DOUBLE / rate_of_own_count BETWEEN 0.9 AND 1.1, false
        ) AS is_own_count
    FROM first_and_current AS rates
    LEFT JOIN first_and_current AS counts
        ON rates.item LIKE 'looked_after_rate %'
        AND rates.field = counts.field
        AND rates.subject = counts.subject
        AND counts.item = replace(rates.item, '_rate ', ' ')
),

twice AS (
    SELECT
        'figure, one report against itself' AS field,
        a.la_code,
        a.file_id AS subject,
        a.measure || ' ' || a.as_at AS item,
        format('{:g}', a.value) AS value_a,
        'report, first' AS source_a,
        a.file_id || coalesce(', page ' || a.page, '') || ', number ' || a.position AS place_a,
        format('{:g}', b.value) AS value_b,
        'report, again' AS source_b,
        b.file_id || coalesce(', page ' || b.page, '') || ', number ' || b.position AS place_b,
        a.value - b.value AS difference
    FROM report_statistics AS a
    INNER JOIN report_statistics AS b USING (file_id, measure, as_at)
    WHERE a.position < b.position AND a.scope <> 'england' AND b.scope <> 'england'
    AND a.unit = b.unit AND a.value IS NOT NULL AND b.value IS NOT NULL
),

-- A pack's own account of the inspection against the report it holds.
mentioned AS (
    SELECT
        'council pack against report' AS field,
        mentions.la_code,
        mentions.file_id AS subject,
        concat_ws(' ', mentions.what, mentions.area) AS item,
        mentions.value AS value_a,
        'council pack' AS source_a,
        mentions.file_id || ', statement ' || mentions.position AS place_a,
        CASE mentions.what
            WHEN 'judgement' THEN judged.grade::VARCHAR
            WHEN 'inspection_start' THEN left(reports.inspection_start::VARCHAR, length(mentions.value))
            WHEN 'inspection_end' THEN left(reports.inspection_end::VARCHAR, length(mentions.value))
            -- A day without its year is compared as such.
            WHEN 'published' THEN
                CASE
                    WHEN mentions.value LIKE '--%' THEN '-' || right(original.published::VARCHAR, 6)
                    ELSE left(original.published::VARCHAR, length(mentions.value))
                END
        END AS value_b,
        'report' AS source_b,
        coalesce(reports.copy_of, reports.file_id) AS place_b
    FROM mentions
    INNER JOIN reports USING (file_id)
    LEFT JOIN reports AS original ON coalesce(reports.copy_of, reports.file_id) = original.file_id
    LEFT JOIN report_judgements AS judged ON mentions.file_id = judged.file_id AND mentions.area = judged.area
    WHERE mentions.what IN ('judgement', 'inspection_start', 'inspection_end', 'published')
),

public_checked AS (
    SELECT
        'grade, public reading against report' AS field,
        readings.la_code,
        reports.inspection_id AS subject,
        readings.area AS item,
        coalesce(nullif(readings.grade_public, ''), 'not known') AS value_a,
        'public reading' AS source_a,
        readings.fault AS place_a,
        coalesce(judged.grade::VARCHAR, 'not an area of this inspection') AS value_b,
        'report' AS source_b,
        reports.file_id || coalesce(', page ' || judged.page, '') AS place_b,
        lists.grade AS list_grade,
        lists.release AS list_release
    FROM public_readings AS readings
    INNER JOIN reports USING (la_code, published)
    LEFT JOIN report_judgements AS judged ON reports.file_id = judged.file_id AND readings.area = judged.area
    LEFT JOIN newest_list AS lists ON reports.inspection_id = lists.inspection_id AND readings.area = lists.area
),

every AS (
    SELECT * FROM grades
    UNION ALL BY NAME
    SELECT * FROM dates WHERE value_a IS NOT NULL AND value_b IS NOT NULL
    UNION ALL BY NAME
    SELECT * FROM based
    UNION ALL BY NAME
    SELECT * FROM twice
    UNION ALL BY NAME
    SELECT * FROM mentioned WHERE value_b IS NOT NULL
    UNION ALL BY NAME
    SELECT * FROM public_checked
    UNION ALL BY NAME
    SELECT * FROM stg_named_inspections
),

-- What the values themselves explain; the rest is for people (`explanations`).
ruled AS (
    SELECT
        every.*,
        CASE
            WHEN value_a = value_b THEN NULL
            WHEN field LIKE 'grade, public reading%' THEN 'public reading wrong'
            WHEN is_rounding THEN 'rounding'
            WHEN is_revised THEN 'revised'
            WHEN is_other_base THEN 'other base'
            WHEN is_provisional THEN 'provisional'
            WHEN is_another_year THEN 'another year'
            WHEN is_hidden THEN 'suppressed'
            WHEN is_own_count THEN 'own count'
            WHEN is_before THEN 'before release'
            WHEN is_first_held AND note_page IS NOT NULL THEN 'local data'
            ELSE rule_category
        END AS category,
        CASE
            WHEN value_a = value_b THEN NULL
            WHEN field LIKE 'grade, public reading%'
                THEN coalesce(
                    'Ofsted''s list of ' || list_release || ' prints '
                    || list_grade || ', as the report does.',
                    'Ofsted''s lists print no such area for this inspection either.'
                )
            WHEN is_rounding THEN 'The two differ by no more than the rounding of one of them.'
            WHEN is_revised THEN 'Another release of DfE''s prints the report''s number.'
            WHEN is_other_base
                THEN 'The report''s number of children agrees with DfE''s; the rates divide it by different populations.'
            WHEN is_provisional THEN 'The report calls its number provisional.'
            WHEN is_another_year THEN 'It is DfE''s number for the year before or after.'
            WHEN is_hidden
                THEN 'DfE''s own publication of that year hides the number as one of 1 to 5, as the report''s is.'
            WHEN is_own_count
                THEN 'The rate is of the report''s own number of children, ' || count_a || ', where DfE has '
                || count_b || ': see that pair.'
            WHEN is_before
                THEN 'The report came out on ' || strftime(report_published, '%-d %B %Y')
                || ', before DfE had published figures of that 31 March: the number cannot be DfE''s.'
            WHEN is_first_held AND note_page IS NOT NULL
                THEN 'DfE''s publication of that year is held and has another number; the report says (page '
                || note_page || ') that its section was updated with local data that nobody had validated.'
            ELSE rule_explanation
        END AS explanation
    FROM every
)

SELECT
    ruled.field,
    ruled.la_code,
    authorities.la_name,
    ruled.subject,
    ruled.item,
    ruled.value_a,
    ruled.source_a,
    ruled.place_a,
    ruled.value_b,
    ruled.source_b,
    ruled.place_b,
    ruled.difference,
    CASE
        WHEN ruled.value_a = ruled.value_b THEN 'agree'
        WHEN coalesce(explanations.category, ruled.category) IS NOT NULL THEN 'explained'
        ELSE 'open'
    END AS outcome,
    coalesce(explanations.category, ruled.category) AS category,
    coalesce(explanations.explanation, ruled.explanation) AS explanation
FROM ruled
LEFT JOIN authorities USING (la_code)
LEFT JOIN explanations
    ON ruled.field = explanations.field
    AND ruled.subject = explanations.subject
    AND ruled.item = explanations.item
    AND ruled.value_a = explanations.value_a
    AND ruled.value_b = explanations.value_b
ORDER BY ruled.field, ruled.subject, ruled.item, ruled.source_a, ruled.source_b, ruled.place_a, ruled.place_b
