"""Events of the ledger as people read them. The ledger keeps codes; apps register the words for them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cms.audit import acts
from cms.audit.models import AuditEvent
from cms.audit.scope import current_scope
from cms.core.dates import format_date_vi

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class ChangedValue:
    """One value that an act changed, as text before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class EventRow:
    """One event in the list and on its own page."""

    event: AuditEvent
    did: str
    agency: str

    def names(self) -> list[str]:
        """Return the names of the values before and after, in the order in which they were written."""
        event = self.event
        return [*event.before, *(name for name in event.after if name not in event.before)]

    def differences(self, names: Iterable[str]) -> list[ChangedValue]:
        """Return the values of these names, before and after."""
        event = self.event
        return [
            ChangedValue(
                _label(event.subject_type, name),
                _shown(event.subject_type, name, event.before.get(name)),
                _shown(event.subject_type, name, event.after.get(name)),
            )
            for name in names
        ]


def present(events: Iterable[AuditEvent]) -> list[EventRow]:
    """Return the events as rows; the names of all their agencies cost one query."""
    events = list(events)
    names = current_scope().agency_names(event.agency_code for event in events)
    return [EventRow(event, _did(event), names.get(event.agency_code, event.agency_code)) for event in events]


def _did(event: AuditEvent) -> str:
    act = acts.find(event.action)
    return str(act.sentence) if act else event.action


def _label(subject_type: str, name: str) -> str:
    field = _field(subject_type, name)
    return capfirst(str(field.verbose_name if field else acts.label_of(name)))


def _shown(subject_type: str, name: str, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        return "; ".join(
            f"{_label(subject_type, key)}: {_shown(subject_type, key, part)}" for key, part in value.items()
        )
    if isinstance(value, list):
        return ", ".join(_shown(subject_type, name, part) for part in value)
    field = _field(subject_type, name)
    words = dict(field.flatchoices) if field is not None else acts.words_for(name)
    return str(words.get(value) or _as_day(str(value)))


def _as_day(text: str) -> str:
    return format_date_vi(datetime.date.fromisoformat(text)) if _ISO_DAY.fullmatch(text) else text


def _field(subject_type: str, name: str) -> Field[Any, Any] | None:
    try:
        field = apps.get_model(subject_type)._meta.get_field(name)
    except (LookupError, FieldDoesNotExist, ValueError):
        return None
    return field if isinstance(field, Field) else None
