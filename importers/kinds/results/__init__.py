"""Results of work: which officer did how much of which item, by when, and how well."""
