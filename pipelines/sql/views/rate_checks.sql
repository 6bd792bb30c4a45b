-- Every published rate and share beside the one its own release's count and base give.
CREATE OR REPLACE VIEW rate_checks AS
WITH printed AS (
    SELECT
        figures.source_id,
        figures.release,
        figures.measure,
        figures.geographic_level,
        figures.la_code,
        figures.la_name,
        figures.time_period,
        figures.value AS published_rate,
        figures.rounded_to,
        figures.numerator,
        figures.denominator,
        measures.per * figures.numerator / nullif(figures.denominator, 0) AS recomputed_rate,
        -- Counts rounded to five or ten, and full-time equivalents to a tenth, leave the rate that much room.
        measures.per * (
            0.5 * coalesce(nullif(numerators.rounded_to, 1), 0) / nullif(figures.denominator, 0)
            + 0.5 * coalesce(nullif(denominators.rounded_to, 1), 0) * figures.numerator
            / nullif(pow(figures.denominator, 2), 0)
        ) AS room
    FROM area_statistics AS figures
    INNER JOIN measures ON figures.measure = measures.measure AND measures.per IS NOT NULL
    LEFT JOIN measures AS numerator_measures ON measures.numerator = numerator_measures.measure
    LEFT JOIN measures AS denominator_measures ON measures.denominator = denominator_measures.measure
    LEFT JOIN source_files AS files ON figures.file_id = files.file_id
    LEFT JOIN rounding AS numerators
        ON figures.source_id = numerators.source_id
        AND files.rank BETWEEN numerators.from_rank AND numerators.to_rank
        AND numerators.kind = numerator_measures.kind
        AND numerators.geographic_level IN ('', figures.geographic_level)
        AND numerators.measure = ''
    LEFT JOIN rounding AS denominators
        ON figures.source_id = denominators.source_id
        AND files.rank BETWEEN denominators.from_rank AND denominators.to_rank
        AND denominators.kind = denominator_measures.kind
        AND denominators.geographic_level IN ('', figures.geographic_level)
        AND denominators.measure = CASE WHEN measures.denominator = 'population_0_17' THEN 'population_0_17' ELSE '' END
    WHERE NOT figures.is_derived AND figures.source_id <> 'lait' AND figures.source_kind = 'statistics'
)

SELECT
    *,
    published_rate - recomputed_rate AS difference,
    CASE
        WHEN published_rate IS NOT NULL AND recomputed_rate IS NOT NULL
            THEN abs(published_rate - recomputed_rate) <= 0.5 * rounded_to + room + 1e-9
    END AS agrees
FROM printed;
