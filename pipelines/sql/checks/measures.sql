-- Each measure beside those it is divided of.
SELECT
    measures.*,
    (measures.numerator IS NULL OR measures.numerator IN (SELECT m.measure FROM measures AS m))
    AND (measures.denominator IS NULL OR measures.denominator IN (SELECT m.measure FROM measures AS m))
        AS parts_are_measures,
    measures.rowid AS row_in_table
FROM measures
ORDER BY row_in_table
