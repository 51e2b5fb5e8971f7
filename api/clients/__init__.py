"""API clients: programs of agencies that ask with a token, and the screens on which they are kept."""
