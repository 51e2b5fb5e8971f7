"""What every step of a question shares: its row locked, its entry with files, its act in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

from django.core.files.base import File
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.checked_files import check_file, stored_with_row
from cms.core.errors import WrongState, require_words
from cms.core.stored_files import stored_name
from cms.questions.enums import EntryKind, QuestionState
from cms.questions.errors import InvalidQuestion
from cms.questions.models import Question, QuestionEntry, QuestionFile
from cms.questions.models.threads import LONGEST_TEXT, MOST_FILES
from cms.users.models import User

Files = Sequence[File[bytes]]


def checked_files(files: Files) -> list[tuple[QuestionFile, File[bytes]]]:
    """Return rows for files that may be taken, each with its file; raises ``InvalidQuestion`` for any other."""
    if len(files) > MOST_FILES:
        raise InvalidQuestion(_("At most %(count)d files at once.") % {"count": MOST_FILES})
    checked = []
    for file in files:
        row = QuestionFile(name=stored_name(file.name or "") or _("File"))
        check_file(row, file, InvalidQuestion)
        checked.append((row, file))
    return checked


def store_with(stack: ExitStack, checked: Sequence[tuple[QuestionFile, File[bytes]]]) -> None:
    """Keep what is written until the stack is left together with these files, or neither."""
    for row, _file in checked:
        stack.enter_context(stored_with_row(row))


def write_entry(
    by: User, question: Question, kind: EntryKind, text: str, checked: Sequence[tuple[QuestionFile, File[bytes]]]
) -> QuestionEntry:
    """Add an entry with its files to the thread."""
    words = checked_text(text)
    entry = QuestionEntry.objects.create(question=question, kind=kind, text=words, by=by)
    for row, file in checked:
        row.entry = entry
        # The name in the storage is ours: nothing of what the person typed reaches the file system.
        row.file.save(uuid4().hex, file, save=False)
        row.save(force_insert=True)
    return entry


def checked_text(text: str) -> str:
    """Return the words of an entry; raises ``InvalidQuestion`` where there are none or too many."""
    words = require_words(text, InvalidQuestion(_("Write what is asked or answered.")))
    if len(words) > LONGEST_TEXT:
        raise InvalidQuestion(_("At most %(count)d characters.") % {"count": LONGEST_TEXT})
    return words


def locked(question: Question, *states: QuestionState) -> Question:
    """Return the question as it is now, locked; raises ``WrongState`` where it is in none of the states."""
    row = Question.objects.select_for_update(of=("self",)).select_related("agency", "topic").get(pk=question.pk)
    if row.state not in states:
        raise WrongState(_("The question is in another state by now: %(state)s.") % {"state": row.get_state_display()})
    return row


def move_question(by: User, action: str, question: Question, **changes: Any) -> Question:
    """Change the question and record the act; of its words the ledger holds none."""
    before = {name: _plain(getattr(question, name)) for name in changes}
    for name, value in changes.items():
        setattr(question, name, value)
    question.save(update_fields=list(changes))
    after = {name: _plain(value) for name, value in changes.items()}
    record_question(by, action, question, before, after)
    return question


def record_question(
    by: User | None, action: str, question: Question,
    before: dict[str, Any] | None = None, after: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Record an act about a question under its number alone."""
    record(
        by=by, action=action, subject=question, label=_("No. %(number)d") % {"number": question.pk},
        agency_code=question.agency.code, before=before, after=after,
    )  # fmt: skip


def _plain(value: Any) -> Any:
    return value.full_name if isinstance(value, User) else value
