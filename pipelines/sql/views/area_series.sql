-- A series across reorganisations: an area's authorities of each year side by side, with their sum where one may be made.
CREATE OR REPLACE VIEW area_series AS
WITH RECURSIVE linked AS (
    SELECT la_code, la_code AS member FROM authorities
    UNION
    SELECT linked.la_code, changes.member
    FROM linked
    INNER JOIN (
        SELECT predecessor_la_code AS one, successor_la_code AS member FROM authority_changes
        UNION
        SELECT successor_la_code, predecessor_la_code FROM authority_changes
    ) AS changes ON linked.member = changes.one
),

-- An area is named by the authorities it has today: those of one reorganisation belong together.
areas AS (
    SELECT
        linked.la_code,
        list_sort(list(linked.member)) AS members,
        string_agg(names.la_name, ' + ' ORDER BY names.la_name) FILTER (names.valid_to IS NULL) AS area
    FROM linked
    INNER JOIN authorities AS names ON linked.member = names.la_code
    GROUP BY linked.la_code
),

figures AS (
    SELECT
        areas.area,
        areas.members,
        current.measure,
        current.time_period,
        current.la_code,
        current.la_name,
        current.value,
        current.value_status,
        current.release,
        authorities.valid_from,
        authorities.valid_to,
        -- On the measure's own day: 31 March, or 30 September for the workforce.
        coalesce(authorities.valid_from <= make_date(
            current.time_period, CASE WHEN measures.as_at LIKE '%September%' THEN 9 ELSE 3 END, 30
        ), true)
        AND coalesce(authorities.valid_to >= make_date(
            current.time_period, CASE WHEN measures.as_at LIKE '%September%' THEN 9 ELSE 3 END, 30
        ), true) AS existed,
        measures.kind IN ('count', 'amount', 'money') AS may_be_summed
    FROM area_statistics AS current
    INNER JOIN areas ON current.la_code = areas.la_code
    INNER JOIN authorities ON current.la_code = authorities.la_code
    INNER JOIN measures ON current.measure = measures.measure
    WHERE
        current.geographic_level = 'Local authority'
        AND current.source_kind = 'statistics'
        AND current.is_current
        AND measures.role <> 'lait'
        AND len(areas.members) > 1
),

-- Only authorities that existed that year, or that print a number all the same, belong to the year.
of_the_year AS (
    SELECT *
    FROM figures
    WHERE existed OR value IS NOT NULL
),

vesting AS (
    SELECT areas.area, max(changes.vesting_date) AS vesting_date
    FROM areas
    INNER JOIN authority_changes AS changes ON list_contains(areas.members, changes.successor_la_code)
    GROUP BY areas.area
)

SELECT
    of_the_year.area,
    of_the_year.measure,
    of_the_year.time_period,
    of_the_year.la_code,
    of_the_year.la_name,
    of_the_year.value,
    of_the_year.value_status,
    of_the_year.release,
    CASE WHEN of_the_year.valid_to IS NULL THEN 'successor' ELSE 'predecessor' END AS place_in_change,
    vesting.vesting_date,
    CASE
        WHEN of_the_year.may_be_summed
            AND count(of_the_year.value) OVER year_of_area = count(*) OVER year_of_area
            THEN sum(of_the_year.value) OVER year_of_area
    END AS area_sum,
    CASE
        WHEN NOT of_the_year.may_be_summed THEN 'not summed: a rate, a share, a mean or a score'
        WHEN count(of_the_year.value) OVER year_of_area < count(*) OVER year_of_area
            THEN 'not summed: an authority of the area has no number that year'
        ELSE 'sum of the ' || count(*) OVER year_of_area || ' authorities of the year'
    END AS sum_note
FROM of_the_year
INNER JOIN vesting USING (area)
WINDOW year_of_area AS (PARTITION BY of_the_year.area, of_the_year.measure, of_the_year.time_period);
