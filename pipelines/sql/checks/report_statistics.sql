-- Each number of an area section beside its report.
SELECT
    figures.*,
    coalesce(figures.value >= 0, true) AS is_not_negative,
    figures.unit NOT LIKE 'percent%' OR coalesce(figures.value <= 100, true) AS share_is_a_share,
    figures.unit NOT LIKE 'children%' OR coalesce(figures.value = round(figures.value), true) AS count_is_whole,
    figures.value IS NOT NULL OR figures.qualifier IS NOT NULL AS hidden_says_so,
    coalesce(left(figures.as_at, 4)::INTEGER <= year(reports.published), true) AS date_is_past,
    coalesce(figures.page BETWEEN 1 AND reports.pages, reports.media = 'text') AS page_is_in_the_file,
    figures.rowid AS row_in_table
FROM report_statistics AS figures
INNER JOIN reports USING (file_id)
ORDER BY row_in_table
