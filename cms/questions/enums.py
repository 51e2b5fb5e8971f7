"""How far a question has come, and what stands in its thread."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class QuestionState(TextChoices):
    """The life of a question."""

    ASKED = "asked", _("Waits for an answer")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class EntryKind(TextChoices):
    """Whose words an entry of a thread holds."""

    QUESTION = "question", _("Question")
    ANSWER = "answer", _("Answer")
