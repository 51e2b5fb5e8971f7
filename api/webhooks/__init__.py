"""Webhooks: events of the feed sent to the addresses of programs, signed, until they arrive (docs/adr, 18)."""
