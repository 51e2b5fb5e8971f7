"""Figures from outside: surveys, marks of coordination, indices, each of an indicator, a subject and a day."""
