-- One row per pair of areas and pair of grades: the ILACS inspections published by $as_at that printed them together.
WITH pairs AS (
    SELECT
        unnest(['leadership', 'help_and_protection', 'care_and_care_leavers', 'care', 'care_leavers', 'leadership'])
            AS area,
        unnest(['overall', 'overall', 'overall', 'overall', 'overall', 'help_and_protection']) AS other_area,
        unnest([1, 2, 3, 4, 5, 6]) AS panel
),

judged AS (
    SELECT
        judgements.inspection_id,
        judgements.area,
        judgements.grade,
        inspections.published,
        inspections.source_id || ' ' || inspections.release AS source
    FROM judgements
    INNER JOIN inspections USING (inspection_id)
    WHERE
        inspections.framework = 'ilacs'
        AND inspections.published <= $as_at::DATE
        AND judgements.grade <> 'not_judged'
)

SELECT
    pairs.panel,
    pairs.area,
    pairs.other_area,
    one.grade::VARCHAR AS grade,
    other.grade::VARCHAR AS other_grade,
    count(*) AS inspections,
    min(one.published) AS first_published,
    max(one.published) AS last_published,
    string_agg(DISTINCT one.source, '; ' ORDER BY one.source) AS sources
FROM pairs
INNER JOIN judged AS one ON pairs.area = one.area
INNER JOIN judged AS other ON one.inspection_id = other.inspection_id AND pairs.other_area = other.area
GROUP BY ALL
ORDER BY pairs.panel, one.grade DESC, other.grade DESC
