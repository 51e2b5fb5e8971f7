"""Registers the screens over rounds and extra columns."""

from wagtail import hooks

from cms.catalogs.viewsets import ColumnViewSet, RoundViewSet, column_viewset, round_viewset


@hooks.register("register_admin_viewset")
def register_round_viewset() -> RoundViewSet:
    """Add the rounds' screens to the admin."""
    return round_viewset


@hooks.register("register_admin_viewset")
def register_column_viewset() -> ColumnViewSet:
    """Add the screens over extra columns to the admin."""
    return column_viewset
