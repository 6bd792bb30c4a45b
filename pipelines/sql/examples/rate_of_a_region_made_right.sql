-- What is each region's rate of child protection plans in 2025, from its authorities' counts (not a mean of rates)?
SELECT
    authorities.region,
    sum(figures.numerator) AS child_protection_plans,
    sum(figures.denominator) AS children,
    round(10000 * sum(figures.numerator) / sum(figures.denominator), 1) AS rate_per_10000,
    count(*) AS authorities
FROM area_statistics AS figures
INNER JOIN authorities USING (la_code)
WHERE
    figures.measure = 'child_protection_plans_rate'
    AND figures.geographic_level = 'Local authority'
    AND figures.time_period = 2025
    AND figures.is_current
    AND figures.numerator IS NOT NULL
    AND figures.denominator IS NOT NULL
GROUP BY authorities.region
ORDER BY rate_per_10000 DESC
