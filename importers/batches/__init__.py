"""What is kept of an upload, and how it is read again: its preview, its lists, its cells, its files."""
