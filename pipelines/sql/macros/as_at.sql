-- The inspection that counts for each authority on a day, and its judgements: the newest graded inspection under the
-- frameworks since 2013 whose visit was on or before the day and whose report was out by `published_by`. Where no
-- visit date is known a report out by `published_by` counts. An abolished authority leaves on the day its successors
-- vest; a successor has none until its first inspection. This is how Ofsted's printed profiles count.
CREATE OR REPLACE MACRO as_at(date, published_by := NULL) AS TABLE
WITH existing AS (
    SELECT la_code, la_name
    FROM authorities
    WHERE
        coalesce(valid_from <= date::DATE, true)
        AND coalesce(valid_to >= date::DATE, true)
),

known AS (
    SELECT
        inspections.inspection_id,
        existing.la_code,
        existing.la_name,
        inspections.inspection_start,
        inspections.published,
        inspections.framework,
        row_number() OVER (
            PARTITION BY existing.la_code
            ORDER BY coalesce(inspections.inspection_start, inspections.published) DESC, inspections.published DESC
        ) AS age
    FROM inspections
    INNER JOIN existing USING (la_code)
    WHERE
        inspections.framework IN ('sif', 'sif_reinspection', 'ilacs')
        AND inspections.published <= coalesce(published_by::DATE, date::DATE)
        AND coalesce(inspections.inspection_start <= date::DATE, true)
)

SELECT
    known.la_code,
    known.la_name,
    judgements.area,
    judgements.grade,
    known.inspection_start,
    known.published,
    known.framework,
    known.inspection_id
FROM known
INNER JOIN judgements USING (inspection_id)
WHERE known.age = 1;
