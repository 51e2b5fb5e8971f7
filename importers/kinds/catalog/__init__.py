"""Catalogs of products and works: one agency's list, written into its draft."""
