"""Officers and their postings: the list of one agency and all that is below it."""
