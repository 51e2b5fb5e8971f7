"""Uploads over the API: sent, polled, looked through, mended, committed, taken back. All acts are importers.actions."""
