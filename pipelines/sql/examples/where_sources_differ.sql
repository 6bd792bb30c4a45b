-- Where do Ofsted's lists, or a list and a report, print the same inspection differently?
SELECT la_name, what, shown_value, other_value, other_file_id, chosen_because
FROM witness_differences
ORDER BY what, la_name, inspection_id, other_file_id, other_row, other_value
