"""Processes killed in the middle of their work; run by ``make chaos`` alone."""
