"""Makers of what tests need. Everything is made through the actions, as the platform itself makes it."""
