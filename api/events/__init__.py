"""What happened, for programs: the audit ledger read as a feed of thin events (docs/adr, 18)."""
