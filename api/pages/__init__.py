"""What the pages say, as JSON: published pages, and pictures and documents of open collections. Read-only."""
