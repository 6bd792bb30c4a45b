"""How judgements relate: to each other, to an area's figures, over time. Rows in, answers out.

`relate.relate` is the door for notebooks and the command line; each module beside it asks one kind of question.
"""
