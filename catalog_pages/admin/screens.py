"""What the screens of the workbench share: who may open them, and how they find the version they are about."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.catalogs.models import Catalog, CatalogVersion, ExtraColumn
from cms.catalogs.wording import ItemWords
from cms.core.screens import Screen
from cms.organisations.access import access_for
from cms.users.enums import CONTENT_ROLES


def works_on_catalogs(user: Any) -> bool:
    """Return whether the person works on catalogs at all."""
    return access_for(user).holds(*CONTENT_ROLES)


def address(name: str, *args: Any) -> str:
    """Return the address of a screen, or nothing when the room that has it is not installed."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


class CatalogScreen(Screen):
    """A screen of the workbench."""

    header_icon = "list-ul"
    opens_to = staticmethod(works_on_catalogs)
    above: tuple[str, Any] | None = ("catalogs:overview", _("Catalogs"))


class CatalogObjectScreen(CatalogScreen):
    """A screen about one catalog, which is not there for those who do not work on it."""

    @cached_property
    def catalog(self) -> Catalog:
        """Return the catalog of the address, if this person works on it."""
        catalogs = Catalog.objects.worked_on_by(self.person).select_related("agency", "page")
        return get_object_or_404(catalogs, pk=self.kwargs["catalog_pk"])

    @cached_property
    def words(self) -> ItemWords:
        """Return the words for items, with the added columns that this person sees."""
        return ItemWords(ExtraColumn.objects.seen_by(self.person, self.catalog.agency))

    def refused_url(self) -> str:
        return reverse("catalogs:catalog", args=[self.catalog.pk])


class VersionScreen(CatalogScreen):
    """A screen about one version, which is not there for those who do not work on it."""

    @cached_property
    def version(self) -> CatalogVersion:
        """Return the version of the address, if this person works on it."""
        versions = (
            CatalogVersion.objects.worked_on_by(self.person)
            .marking_further()
            .select_related("catalog__agency", "round", "created_by", "submitted_by", "appraised_by", "decided_by")
        )
        return get_object_or_404(versions, pk=self.kwargs["pk"])

    @cached_property
    def words(self) -> ItemWords:
        """Return the words for items, with the added columns that this person sees."""
        return ItemWords(ExtraColumn.objects.seen_by(self.person, self.version.catalog.agency))

    @property
    def version_url(self) -> str:
        """Return the address of the version's workbench."""
        return reverse("catalogs:version", args=[self.version.pk])

    def trail(self) -> list[dict[str, Any]]:
        catalog = self.version.catalog
        return [
            {"url": reverse("catalogs:catalog", args=[catalog.pk]), "label": str(catalog.agency)},
            {"url": self.version_url, "label": version_label(self.version)},
        ]

    @property
    def subject(self) -> str:
        return str(self.version)

    def get_page_subtitle(self) -> str:
        return self.subject

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(version=self.version, agency=self.version.catalog.agency, **kwargs)

    def refused_url(self) -> str:
        return self.version_url


def version_label(version: CatalogVersion) -> str:
    """Name a version without its agency."""
    return str(_("Version %(number)s") % {"number": version.number})
