-- One row per pair of areas and pair of grades: the ILACS inspections whose visit was by
-- $as_at and whose report was out $cut_off_months months later, that printed both.
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
        AND coalesce(inspections.inspection_start, inspections.published) <= $as_at::DATE
        AND inspections.published <= last_day($as_at::DATE + to_months($cut_off_months::INTEGER))
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
    $as_at::DATE AS as_at,
    last_day($as_at::DATE + to_months($cut_off_months::INTEGER)) AS published_by,
    string_agg(DISTINCT one.source, '; ' ORDER BY one.source) AS sources
FROM pairs
INNER JOIN judged AS one ON pairs.area = one.area
INNER JOIN judged AS other ON one.inspection_id = other.inspection_id AND pairs.other_area = other.area
GROUP BY ALL
ORDER BY pairs.panel, max(one.grade) DESC, max(other.grade) DESC
