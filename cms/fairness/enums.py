"""States of a comparison, and what is found in one."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    """How far a comparison is."""

    COUNTING = "counting", _("being counted")
    READY = "ready", _("ready")
    FAILED = "failed", _("broke off")


class FindingKind(models.TextChoices):
    """What stands out; the first four name an item, the last a whole list."""

    WEIGHT = "weight", _("the same work weighed differently")
    GROUP = "group", _("another complexity group for the same work")
    HOURS = "hours", _("coefficient out of line with the standard hours")
    COEFFICIENT = "coefficient", _("coefficient unusual in its complexity group")
    LIST = "list", _("heavier list")
