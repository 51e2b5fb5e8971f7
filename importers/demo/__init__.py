"""A fictitious province that looks real, made through the actions and the importer as a real one would be."""
