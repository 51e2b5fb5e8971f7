"""Changing what messages of a kind say."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.errors import NotAllowed
from cms.core.mail import in_the_platforms_language
from cms.notices.kinds import Kind
from cms.notices.models import Wording
from cms.notices.permissions import can_word
from cms.notices.wording import check_texts, texts_of, with_names
from cms.users.models import User


@transaction.atomic
def write_texts(*, by: User, kind: Kind, subject: str, text: str) -> None:
    """Have messages of the kind say this from now on; fields stand by word or name.

    Raises InvalidText for what does not fit the kind.
    """
    _require(by)
    subject, text = (with_names(kind, part.replace("\r\n", "\n").strip()) for part in (subject, text))
    check_texts(kind, subject, text)
    with in_the_platforms_language():
        before = texts_of(kind)
    values = {"subject": subject, "text": text, "changed_by": by, "changed_at": timezone.now()}
    Wording.objects.update_or_create(kind=kind.key, defaults=values)
    record(
        by=by, action="message.write_text", subject=by, label=str(kind.label),
        before={"subject": before.subject, "text": before.text}, after={"subject": subject, "text": text},
    )  # fmt: skip


@transaction.atomic
def reset_texts(*, by: User, kind: Kind) -> None:
    """Go back to the shipped subject and text; where they are in use already nothing happens."""
    _require(by)
    deleted, _by_model = Wording.objects.filter(kind=kind.key).delete()
    if deleted:
        record(by=by, action="message.reset_text", subject=by, label=str(kind.label))


def _require(by: User) -> None:
    if not can_word(by):
        raise NotAllowed(_("Only who approves appraisals, or the editor of the whole portal, may do this."))
