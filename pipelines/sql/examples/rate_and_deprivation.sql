-- How do looked-after rates in 2025 go with deprivation (IMD 2019 average score), council by council?
SELECT rates.la_name, deprivation.imd_2019_average_score, rates.looked_after_rate, rates.grade
FROM council_year AS rates
INNER JOIN figures_wide AS deprivation ON rates.la_code = deprivation.la_code AND deprivation.time_period = 2019
WHERE rates.time_period = 2025 AND deprivation.imd_2019_average_score IS NOT NULL
ORDER BY deprivation.imd_2019_average_score DESC, rates.la_name
