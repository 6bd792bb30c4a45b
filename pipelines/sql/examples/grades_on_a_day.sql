-- Which overall grades were held on 31 March 2019, by reports published by the end of May 2019?
SELECT la_code, la_name, grade, framework, inspection_start, published
FROM as_at('2019-03-31', published_by := '2019-05-31')
WHERE area = 'overall'
ORDER BY grade DESC, la_name
