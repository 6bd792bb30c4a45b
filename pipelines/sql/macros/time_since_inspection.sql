CREATE OR REPLACE MACRO time_since_inspection(
    date, published_by := NULL, frameworks := NULL, abolished := 'leave', successors := 'begin_anew'
) AS TABLE
WITH wanted AS (
    SELECT date::DATE AS wanted_day
)

SELECT
    authorities.la_code,
    authorities.la_name,
    counting.inspection_id,
    inspections.framework,
    inspections.inspection_start,
    inspections.published,
    date_diff('day', inspections.inspection_start, wanted.wanted_day) AS days_since_visit,
    date_diff('day', inspections.published, wanted.wanted_day) AS days_since_published,
    inspections.inspection_id IS NOT NULL AS is_inspected,
    counting.inspected_la_code,
    inspections.source_kind
FROM authorities
CROSS JOIN wanted
LEFT JOIN
    counting_inspections(
        date, date, published_by := published_by, frameworks := frameworks, abolished := abolished,
        successors := successors
    ) AS counting
    ON authorities.la_code = counting.la_code
LEFT JOIN inspections ON counting.inspection_id = inspections.inspection_id
WHERE
    coalesce(authorities.valid_from <= wanted.wanted_day, true)
    AND (abolished = 'stay' OR coalesce(authorities.valid_to >= wanted.wanted_day, true))
ORDER BY authorities.la_code;

COMMENT ON MACRO TABLE time_since_inspection IS
'One row per authority that exists on the date: the inspection that counts and the days since its visit began (empty: the visit is unknown) and since its report came out (negative where published_by is later than the date and the report came out after it). Never inspected: is_inspected is false. Options as in counting_inspections.';
