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
    MASS = "mass", _("Mass organisations")


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
    AS_MANAGER = "as_manager", _("Present postings, as direct manager")
    IDENTITY_NUMBER = "identity_number", _("Personal identity number")
    WORK = "work", _("Work")
    RESULT = "result", _("Evaluation and result")


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


class DelegationKind(TextChoices):
    """Why for a time somebody else manages, or decides, than postings alone would say."""

    DELEGATION = "delegation", _("Delegation")
    ACTING = "acting", _("Acting for a vacant post of head")
    SECONDMENT = "secondment", _("Secondment")
    NAMED = "named", _("Named manager")


class Hole(TextChoices):
    """Why nobody can be named as manager or authority; who stands at the top has nobody above, which is no mistake."""

    NO_POSTING = "no_posting", _("No main posting")
    NO_HEAD = "no_head", _("No head")
    TWO_HEADS = "two_heads", _("Several heads")
    TWO_DEPUTIES = "two_deputies", _("Several deputies in charge")
    OTHER_BLOCK = "other_block", _("The agency above is of another block")
    CYCLE = "cycle", _("Managers in a circle")
    TOP = "top", _("Stands at the top")
    NO_TABLE = "no_table", _("No authority table is in force")
    NO_ROW = "no_row", _("The authority table says nothing")
    NO_AGENCY = "no_agency", _("No department or commune above")
    ONESELF = "oneself", _("Would be their own authority")
    NOT_ASKED = "not_asked", _("Not asked for")


# Where nobody is named and nobody is missing.
NO_GAPS = frozenset({Hole.TOP, Hole.NOT_ASKED})


class AuthoritySubject(TextChoices):
    """Whom a row of an authority table is about: officers by rank, or the organisation itself."""

    HEAD = "head", _("Head")
    DEPUTY = "deputy", _("Deputy head")
    STAFF = "staff", _("Holds no office")
    ORGANISATION = "organisation", _("The organisation itself")


class AuthorityAct(TextChoices):
    """What somebody has authority for (Gia Lai plan, IV.1 and IV.4)."""

    EVALUATE = "evaluate", _("Monitors and evaluates")
    CLASSIFY = "classify", _("Classifies")
    OPINION = "opinion", _("Is asked for an opinion")
    TAKE_PART = "take_part", _("Takes part")


class AuthorityPost(TextChoices):
    """Who has it, seen from the subject: a post, never a person."""

    HEAD_OF_UNIT = "head_of_unit", _("Head of the own unit")
    HEAD_OF_AGENCY = "head_of_agency", _("Head of the department or commune")
    HEAD_ABOVE = "head_above", _("Head of the agency above")
    PROVINCIAL_CHAIR = "provincial_chair", _("Provincial Chairman")
    DIRECT_MANAGER = "direct_manager", _("Direct manager")


# Posts that nobody of the organisation itself can hold: of its direct manager, that of its head is meant.
POSTS_FOR_ORGANISATIONS = (
    AuthorityPost.HEAD_OF_AGENCY, AuthorityPost.HEAD_ABOVE, AuthorityPost.PROVINCIAL_CHAIR,
    AuthorityPost.DIRECT_MANAGER,
)  # fmt: skip
# Acts that every officer, and every organisation, needs somebody for.
NEEDED_ACTS = {
    True: (AuthorityAct.EVALUATE, AuthorityAct.CLASSIFY),
    False: (AuthorityAct.CLASSIFY,),
}
