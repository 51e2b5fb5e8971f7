"""A kind of upload made for tests: position groups. This folder and a line in the registry are all of it."""
