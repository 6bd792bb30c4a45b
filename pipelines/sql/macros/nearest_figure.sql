-- The figure of an authority whose day is nearest to a date, with how many days lie between (minus: the figure is
-- older). Its day is 31 March, or 30 September for measures counted then (`measures.as_at`). Figures without a number
-- are passed over; of two equally near the older one counts, since it was known first. A table of one row, so that
-- both FROM nearest_figure(…) and (SELECT value FROM nearest_figure(…)) work, with columns of another table too.
-- An argument stands in the text as it was written: a column `la_code` given to it would be read as ours wherever one
-- of ours has that name. So where arguments are used, every column has a name of its own.
CREATE OR REPLACE MACRO nearest_figure(council_code, wanted_measure, near_date) AS TABLE
WITH dated_figures AS (
    SELECT
        figures.la_code AS figure_la_code,
        figures.measure AS figure_measure,
        figures.time_period AS figure_time_period,
        figures.value AS figure_value,
        figures.unit AS figure_unit,
        figures.published_text AS figure_published_text,
        figures.release AS figure_release,
        CASE
            WHEN measures.as_at LIKE '%30 September%' THEN make_date(figures.time_period, 9, 30)
            ELSE make_date(figures.time_period, 3, 31)
        END AS figure_true_at
    FROM area_statistics AS figures
    LEFT JOIN measures USING (measure)
    WHERE
        figures.geographic_level = 'Local authority'
        AND figures.source_kind = 'statistics'
        AND figures.is_current
        AND figures.value IS NOT NULL
),

near_figures AS (
    SELECT *, datediff('day', CAST(near_date AS DATE), figure_true_at) AS figure_days_apart
    FROM dated_figures
    WHERE figure_la_code = council_code AND figure_measure = wanted_measure
)

SELECT
    figure_la_code AS la_code,
    figure_measure AS measure,
    figure_time_period AS time_period,
    figure_true_at AS true_at,
    figure_value AS value,
    figure_unit AS unit,
    figure_published_text AS published_text,
    figure_release AS release,
    figure_days_apart AS days_apart
FROM near_figures
ORDER BY abs(figure_days_apart), figure_time_period
LIMIT 1;
