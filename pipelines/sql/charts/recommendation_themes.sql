-- One row per theme and year of publication to $as_at: the inspection reports with recommendations to the authority,
-- and those of them with at least one recommendation that uses the theme's words.
WITH made AS (
    SELECT
        recommendations.inspection_id,
        year(inspections.published) AS year,
        CASE WHEN inspections.framework = 'ilacs' THEN 'ilacs' ELSE 'sif' END AS framework,
        recommendations.themes,
        'ofsted_reports ' || year(inspections.published) AS source
    FROM recommendations
    INNER JOIN inspections USING (inspection_id)
    WHERE
        recommendations.body = 'local_authority'
        AND inspections.framework IN ('sif', 'sif_reinspection', 'ilacs')
        AND inspections.published <= $as_at::DATE
),

years AS (
    SELECT
        year,
        count(DISTINCT inspection_id) AS reports,
        count(DISTINCT inspection_id) FILTER (framework = 'ilacs') AS reports_ilacs,
        string_agg(DISTINCT source, '; ' ORDER BY source) AS sources
    FROM made
    GROUP BY year
),

spoken AS (
    SELECT DISTINCT inspection_id, year, unnest(themes) AS theme
    FROM made
),

counted AS (
    SELECT theme, year, count(*) AS reports_with_theme
    FROM spoken
    GROUP BY theme, year
)

SELECT
    themes_named.theme,
    years.year,
    coalesce(counted.reports_with_theme, 0) AS reports_with_theme,
    years.reports,
    years.reports_ilacs,
    $as_at::DATE AS as_at,
    years.sources
FROM (SELECT DISTINCT theme FROM spoken) AS themes_named
CROSS JOIN years
LEFT JOIN counted ON themes_named.theme = counted.theme AND years.year = counted.year
ORDER BY themes_named.theme, years.year
