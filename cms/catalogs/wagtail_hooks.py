"""Registers the screens over rounds."""

from wagtail import hooks

from cms.catalogs.viewsets import RoundViewSet, round_viewset


@hooks.register("register_admin_viewset")
def register_round_viewset() -> RoundViewSet:
    """Add the rounds' screens to the admin."""
    return round_viewset
