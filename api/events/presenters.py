"""Events as programs read them: thin. What happened, when, and where to read what it is now; no names, no free text."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from api.v1.links import Links
from catalog_pages.transparency.models import TransparencyRelease
from cms.assignments.models import WorkAssignment
from cms.audit.acts import event_of
from cms.audit.models import AuditEvent
from cms.catalogs.models import CatalogVersion
from cms.evaluations.models import Evaluation, Period
from cms.frameworks.models import CriteriaFramework
from cms.organisations.models import Agency
from importers.models import ImportBatch

_AGENCY, _VERSION, _FRAMEWORK, _RELEASE, _IMPORT, _EVALUATION, _PERIOD, _WORK = (
    model._meta.label_lower
    for model in (
        Agency, CatalogVersion, CriteriaFramework, TransparencyRelease, ImportBatch, Evaluation, Period,
        WorkAssignment,
    )
)  # fmt: skip
# Events of these hold a part of what was after the act.
_WITH_CONTENT = frozenset({_FRAMEWORK, _RELEASE, _IMPORT})


@dataclass(frozen=True)
class FeedEvent:
    """One event: its number in the ledger, its type, when it happened, and its data without the address."""

    sequence: int
    type: str
    at: datetime.datetime
    # The model of what it is about, as the ledger names it.
    subject: str
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
        write = _URLS.get(self.subject)
        return write(links, self.data, self.key) if write else None


def present(events: Sequence[AuditEvent]) -> list[FeedEvent]:
    """Return events of the ledger as programs read them; what they are about costs one query a kind of thing."""
    _load_content(events)
    looked_up = {
        subject: _LOOK_UPS[subject](found) for subject, found in _by_subject(events).items() if subject in _LOOK_UPS
    }
    return [_present(event, looked_up) for event in events]


def _load_content(events: Iterable[AuditEvent]) -> None:
    """Load what was after the acts of which events hold a part. Acts on lists hold content of people: not loaded."""
    unloaded = {event.pk: event for event in events if event.subject_type in _WITH_CONTENT and not event.holds_content}
    found = AuditEvent.objects.filter(pk__in=unloaded).values_list("pk", "after") if unloaded else ()
    for key, after in found:
        unloaded[key].after = after


def _by_subject(events: Iterable[AuditEvent]) -> dict[str, list[AuditEvent]]:
    sorted_: dict[str, list[AuditEvent]] = {}
    for event in events:
        sorted_.setdefault(event.subject_type, []).append(event)
    return sorted_


def _present(event: AuditEvent, looked_up: dict[str, dict[str, Any]]) -> FeedEvent:
    subject = event.subject_type
    found = looked_up.get(subject, {}).get(event.subject_id)
    data, key = _DATA.get(subject, _agency_data)(event, found)
    return FeedEvent(event.sequence, event_of(event.action).type, event.at, subject, data, key)


def _versions(events: list[AuditEvent]) -> dict[str, tuple[int, str]]:
    """Return the numbers of versions, with their keys while they are there.

    Those taken away are numbered as the ledger remembers them; the number may be another version's by now.
    """
    keys = {event.subject_id for event in events}
    there = CatalogVersion.objects.filter(pk__in=keys).values_list("pk", "number")
    found = {str(pk): (number, str(pk)) for pk, number in there}
    if gone := keys - found.keys():
        ends = AuditEvent.objects.about(CatalogVersion).done("catalog_version.discard").filter(subject_id__in=gone)
        found |= {key: (before["number"], "") for key, before in ends.values_list("subject_id", "before")}
    return found


def _framework_codes(events: list[AuditEvent]) -> dict[str, str]:
    found = CriteriaFramework.objects.filter(pk__in={event.subject_id for event in events}).values_list("pk", "code")
    return {str(pk): code for pk, code in found}


def _evaluations(events: list[AuditEvent]) -> dict[str, tuple[str, int]]:
    """Return the keys of evaluations, with the ids of their periods; none is ever deleted."""
    found = Evaluation.objects.filter(pk__in={event.subject_id for event in events})
    return {str(pk): (str(identity), period) for pk, identity, period in found.values_list("pk", "identity", "period")}


def _work(events: list[AuditEvent]) -> dict[str, str]:
    """Return the identities of work; none is ever deleted."""
    found = WorkAssignment.objects.filter(pk__in={event.subject_id for event in events}).order_by()
    return {str(pk): str(identity) for pk, identity in found.values_list("pk", "identity")}


def _agency_data(event: AuditEvent, found: Any) -> tuple[dict[str, Any], str]:
    return {"agency": event.agency_code or None}, ""


def _version_data(event: AuditEvent, found: tuple[int | None, str] | None) -> tuple[dict[str, Any], str]:
    number, key = found or (None, "")
    return {"agency": event.agency_code, "version": number}, key


def _framework_data(event: AuditEvent, found: str | None) -> tuple[dict[str, Any], str]:
    return {"agency": event.agency_code or None, "framework": found, "version": event.after["version"]}, ""


def _release_data(event: AuditEvent, found: Any) -> tuple[dict[str, Any], str]:
    return {"release": event.after["number"]}, ""


def _evaluation_data(event: AuditEvent, found: tuple[str, int]) -> tuple[dict[str, Any], str]:
    identity, period = found
    return {"agency": event.agency_code, "evaluation": identity, "period": period}, ""


def _period_data(event: AuditEvent, found: Any) -> tuple[dict[str, Any], str]:
    return {"agency": event.agency_code, "period": int(event.subject_id)}, ""


def _work_data(event: AuditEvent, found: str) -> tuple[dict[str, Any], str]:
    return {"agency": event.agency_code, "assignment": found}, ""


def _import_data(event: AuditEvent, found: Any) -> tuple[dict[str, Any], str]:
    return {"agency": event.agency_code, "state": event.after["state"]}, event.subject_id


_LOOK_UPS: dict[str, Callable[[list[AuditEvent]], dict[str, Any]]] = {
    _VERSION: _versions,
    _FRAMEWORK: _framework_codes,
    _EVALUATION: _evaluations,
    _WORK: _work,
}
_DATA: dict[str, Callable[[AuditEvent, Any], tuple[dict[str, Any], str]]] = {
    _VERSION: _version_data,
    _FRAMEWORK: _framework_data,
    _RELEASE: _release_data,
    _IMPORT: _import_data,
    _EVALUATION: _evaluation_data,
    _PERIOD: _period_data,
    _WORK: _work_data,
}
_URLS: dict[str, Callable[[Links, dict[str, Any], str], str | None]] = {
    _AGENCY: lambda links, data, key: links.agency(data["agency"]),
    _VERSION: lambda links, data, key: links.version(data["agency"], data["version"]) if key else None,
    _FRAMEWORK: lambda links, data, key: links.framework_version(data["framework"], data["version"]),
    _RELEASE: lambda links, data, key: links.release(data["release"]),
    _IMPORT: lambda links, data, key: links.import_(key),
    _EVALUATION: lambda links, data, key: links.evaluation(data["evaluation"]),
    _WORK: lambda links, data, key: links.assignment(data["assignment"]),
    _PERIOD: lambda links, data, key: links.period(data["period"]),
}
