-- The judgements that count today: for each authority that exists, those of its newest graded inspection.
CREATE OR REPLACE VIEW latest_judgements AS
WITH newest AS (
    SELECT max(published) AS as_at
    FROM inspections
)

SELECT
    profile.la_code,
    profile.la_name,
    authorities.region,
    profile.area,
    profile.grade,
    profile.status,
    profile.framework,
    profile.inspection_start,
    profile.published,
    profile.inspection_id,
    profile.source_kind,
    newest.as_at
FROM newest, as_at(newest.as_at) AS profile
INNER JOIN authorities ON profile.la_code = authorities.la_code
ORDER BY profile.la_code, profile.area;
