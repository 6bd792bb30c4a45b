-- One row per report and measure it prints twice, for the area and for England, with the grade the inspection gave.
SELECT
    inspections.inspection_id,
    inspections.la_code,
    inspections.la_name,
    inspections.framework,
    inspections.published,
    judgements.grade::VARCHAR AS grade,
    here.measure,
    here.unit,
    here.value AS local_value,
    nation.value AS england_value,
    here.value - nation.value AS gap,
    here.page,
    here.file_id
FROM report_statistics AS here
INNER JOIN report_statistics AS nation
    ON here.file_id = nation.file_id AND here.measure = nation.measure AND nation.scope = 'england'
INNER JOIN inspection_sources ON here.file_id = inspection_sources.file_id
INNER JOIN inspections ON inspection_sources.inspection_id = inspections.inspection_id
INNER JOIN judgements ON inspections.inspection_id = judgements.inspection_id AND judgements.area = 'overall'
WHERE here.scope = 'local' AND judgements.grade <> 'not_judged'
ORDER BY here.measure, inspections.inspection_id, here.position
