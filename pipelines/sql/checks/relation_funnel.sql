-- Each authority with its limits in order.
SELECT
    *,
    lower_99_8 <= lower_95
    AND lower_95 <= common_rate
    AND common_rate <= upper_95
    AND upper_95 <= upper_99_8
    AND lower_99_8_overdispersed <= lower_95_overdispersed
    AND upper_95_overdispersed <= upper_99_8_overdispersed AS limits_are_in_order,
    rowid AS row_in_table
FROM relation_funnel
ORDER BY row_in_table
