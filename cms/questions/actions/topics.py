"""Keeping the topics of questions."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from cms.audit.actions import record
from cms.questions.errors import InvalidQuestion
from cms.questions.models import QuestionTopic
from cms.questions.permissions import can_keep_topics, require
from cms.users.models import User

_FIELDS = ("name", "days", "is_active")


@transaction.atomic
def save_topic(
    *, by: User, name: str, days: int, is_active: bool = True, topic: QuestionTopic | None = None
) -> QuestionTopic:
    """Add a topic, or change one; questions that were asked keep their day. Raises ``InvalidQuestion``."""
    require(can_keep_topics(by))
    row = topic or QuestionTopic()
    before = {field: getattr(row, field) for field in _FIELDS} if topic else {}
    row.name, row.days, row.is_active = name.strip(), days, is_active
    try:
        row.full_clean()
    except ValidationError as mistake:
        raise InvalidQuestion(" ".join(mistake.messages)) from mistake
    row.save()
    after = {field: getattr(row, field) for field in _FIELDS}
    record(by=by, action="question_topic.save", subject=row, before=before, after=after)
    return row
