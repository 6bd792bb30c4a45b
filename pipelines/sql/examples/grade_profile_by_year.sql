-- What share of councils held each grade on 31 March of each year since 2014?
SELECT as_at, standing, authorities, round(share_percent, 1) AS share_percent, authorities_graded
FROM grade_profile('overall', '2014-03-31', '2025-03-31', step := INTERVAL 1 YEAR)
WHERE standing IN ('outstanding', 'good', 'requires_improvement', 'inadequate')
ORDER BY as_at, place
