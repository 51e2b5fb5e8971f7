"""States of a catalog version, and what they allow."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VersionState(TextChoices):
    """The life of a version. A returned version is the agency's to mend; an approved one never changes."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    APPRAISED = "appraised", _("Appraised")
    APPROVED = "approved", _("Approved")
    SUPERSEDED = "superseded", _("Superseded")


# The agency writes in these.
AGENCY_EDITABLE = frozenset({VersionState.DRAFT, VersionState.RETURNED})
# Somebody at the province has to act.
UNDER_REVIEW = frozenset({VersionState.SUBMITTED, VersionState.APPRAISED})
# Not yet decided: at most one such version a catalog.
OPEN_STATES = AGENCY_EDITABLE | UNDER_REVIEW
# Decided for ever; the database refuses changes.
FROZEN_STATES = frozenset({VersionState.APPROVED, VersionState.SUPERSEDED})


class RemarkKind(TextChoices):
    """What an appraiser left on an item."""

    NOTE = "note", _("Note")
    CHANGE = "change", _("Change")


class DecisionState(TextChoices):
    """How far a decision on many catalogs is."""

    PREPARED = "prepared", _("Prepared")
    WAITING = "waiting", _("Being carried out")
    DONE = "done", _("Carried out")
    ABANDONED = "abandoned", _("Decision abandoned")


class Severity(TextChoices):
    """Whether a finding of the checks stops a submission."""

    BLOCKS = "blocks", _("Blocks")
    ADVISES = "advises", _("Advises")


class ColumnKind(TextChoices):
    """What stands in a column that the province added."""

    TEXT = "text", _("Text")
    NUMBER = "number", _("Number (0 or more, 4 decimals)")
    CHOICE = "choice", _("One of several choices")
    YES_NO = "yes_no", _("Yes or no")
    DATE = "date", _("Date")


class Audience(TextChoices):
    """Who sees a column that the province added. From the widest to the narrowest."""

    EVERYONE = "everyone", _("Everyone, on the public pages too")
    OFFICES = "offices", _("The agency itself and those who appraise")
    APPRAISERS = "appraisers", _("Only those who appraise")

    def is_wider_than(self, other: str) -> bool:
        """Return whether more people belong to this audience."""
        return Audience.values.index(self.value) < Audience.values.index(other)
