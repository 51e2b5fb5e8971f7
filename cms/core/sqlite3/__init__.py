"""Django's backend for SQLite, with a line for those who write (ADR 31)."""
