"""Who is answered what: every address of the platform, for every role and relation (see README.md here)."""
