"""What can be judged of two works that are alike."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verdict(TextChoices):
    """What an editor says of alike works."""

    SAME = "same", _("The same work")
    RIGHTLY = "rightly", _("The same work, rightly listed differently")
    DIFFERENT = "different", _("Different works")
    COMMON = "common", _("The same as an item of the common list")
