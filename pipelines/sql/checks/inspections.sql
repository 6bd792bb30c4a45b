-- Each inspection beside what another table says of it.
SELECT
    inspections.*,
    authorities.la_code IS NOT NULL AS authority_is_known,
    inspections.framework IN (SELECT framework FROM frameworks) AS framework_is_known,
    coalesce(inspections.inspection_start, inspections.published) <= inspections.published AS dates_are_in_order,
    coalesce(authorities.valid_from <= coalesce(inspections.inspection_start, inspections.published), true)
    AND coalesce(authorities.valid_to >= inspections.inspection_start, true) AS authority_existed,
    inspections.inspection_id IN (SELECT inspection_id FROM judgements) AS has_a_judgement,
    inspections.rowid AS row_in_table
FROM inspections
LEFT JOIN authorities USING (la_code)
ORDER BY row_in_table
