-- Byar's approximation of the exact Poisson 95% limits of a count (APHO technical briefing 3).
CREATE OR REPLACE MACRO byar_lower(observed) AS
CASE
    WHEN observed > 0 THEN observed * pow(1 - 1 / (9 * observed) - 1.959964 / (3 * sqrt(observed)), 3)
    WHEN observed = 0 THEN 0
END;

CREATE OR REPLACE MACRO byar_upper(observed) AS
(observed + 1) * pow(1 - 1 / (9 * (observed + 1)) + 1.959964 / (3 * sqrt(observed + 1)), 3);
