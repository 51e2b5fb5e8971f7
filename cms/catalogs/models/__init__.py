"""Catalogs of products and works: versions with a life, items as plain rows (Decree 335/2025, article 26.1)."""

from cms.catalogs.models.columns import ExtraColumn
from cms.catalogs.models.items import CONTENT_FIELDS, SEARCHED, CatalogItem, ItemRemark, search_keys
from cms.catalogs.models.rounds import DEFAULT_FRAMES, MAX_GROUPS, CatalogRound, default_frames
from cms.catalogs.models.versions import Catalog, CatalogVersion

__all__ = [
    "CONTENT_FIELDS",
    "DEFAULT_FRAMES",
    "MAX_GROUPS",
    "SEARCHED",
    "Catalog",
    "CatalogItem",
    "CatalogRound",
    "CatalogVersion",
    "ExtraColumn",
    "ItemRemark",
    "default_frames",
    "search_keys",
]
