-- Where two printings of one inspection contradict each other: what is shown, what the other says, and why the one is
-- shown. Nothing is repaired: both stay, each with its place.
CREATE OR REPLACE VIEW witness_differences AS
WITH shown AS (
    SELECT
        inspection_id,
        inspections.la_name,
        inspections.framework,
        inspections.ilacs_type,
        inspections.inspection_start,
        inspections.published,
        inspections.chosen_because
    FROM inspections
),

differing AS (
    SELECT
        witness.inspection_id,
        'inspection_start' AS what,
        shown.inspection_start::VARCHAR AS shown_value,
        witness.inspection_start::VARCHAR AS other_value,
        witness.file_id, witness.list, witness.sheet, witness.row, NULL::INTEGER AS page
    FROM inspection_sources AS witness
    INNER JOIN shown USING (inspection_id)
    WHERE witness.start_differs

    UNION ALL

    SELECT
        witness.inspection_id,
        'published',
        shown.published::VARCHAR,
        witness.published::VARCHAR,
        witness.file_id, witness.list, witness.sheet, witness.row, NULL
    FROM inspection_sources AS witness
    INNER JOIN shown USING (inspection_id)
    WHERE witness.published_differs

    UNION ALL

    SELECT
        witness.inspection_id,
        'framework',
        shown.framework,
        witness.framework_printed,
        witness.file_id, witness.list, witness.sheet, witness.row, NULL
    FROM inspection_sources AS witness
    INNER JOIN shown USING (inspection_id)
    WHERE witness.framework_differs

    UNION ALL

    SELECT
        witness.inspection_id,
        'ilacs_type',
        shown.ilacs_type,
        witness.ilacs_type,
        witness.file_id, witness.list, witness.sheet, witness.row, NULL
    FROM inspection_sources AS witness
    INNER JOIN shown USING (inspection_id)
    WHERE witness.ilacs_type_differs

    UNION ALL

    SELECT
        witness.inspection_id,
        witness.area,
        judgements.grade::VARCHAR,
        witness.grade::VARCHAR,
        witness.file_id, witness.list, witness.sheet, witness.row, witness.page
    FROM judgement_sources AS witness
    INNER JOIN judgements USING (inspection_id, area)
    WHERE witness.differs
)

SELECT
    differing.inspection_id,
    shown.la_name,
    differing.what,
    differing.shown_value,
    differing.other_value,
    differing.file_id AS other_file_id,
    differing.list AS other_list,
    differing.sheet AS other_sheet,
    differing.row AS other_row,
    differing.page AS other_page,
    shown.chosen_because
FROM differing
INNER JOIN shown USING (inspection_id)
ORDER BY ALL;
