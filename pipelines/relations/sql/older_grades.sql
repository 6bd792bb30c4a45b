-- The last overall (or, before 2012, safeguarding) grade of each authority on the older scale.
SELECT
    inspections.la_code,
    inspections.published,
    judgements.grade::VARCHAR AS grade
FROM inspections
INNER JOIN judgements USING (inspection_id)
WHERE
    inspections.framework IN (
        'slac', 'slac_reinspection', 'child_protection_2012', 'child_protection_2012_reinspection'
    )
    AND judgements.area IN ('overall', 'safeguarding')
    AND judgements.grade <> 'not_judged'
QUALIFY row_number() OVER (PARTITION BY inspections.la_code ORDER BY inspections.published DESC) = 1
ORDER BY inspections.la_code
