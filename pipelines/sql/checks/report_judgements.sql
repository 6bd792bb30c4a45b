-- Each grade beside its report and the vocabulary of its framework.
WITH vocabulary AS (
    SELECT DISTINCT frameworks.framework, grades.grade
    FROM frameworks
    INNER JOIN grades ON grades.scale = 'both' OR grades.scale = frameworks.scale
)

SELECT
    judged.* REPLACE (judged.grade::VARCHAR AS grade),
    vocabulary.grade IS NOT NULL AS grade_is_of_the_framework,
    coalesce(judged.page BETWEEN 1 AND reports.pages, reports.media = 'text') AS page_is_in_the_file,
    reports.kind IN ('inspection_report', 'council_pack') AS report_is_graded,
    judged.rowid AS row_in_table
FROM report_judgements AS judged
INNER JOIN reports USING (file_id)
LEFT JOIN vocabulary ON judged.framework = vocabulary.framework AND judged.grade::VARCHAR = vocabulary.grade
ORDER BY row_in_table
