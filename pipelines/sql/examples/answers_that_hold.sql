-- Which measures go with the grade, and which still do after correction for asking many at once?
SELECT
    many.answer_id,
    answers.n,
    round(many.value, 2) AS spearman,
    round(answers.lower_95, 2) AS lower_95,
    round(answers.upper_95, 2) AS upper_95,
    ceil(1000 * many.p_holm) / 1000 AS p_holm_at_most,
    many.p_holm < 0.05 AS holds
FROM relation_many AS many
INNER JOIN relation_answers AS answers USING (answer_id, estimate)
ORDER BY abs(many.value) DESC
