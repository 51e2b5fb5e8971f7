"""Whom answers are about, and where a survey stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SurveyAbout(TextChoices):
    """Which agency an answer is about."""

    OWN = "own", _("the agency for which the link was made")
    CHOSEN = "chosen", _("another agency, which is chosen among those that have links")


class SurveyState(TextChoices):
    """Where a survey stands today."""

    DRAFT = "draft", _("draft")
    COMING = "coming", _("not open yet")
    OPEN = "open", _("open")
    OVER = "over", _("closed")
