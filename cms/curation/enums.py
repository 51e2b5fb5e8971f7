"""What can be judged of two works that are alike, and how items come to be of the common list."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verdict(TextChoices):
    """What an editor says of alike works."""

    SAME = "same", _("The same work")
    RIGHTLY = "rightly", _("The same work, rightly listed differently")
    DIFFERENT = "different", _("Different works")
    COMMON = "common", _("The same as an item of the common list")


class LinkOrigin(TextChoices):
    """How an agency's item came to be an item of the common list."""

    JUDGED = "judged", _("judged to be the same work")
    PROMOTED = "promoted", _("the common item was made of it")
    TAKEN_OVER = "taken_over", _("it was taken over from the common list")


class CommonState(TextChoices):
    """Whether an item of the common list holds."""

    IN_FORCE = "in_force", _("in force")
    COMING = "coming", _("not yet in force")
    ENDED = "ended", _("no longer in the common list")
