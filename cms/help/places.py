"""Which section of which guide helps on which screen."""

from __future__ import annotations

from typing import Any

from django.urls import Resolver404, resolve, reverse

from cms.help.guides import read_guide
from cms.organisations.access import access_for
from cms.users.enums import APPRAISING_ROLES, Role

AGENCY, BUREAU, OFFICER, MANAGER = (
    "huong-dan-co-quan", "huong-dan-so-noi-vu", "huong-dan-cong-chuc", "huong-dan-quan-ly",
)  # fmt: skip
FRAMEWORKS = "huong-dan-khung-tieu-chi"
# Sections by the beginnings of routes' names, of which the longest holds: in the guide of agencies, and in that of the
# bureau. Where one is left out, the other is shown.
PLACES: dict[str, tuple[str, str]] = {
    "wagtailadmin_home": ("2", "2"),
    "catalogs:": ("7", "3"),
    "catalogs:overview": ("2", "2"),
    "catalogs:board": ("", "3.2"),
    "catalogs:read": ("", "3.1"),
    "catalogs:decision": ("", "9.4"),
    "catalogs:decide": ("", "9"),
    "catalogs:return": ("9", "6"),
    "catalogs:note": ("9", "4"),
    "catalogs:submit": ("8", "3"),
    "catalogs:column": ("", "8.1"),
    "importers:": ("4", "7"),
    "importers:batch": ("5", "7"),
    "importers:correct": ("6", "7"),
    "importers:columns": ("6", "7"),
    "importers:template": ("3", "7"),
    "curation:": ("", "14"),
    "fairness:": ("", "6.1"),
    "rounds:": ("", "8"),
    "columns:": ("", "8.1"),
    "transparency:": ("", "8.2"),
    "assignments:": ("13", "13"),
    "evaluations:": ("14", "13"),
    "evaluations:board": ("14", "9.3"),
    "evaluations:organisation": ("", "12"),
    "organisations:officer": ("11", "10.2"),
    "organisations:invitation": ("11", "10.2"),
    "organisations:position": ("", "8.4"),
    "organisations:delegation": ("12", "10.3"),
    "organisations:authority": ("12", "10.3"),
    "organisations:gap": ("12", "10.3"),
    "organisations:agency": ("", "10.1"),
    "organisations:account": ("", "10.2"),
    "organisations:membership": ("", "10.3"),
    "audit:": ("", "10.5"),
    "wagtailadmin_pages:": ("", "11"),
    "wagtailimages:": ("", "11"),
    "wagtaildocs:": ("", "11"),
    "wagtailsettings:": ("", "11"),
    "frameworks:issu": ("", "9.1"),
    "frameworks:officers_without": ("", "9.2"),
}
# Guides of their own.
OTHERS: dict[str, tuple[str, str]] = {
    "personal:": (OFFICER, ""),
    "personal:team": (MANAGER, ""),
    "frameworks:": (FRAMEWORKS, ""),
    "frameworks:trial": (FRAMEWORKS, "3"),
    "frameworks:review": (FRAMEWORKS, "4"),
    "frameworks:calculator": (FRAMEWORKS, "5"),
    "wagtailsnippets_frameworks_criteriaframework:": (FRAMEWORKS, "2"),
    "webhooks:": ("ket-noi-he-thong", ""),
    "api_clients:": ("ket-noi-he-thong", "1"),
    "assignments:system": ("ket-noi-he-thong", "3"),
}


def help_address(user: Any, path: str) -> str:
    """Return the address of what helps this person on the screen at ``path``: a section, a guide, or their list."""
    try:
        route = resolve(path).view_name
    except Resolver404:
        return reverse("help:guides")
    own, shared = _longest(OTHERS, route), _longest(PLACES, route)
    if own and len(own) > len(shared or ""):
        return section_address(*OTHERS[own])
    if not shared:
        return reverse("help:guides")
    agency, bureau = PLACES[shared]
    is_bureau = access_for(user).has(*APPRAISING_ROLES, Role.PROVINCIAL_APPROVER, Role.TECHNICAL_ADMIN)
    return section_address(BUREAU, bureau) if is_bureau or not agency else section_address(AGENCY, agency)


def section_address(name: str, number: str = "") -> str:
    """Return the address of a section by its number, or of the whole guide."""
    guide = read_guide(name)
    return f"{guide.address}#{guide.section(number).anchor}" if number else guide.address


def _longest(places: dict[str, Any], route: str) -> str | None:
    return max((start for start in places if route.startswith(start)), key=len, default=None)
