-- The date Ofsted's newest list of inspection outcomes is true at.
SELECT max(as_at) AS as_at
FROM source_files
WHERE source_id = 'ofsted_inspection_outcomes'
