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


class PositionKind(TextChoices):
    """The parts of the catalogue of positions (Decree 361/2025)."""

    LEADERSHIP = "leadership", _("Leadership and management")
    PROFESSIONAL = "professional", _("Professional")
    SUPPORT = "support", _("Support and service")
    COUNCIL = "council", _("Provincial council")
    COMMUNE = "commune", _("Commune level")


class StaffCategory(TextChoices):
    """By which law an officer serves: rules of evaluation differ by it (Nghệ An plan, scope)."""

    CIVIL_SERVANT = "civil_servant", _("Civil servant")
    CADRE = "cadre", _("Cadre")
    PUBLIC_EMPLOYEE = "public_employee", _("Public employee")
    CONTRACT = "contract", _("Contract worker")


class PostingRole(TextChoices):
    """Whether an officer leads: heads and deputies also answer for others (Decree 335/2025, article 15)."""

    STAFF = "staff", _("Holds no office")
    HEAD = "head", _("Head")
    DEPUTY = "deputy", _("Deputy head")


# Roles whose holders answer for other officers.
LEADING_ROLES = frozenset({PostingRole.HEAD, PostingRole.DEPUTY})


class OfficerData(TextChoices):
    """What is read about an officer, as its reading is told to them."""

    STAFF_RECORD = "staff_record", _("Staff record and postings")
    IDENTITY_NUMBER = "identity_number", _("Personal identity number")
    WORK = "work", _("Work")


class InvitationState(TextChoices):
    """Where a set-up link stands."""

    WAITING = "waiting", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")
    USED = "used", _("Used")
    EXPIRED = "expired", _("Expired")


class InvitationFailure(TextChoices):
    """Why a set-up link could not be sent."""

    UNREACHABLE = "unreachable", _("The mail server could not be reached.")
    REFUSED = "refused", _("The mail server refused the address.")
    HAS_ACCOUNT = "has_account", _("The officer has been given another account meanwhile.")
    EMAIL_TAKEN = "email_taken", _("Another account has been given this e-mail address meanwhile.")
    CLOSED = "closed", _("The account has been closed meanwhile.")
