"""Reading inspection reports: a document in, one record out, each value with its page and its words."""
