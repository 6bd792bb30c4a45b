-- How far the history goes, and how much of it rests on what.
CREATE OR REPLACE VIEW data_goes_to AS
WITH lists AS (
    SELECT max(source_files.as_at) AS lists_as_at, max(inspection_sources.published) AS lists_published_to
    FROM inspection_sources
    INNER JOIN source_files USING (file_id)
    WHERE inspection_sources.source_kind = 'statistics'
),

reports AS (
    SELECT max(published) AS reports_published_to
    FROM inspection_sources
    WHERE source_kind = 'report'
),

-- Of the inspections that lists hold, how many also have their report here: the only measure of how many of those
-- after the lists' end may be missing.
held AS (
    SELECT
        count(*) FILTER (source_kind = 'report' AND framework = 'ilacs') AS report_only_inspections,
        count(*) FILTER (source_kind = 'statistics' AND framework = 'ilacs') AS listed_ilacs_inspections,
        count(*) FILTER (source_kind = 'statistics' AND framework = 'ilacs' AND has_report)
            AS listed_ilacs_inspections_with_report
    FROM inspections
)

SELECT
    greatest(lists.lists_published_to, reports.reports_published_to) AS goes_to,
    lists.lists_as_at,
    lists.lists_published_to,
    reports.reports_published_to,
    held.report_only_inspections,
    held.listed_ilacs_inspections,
    held.listed_ilacs_inspections_with_report,
    'Ofsted''s lists of inspections to ' || strftime(lists.lists_as_at, '%-d %B %Y') || ', and inspection reports to '
    || strftime(reports.reports_published_to, '%-d %B %Y') || '. ' || held.report_only_inspections
    || ' inspections rest on the report alone; of those in the lists, ' || held.listed_ilacs_inspections_with_report
    || ' of ' || held.listed_ilacs_inspections
    || ' ILACS inspections have their report here, so some after the lists'' end may be missing.' AS sentence
FROM lists
CROSS JOIN reports
CROSS JOIN held;
