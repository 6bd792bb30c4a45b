CREATE OR REPLACE MACRO grade_rank(grade) AS
CASE grade::VARCHAR
    WHEN 'inadequate' THEN 1
    WHEN 'requires_improvement' THEN 2
    WHEN 'adequate' THEN 2
    WHEN 'good' THEN 3
    WHEN 'outstanding' THEN 4
END;

COMMENT ON MACRO grade_rank IS
'Place of a grade on its own four-point scale, 1 (inadequate) to 4 (outstanding); nothing for not_judged. adequate and requires_improvement stand at the same place of different scales: compare within one scale only.';
