"""Registers the screens over rounds and extra columns, and who may do what with rounds."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from cms.catalogs.models import CatalogRound
from cms.catalogs.policy import RoundPolicy
from cms.catalogs.viewsets import ColumnViewSet, RoundViewSet, column_viewset, round_viewset

register_permission_policy(CatalogRound, RoundPolicy(CatalogRound))


@hooks.register("register_admin_viewset")
def register_round_viewset() -> RoundViewSet:
    """Add the rounds' screens to the admin."""
    return round_viewset


@hooks.register("register_admin_viewset")
def register_column_viewset() -> ColumnViewSet:
    """Add the screens over extra columns to the admin."""
    return column_viewset
