-- Figures that a publisher files under an authority in a year in which it was not there: kept as printed, and named.
CREATE OR REPLACE VIEW outside_authority_years AS
SELECT
    figures.la_code,
    figures.la_name,
    CASE WHEN figures.time_period > year(authorities.valid_to) THEN 'after it ended' ELSE 'before it began' END AS when_printed,
    authorities.valid_from,
    authorities.valid_to,
    figures.measure,
    figures.time_period,
    figures.value,
    figures.published_text,
    figures.source_id,
    figures.release,
    figures.file_id,
    figures.row
FROM area_statistics AS figures
INNER JOIN authorities ON figures.la_code = authorities.la_code
WHERE figures.geographic_level = 'Local authority'
    AND figures.value IS NOT NULL
    AND NOT figures.is_derived
    AND (figures.time_period > year(authorities.valid_to) OR figures.time_period < year(authorities.valid_from));
