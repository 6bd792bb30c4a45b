-- Of the councils at each grade on 31 March 2018, where were they on 31 March 2025?
SELECT standing_from, standing_to, authorities, authorities_from, round(share_percent, 1) AS share_percent
FROM transition_matrix('2018-03-31', '2025-03-31')
ORDER BY ALL
