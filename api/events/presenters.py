"""Events as programs read them: thin. What happened, when, and where to read what it is now; no names, no free text."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from api.events.kinds import BY_ACTION, Subject
from api.v1.links import Links
from cms.audit.models import AuditEvent
from cms.catalogs.models import CatalogVersion
from cms.frameworks.models import CriteriaFramework

_DISCARD = "catalog_version.discard"
# Events of these hold a part of what was after the act.
_WITH_CONTENT = frozenset({Subject.FRAMEWORK, Subject.RELEASE, Subject.IMPORT})


@dataclass(frozen=True)
class FeedEvent:
    """One event: its number in the ledger, its type, when it happened, and its data without the address."""

    sequence: int
    type: str
    at: datetime.datetime
    subject: Subject
    data: dict[str, Any]
    # Of an upload and a version its key; nothing once there is no address any more.
    key: str = ""

    def as_json(self, links: Links) -> dict[str, Any]:
        """Return the event as the feed and the webhooks send it."""
        return {
            "id": f"evt_{self.sequence}", "type": self.type, "timestamp": self.at,
            "data": self.data | {"url": self._url(links)},
        }  # fmt: skip

    def _url(self, links: Links) -> str | None:
        data = self.data
        if self.subject is Subject.AGENCY:
            return links.agency(data["agency"])
        if self.subject is Subject.IMPORT:
            return links.import_(self.key)
        if self.subject is Subject.RELEASE:
            return links.release(data["release"])
        if self.subject is Subject.FRAMEWORK:
            return links.framework_version(data["framework"], data["version"])
        return links.version(data["agency"], data["version"]) if self.key else None


def present(events: Sequence[AuditEvent]) -> list[FeedEvent]:
    """Return events of the ledger as programs read them; what they are about costs one query a kind of thing."""
    _load_content(events)
    by_subject = _by_subject(events)
    looked_up = {
        subject: look_up(by_subject[subject]) for subject, look_up in _LOOK_UPS.items() if subject in by_subject
    }
    return [_present(event, looked_up) for event in events]


def _load_content(events: Iterable[AuditEvent]) -> None:
    """Load what was after the acts of which events hold a part. Acts on lists hold content of people: not loaded."""
    of_subjects = (event for event in events if BY_ACTION[event.action].subject in _WITH_CONTENT)
    unloaded = {event.pk: event for event in of_subjects if not event.holds_content}
    contents = AuditEvent.objects.filter(pk__in=unloaded).values_list("pk", "after") if unloaded else ()
    for key, after in contents:
        unloaded[key].after = after


def _by_subject(events: Iterable[AuditEvent]) -> dict[Subject, list[AuditEvent]]:
    sorted_: dict[Subject, list[AuditEvent]] = {}
    for event in events:
        sorted_.setdefault(BY_ACTION[event.action].subject, []).append(event)
    return sorted_


def _present(event: AuditEvent, looked_up: dict[Subject, dict[str, Any]]) -> FeedEvent:
    kind = BY_ACTION[event.action]
    found = looked_up.get(kind.subject, {}).get(event.subject_id)
    data, key = _DATA[kind.subject](event, found)
    return FeedEvent(event.sequence, kind.type, event.at, kind.subject, data, key)


def _versions(events: list[AuditEvent]) -> dict[str, tuple[int, str]]:
    """Return the numbers of versions, with their keys while they are there.

    Those taken away are numbered as the ledger remembers them; the number may be another version's by now.
    """
    keys = {event.subject_id for event in events}
    there = CatalogVersion.objects.filter(pk__in=keys).values_list("pk", "number")
    found = {str(pk): (number, str(pk)) for pk, number in there}
    if gone := keys - found.keys():
        subject = CatalogVersion._meta.label_lower
        ends = AuditEvent.objects.filter(subject_type=subject, subject_id__in=gone, action=_DISCARD)
        found |= {key: (before["number"], "") for key, before in ends.values_list("subject_id", "before")}
    return found


def _framework_codes(events: list[AuditEvent]) -> dict[str, str]:
    found = CriteriaFramework.objects.filter(pk__in={event.subject_id for event in events}).values_list("pk", "code")
    return {str(pk): code for pk, code in found}


def _agency_data(event: AuditEvent, found: Any) -> tuple[dict[str, Any], str]:
    return {"agency": event.agency_code}, ""


def _version_data(event: AuditEvent, found: tuple[int | None, str] | None) -> tuple[dict[str, Any], str]:
    number, key = found or (None, "")
    return {"agency": event.agency_code, "version": number}, key


def _framework_data(event: AuditEvent, found: str | None) -> tuple[dict[str, Any], str]:
    return {"agency": event.agency_code or None, "framework": found, "version": event.after["version"]}, ""


def _release_data(event: AuditEvent, found: Any) -> tuple[dict[str, Any], str]:
    return {"release": event.after["number"]}, ""


def _import_data(event: AuditEvent, found: Any) -> tuple[dict[str, Any], str]:
    return {"agency": event.agency_code, "state": event.after["state"]}, event.subject_id


_LOOK_UPS: dict[Subject, Callable[[list[AuditEvent]], dict[str, Any]]] = {
    Subject.VERSION: _versions,
    Subject.FRAMEWORK: _framework_codes,
}
_DATA = {
    Subject.AGENCY: _agency_data,
    Subject.VERSION: _version_data,
    Subject.FRAMEWORK: _framework_data,
    Subject.RELEASE: _release_data,
    Subject.IMPORT: _import_data,
}
