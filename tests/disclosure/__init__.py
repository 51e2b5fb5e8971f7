"""Trying to find people out in what is published of their results: by every small world there is."""
