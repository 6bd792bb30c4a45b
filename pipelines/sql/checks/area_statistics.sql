-- Each figure beside its measure, its authority and, for a published rate, the rate its own file's inputs give.
WITH authority_years AS (
    SELECT la_code, valid_from, valid_to FROM authorities
)

SELECT
    figures.la_code,
    figures.geographic_level,
    figures.measure,
    figures.time_period,
    figures.value,
    figures.value_status,
    figures.unit,
    figures.source_id,
    figures.file_id,
    measures.measure IS NOT NULL AS measure_is_known,
    figures.geographic_level <> 'Local authority'
    OR authority_years.la_code IS NOT NULL
    OR figures.la_code LIKE '% / %' AS authority_is_known,
    figures.value IS NULL
    OR authority_years.la_code IS NULL
    OR year(coalesce(authority_years.valid_from, DATE '1900-01-01')) <= figures.time_period AS authority_had_begun,
    (figures.value IS NOT NULL) = (figures.value_status IS NOT DISTINCT FROM 'number') AS status_agrees,
    coalesce(figures.value >= 0, true) AS is_not_negative,
    coalesce(measures.kind <> 'count' OR figures.value = round(figures.value), true) AS count_is_whole,
    coalesce(
        figures.is_derived
        OR measures.kind <> 'rate'
        OR figures.geographic_level <> 'Local authority'
        OR abs(figures.value - figures.numerator * measures.per / nullif(figures.denominator, 0)) <= 0.5 + 1e-9,
        true
    ) AS rate_agrees,
    figures.rowid AS row_in_table
FROM area_statistics AS figures
LEFT JOIN measures USING (measure)
LEFT JOIN authority_years ON figures.la_code = authority_years.la_code
ORDER BY row_in_table
