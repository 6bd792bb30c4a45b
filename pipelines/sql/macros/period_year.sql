-- The year a printed period is filed under: the last year it names (2024-25 and 2022/23-24/25 are 2025), without the
-- publisher's remark in brackets; nothing for a text that names no year.
CREATE OR REPLACE MACRO period_year(period) AS
CASE
    WHEN regexp_full_match(trim(regexp_replace(period, '\(.*\)', '')), '(19|20)[0-9]{2}')
        THEN trim(regexp_replace(period, '\(.*\)', ''))::INTEGER
    WHEN regexp_full_match(trim(regexp_replace(period, '\(.*\)', '')), '20[0-9]{2}.*[-/][0-9]{2}')
        THEN 2000 + right(trim(regexp_replace(period, '\(.*\)', '')), 2)::INTEGER
END;
