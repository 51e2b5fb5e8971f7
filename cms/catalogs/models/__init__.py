"""Catalogs of products and works: versions with a life, items as plain rows (Decree 335/2025, article 26.1)."""

from cms.catalogs.models.columns import ExtraColumn, ExtraColumnQuerySet
from cms.catalogs.models.decisions import CatalogDecision, DecisionPart
from cms.catalogs.models.desk import BoardFilter, ItemSeen, VersionAssignment
from cms.catalogs.models.items import (
    CONTENT_FIELDS,
    SEARCHED,
    CatalogItem,
    CatalogItemQuerySet,
    ItemRemark,
    search_keys,
)
from cms.catalogs.models.opinions import OPINION_ROLES, OpinionQuerySet, OpinionStep, VersionOpinion
from cms.catalogs.models.rounds import DEFAULT_FRAMES, MAX_GROUPS, CatalogRound, default_frames
from cms.catalogs.models.versions import Catalog, CatalogQuerySet, CatalogVersion, CatalogVersionQuerySet

__all__ = [
    "CONTENT_FIELDS",
    "DEFAULT_FRAMES",
    "MAX_GROUPS",
    "OPINION_ROLES",
    "SEARCHED",
    "BoardFilter",
    "Catalog",
    "CatalogDecision",
    "CatalogItem",
    "CatalogItemQuerySet",
    "CatalogQuerySet",
    "CatalogRound",
    "CatalogVersion",
    "CatalogVersionQuerySet",
    "DecisionPart",
    "ExtraColumn",
    "ExtraColumnQuerySet",
    "ItemRemark",
    "ItemSeen",
    "OpinionQuerySet",
    "OpinionStep",
    "VersionAssignment",
    "VersionOpinion",
    "default_frames",
    "search_keys",
]
