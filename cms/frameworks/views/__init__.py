"""Screens of the room of frameworks."""
