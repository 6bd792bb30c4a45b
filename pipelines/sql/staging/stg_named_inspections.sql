-- Earlier inspections that a report names, each beside the one we hold that it must be: of the same services, published
-- within five months of the printed month, else the nearest within seven.
WITH named AS (
    SELECT
        previous.*,
        CASE length(inspected)
            WHEN 4 THEN (inspected || '-01-01')::DATE
            WHEN 7 THEN (inspected || '-01')::DATE
            ELSE inspected::DATE
        END AS earliest,
        CASE length(inspected)
            WHEN 4 THEN (inspected || '-12-31')::DATE
            WHEN 7 THEN last_day((inspected || '-01')::DATE)
            ELSE inspected::DATE
        END AS latest
    FROM previous_inspections AS previous
    INNER JOIN reports USING (file_id)
    WHERE reports.copy_of IS NULL AND inspected IS NOT NULL
),

-- Which area of which framework judges the services that a report's words name.
services (subject, framework, area) AS (
    VALUES
        ('safeguarding', 'slac', 'safeguarding'),
        ('safeguarding', 'slac_reinspection', 'safeguarding'),
        ('safeguarding', 'child_protection_2012', 'overall'),
        ('safeguarding', 'child_protection_2012_reinspection', 'overall'),
        ('safeguarding', 'sif', 'help_and_protection'),
        ('child_protection', 'slac', 'safeguarding'),
        ('child_protection', 'slac_reinspection', 'safeguarding'),
        ('child_protection', 'child_protection_2012', 'overall'),
        ('child_protection', 'child_protection_2012_reinspection', 'overall'),
        ('child_protection', 'sif', 'help_and_protection'),
        ('looked_after', 'slac', 'looked_after'),
        ('looked_after', 'slac_reinspection', 'looked_after'),
        ('looked_after', 'looked_after_2013', 'overall'),
        ('looked_after', 'sif', 'looked_after_and_permanence'),
        ('single_inspection', 'sif', 'overall'),
        ('single_inspection', 'sif_reinspection', 'overall')
),

held AS (
    SELECT
        services.subject,
        inspections.inspection_id,
        inspections.la_code,
        inspections.published,
        judgements.grade::VARCHAR AS grade,
        concat_ws(', ', judgements.file_id, judgements.sheet, 'row ' || judgements.row) AS place
    FROM inspections
    INNER JOIN judgements USING (inspection_id)
    INNER JOIN services ON inspections.framework = services.framework AND judgements.area = services.area
),

paired AS (
    SELECT
        named.file_id,
        named.position,
        named.la_code,
        named.subject AS service,
        named.inspected,
        named.grade,
        named.page,
        held.inspection_id,
        held.published,
        held.grade AS held_grade,
        held.place,
        held.published BETWEEN named.earliest AND named.latest + INTERVAL 150 DAY AS date_fits
    FROM named
    INNER JOIN held
        ON named.la_code = held.la_code
        AND named.subject = held.subject
        AND held.published BETWEEN named.earliest - INTERVAL 210 DAY AND named.latest + INTERVAL 210 DAY
        AND held.published < (SELECT published FROM reports WHERE reports.file_id = named.file_id)
    QUALIFY
        row_number() OVER (
            PARTITION BY named.file_id, named.position
            ORDER BY date_fits DESC, abs(date_diff('day', named.earliest + INTERVAL 45 DAY, held.published)), held.inspection_id
        ) = 1
)

SELECT
    'earlier inspection, month named against inspection held' AS field,
    la_code,
    file_id AS subject,
    service || ' ' || position AS item,
    inspected AS value_a,
    'report' AS source_a,
    file_id || coalesce(', page ' || page, '') AS place_a,
    -- A visit in a month and its report's day within five months after it agree.
    CASE WHEN date_fits THEN inspected ELSE strftime(published, '%Y-%m-%d') END AS value_b,
    'inspection held' AS source_b,
    inspection_id AS place_b,
    NULL AS rule_category,
    NULL AS rule_explanation
FROM paired

UNION ALL

SELECT
    'earlier inspection, grade named against inspection held' AS field,
    la_code,
    file_id AS subject,
    service || ' ' || position AS item,
    grade AS value_a,
    'report' AS source_a,
    file_id || coalesce(', page ' || page, '') AS place_a,
    held_grade AS value_b,
    'inspection held' AS source_b,
    inspection_id || ': ' || place AS place_b,
    CASE WHEN grade IN ('requires_improvement', 'satisfactory') AND held_grade = 'adequate' THEN 'other scale' END
        AS rule_category,
    CASE
        WHEN grade IN ('requires_improvement', 'satisfactory') AND held_grade = 'adequate'
            THEN 'The report calls adequate by the word of another scale.'
    END AS rule_explanation
FROM paired
WHERE grade IS NOT NULL

UNION ALL

-- Services that no list of ours judges (fostering, adoption …) have no partner and are no pair; the rest should have one.
SELECT
    'earlier inspection, month named against inspection held' AS field,
    la_code,
    file_id AS subject,
    subject || ' ' || position AS item,
    inspected AS value_a,
    'report' AS source_a,
    file_id || coalesce(', page ' || page, '') AS place_a,
    'none held' AS value_b,
    'inspection held' AS source_b,
    NULL AS place_b,
    NULL AS rule_category,
    NULL AS rule_explanation
FROM named
WHERE
    subject IN (SELECT subject FROM services)
    AND NOT EXISTS (FROM paired WHERE paired.file_id = named.file_id AND paired.position = named.position)
