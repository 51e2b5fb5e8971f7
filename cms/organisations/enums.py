"""Kinds and blocks of agencies."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AgencyKind(TextChoices):
    """Where in the province an agency stands (Đắk Lắk plan, scope)."""

    PROVINCE = "province", _("Province")
    DEPARTMENT = "department", _("Department")
    DIVISION = "division", _("Division")
    COMMUNE = "commune", _("Commune")
    COMMUNE_DIVISION = "commune_division", _("Commune division")


class Block(TextChoices):
    """Which part of the political system (Nghệ An plan, scope; Gia Lai plan, software)."""

    GOVERNMENT = "government", _("Government")
    PARTY = "party", _("Party")
    FRONT = "front", _("Fatherland Front")


class CodeForm(TextChoices):
    """Which of the two forms an identifier code is written in."""

    OLD = "old", _("Old form (QCVN 102:2016)")
    NEW = "new", _("New form (Decision 20/2020)")


# Kinds that keep a catalog of their own.
CATALOG_KINDS = frozenset({AgencyKind.PROVINCE, AgencyKind.DEPARTMENT, AgencyKind.COMMUNE})
