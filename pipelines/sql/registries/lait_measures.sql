-- The measures of DfE's interactive tool that are not among ours, as its dictionary describes them.
INSERT INTO measures BY NAME
WITH dictionary AS (
    -- A short name that the dictionary explains under two topics is explained once, by the first.
    SELECT *
    FROM read_csv(getvariable('raw') || '/lait_dictionary/2026-04/lait_data_dictionary.csv', all_varchar = true)
    QUALIFY row_number() OVER (PARTITION BY short_name ORDER BY "row"::INTEGER) = 1
)

SELECT
    names.measure,
    dictionary.title,
    'lait' AS role,
    dictionary.topic,
    CASE
        WHEN dictionary.unit LIKE '\% gap' ESCAPE '\' THEN 'score'
        WHEN dictionary.unit LIKE '\%%' ESCAPE '\' THEN 'percentage'
        WHEN dictionary.unit LIKE 'Rate%' THEN 'rate'
        WHEN dictionary.unit LIKE 'Number%' OR dictionary.unit = 'Spend' THEN 'amount'
        WHEN dictionary.unit = 'Unit Cost' THEN 'money'
        ELSE 'score'
    END AS kind,
    dictionary.unit,
    CASE dictionary.polarity WHEN 'High' THEN 'high' WHEN 'Low' THEN 'low' ELSE 'none' END AS polarity,
    -- The tool shows one decimal where its dictionary says none.
    coalesce(try_cast(dictionary.decimals AS INTEGER), 1) AS decimals,
    dictionary.description AS definition,
    CASE dictionary.year_type WHEN 'Annual (end of Sept)' THEN '30 September' ELSE lower(dictionary.year_type) END AS as_at,
    false AS is_derived,
    false AS has_limits
FROM read_csv(getvariable('package') || '/sources/lait_measures.csv', all_varchar = true, header = true) AS names
INNER JOIN dictionary USING (short_name)
WHERE names.measure LIKE 'lait\_%' ESCAPE '\'
ORDER BY names.measure
