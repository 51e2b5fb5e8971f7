"""Trying a draft on a past period's inputs before anybody is judged by it."""
