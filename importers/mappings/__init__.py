"""Column mappings: an agency's own headings, matched once by a person and then read like ours."""
