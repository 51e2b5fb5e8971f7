"""What the public pages answer; see catalog_pages.models for the pages themselves."""


class CatalogIndexRoutes:
    """Addresses below the index."""


class AgencyCatalogRoutes:
    """Addresses below an agency's page."""
