"""Officers and postings: plain rows to checked rows. Pure: no Django."""
