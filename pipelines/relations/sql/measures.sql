-- The measures a question may be about: ours and those of DfE's tool, not the parts they are made of.
SELECT measure, title, unit, decimals, polarity, as_at
FROM measures
WHERE role <> 'component'
ORDER BY measure
