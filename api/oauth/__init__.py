"""OAuth2 client credentials (RFC 6749, 4.4), where a province switches it on: docs/adr/0021."""
