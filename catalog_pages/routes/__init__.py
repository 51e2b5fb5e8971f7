"""What the public pages answer; see catalog_pages.models for the pages themselves."""

from catalog_pages.routes.agency import AgencyCatalogRoutes
from catalog_pages.routes.frameworks import FrameworkRoutes
from catalog_pages.routes.index import CatalogIndexRoutes

__all__ = ["AgencyCatalogRoutes", "CatalogIndexRoutes", "FrameworkRoutes"]
