-- What became of each published figure: its first print, its latest, and how many releases printed it.
CREATE OR REPLACE VIEW revisions AS
WITH prints AS (
    -- Two tables of one release print some cells twice; a release counts once.
    SELECT
        measure,
        geographic_level,
        la_code,
        time_period,
        release,
        published,
        any_value(la_name) AS la_name,
        any_value(source_id) AS source_id,
        first(published_text ORDER BY rank DESC, file_id) AS published_text,
        first(value ORDER BY rank DESC, file_id) AS value,
        first(value_status ORDER BY rank DESC, file_id) AS value_status,
        first(rounded_to ORDER BY rank DESC, file_id) AS rounded_to
    FROM area_statistics
    WHERE NOT is_derived AND source_kind = 'statistics' AND source_id <> 'lait' AND correction_id IS NULL
    GROUP BY ALL
),

series AS (
    SELECT
        measure,
        geographic_level,
        la_code,
        any_value(la_name) AS la_name,
        time_period,
        count(*) AS prints,
        -- The unrounded print of a release comes before its rounded one.
        arg_min(release, (published, rounded_to)) AS first_release,
        arg_min(published_text, (published, rounded_to)) AS first_text,
        arg_min(value_status, (published, rounded_to)) AS first_status,
        first(value ORDER BY published, rounded_to) AS first_value,
        first(rounded_to ORDER BY published, rounded_to) AS first_rounded_to,
        arg_max(release, (published, rounded_to)) AS latest_release,
        arg_max(published_text, (published, rounded_to)) AS latest_text,
        arg_max(value_status, (published, rounded_to)) AS latest_status,
        last(value ORDER BY published, rounded_to) AS latest_value,
        last(rounded_to ORDER BY published, rounded_to) AS latest_rounded_to
    FROM prints
    GROUP BY measure, geographic_level, la_code, time_period
)

SELECT
    *,
    latest_value - first_value AS difference,
    CASE
        WHEN first_value IS NULL OR latest_value IS NULL THEN first_status <> latest_status
        -- Two roundings of one number are no revision.
        WHEN first_rounded_to IS DISTINCT FROM latest_rounded_to
            THEN abs(latest_value - first_value) > 0.5 * abs(first_rounded_to - latest_rounded_to) + 1e-9
            AND abs(latest_value - first_value) > 0.5 * greatest(first_rounded_to, latest_rounded_to) + 1e-9
        ELSE abs(latest_value - first_value) > 1e-9
    END AS is_revised
FROM series;
