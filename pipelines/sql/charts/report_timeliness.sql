-- One row per ILACS inspection whose visit began by $as_at and whose report was out $cut_off_months months later: the
-- days from the first day of the visit to the report.
SELECT
    inspections.inspection_id,
    inspections.la_code,
    inspections.la_name,
    inspections.ilacs_type,
    inspections.inspection_start,
    inspections.published,
    year(inspections.inspection_start)::INTEGER AS year,
    date_diff('day', inspections.inspection_start, inspections.published) AS days,
    judgements.grade::VARCHAR AS grade,
    $as_at::DATE AS as_at,
    last_day($as_at::DATE + to_months($cut_off_months::INTEGER)) AS published_by,
    inspections.source_id || ' ' || inspections.release AS sources
FROM inspections
LEFT JOIN judgements
    ON inspections.inspection_id = judgements.inspection_id AND judgements.area = 'overall'
WHERE
    inspections.framework = 'ilacs'
    AND inspections.inspection_start <= $as_at::DATE
    AND inspections.published <= last_day($as_at::DATE + to_months($cut_off_months::INTEGER))
ORDER BY year, days, inspections.inspection_id
