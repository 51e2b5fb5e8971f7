"""The life of an upload, and the classes of its rows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BatchState(TextChoices):
    """Where an upload stands."""

    CHECKING = "checking", _("Being checked")
    REFUSED = "refused", _("Refused")
    PREVIEWED = "previewed", _("Waiting for confirmation")
    COMMITTED = "committed", _("Written")
    STALE = "stale", _("Out of date")
    ABANDONED = "abandoned", _("Abandoned")
    UNDONE = "undone", _("Taken back")


class Verdict(TextChoices):
    """What the check says of the file as a whole."""

    ACCEPT = "accept", _("Accepted")
    ACCEPT_WITH_WARNING = "accept_with_warning", _("Accepted with warnings")
    REJECT = "reject", _("Refused")


class RowClass(TextChoices):
    """What a row would do to the current list."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("Same")
    MISSING = "missing", _("Not in the file")


class MissingItems(TextChoices):
    """What a commit does with items of the current version that the file does not have."""

    REMOVE = "remove", _("Remove them from the version")
    KEEP = "keep", _("Keep them")
