-- One row per authority and run of inspections that gave the same overall grade under the frameworks since 2013, by the
-- days of their reports, as known on $as_at (reports out $cut_off_months months later count too).
WITH bounds AS (
    SELECT
        $as_at::DATE AS as_at,
        last_day($as_at::DATE + to_months($cut_off_months::INTEGER)) AS published_by
)

SELECT
    held.la_code,
    held.la_name,
    held.grade::VARCHAR AS grade,
    held.spell_start,
    held.spell_end,
    date_diff('day', held.spell_start, coalesce(held.spell_end, bounds.published_by)) AS days,
    coalesce(held.ended_by = 'another_grade', false) AS is_ended,
    held.ended_by,
    held.next_grade::VARCHAR AS next_grade,
    held.inspections_count,
    bounds.as_at,
    bounds.published_by,
    (
        SELECT string_agg(
            DISTINCT inspections.source_id || ' ' || inspections.release, '; '
            ORDER BY inspections.source_id || ' ' || inspections.release
        )
        FROM inspections
        WHERE list_contains(held.inspection_ids, inspections.inspection_id)
    ) AS sources
FROM bounds,
    spells(bounds.as_at, published_by := bounds.published_by, areas := ['overall']) AS held
WHERE held.grade <> 'not_judged'
ORDER BY held.grade DESC, days, held.la_code, held.spell_start
