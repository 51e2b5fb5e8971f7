"""Events of the ledger as people read them. The ledger keeps codes; the words for them live here."""

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
from django.utils.translation import gettext_lazy

from cms.audit.models import AuditEvent
from cms.audit.scope import current_scope
from cms.core.dates import format_date_vi

# What was done, to be read after a name and before the thing it was done to.
SENTENCES = {
    "agency.add": gettext_lazy("added the agency"),
    "agency.edit": gettext_lazy("changed the agency"),
    "agency.move": gettext_lazy("moved the agency"),
    "agency.identifier_code": gettext_lazy("gave an identifier code to the agency"),
    "account.add": gettext_lazy("added the account of"),
    "account.edit": gettext_lazy("changed the account of"),
    "account.close": gettext_lazy("closed the account of"),
    "account.open": gettext_lazy("opened again the account of"),
    "account.reset_password": gettext_lazy("reset the password of"),
    "account.reset_second_factor": gettext_lazy("removed the second factor of"),
    "account.release": gettext_lazy("let sign in again the account of"),
    "membership.grant": gettext_lazy("gave the role"),
    "membership.confirm": gettext_lazy("confirmed, as the second person, the role"),
    "membership.refuse": gettext_lazy("refused, as the second person, the role"),
    "membership.revoke": gettext_lazy("revoked the role"),
    "column.add": gettext_lazy("added the extra column"),
    "column.edit": gettext_lazy("changed the extra column"),
    "column.propose": gettext_lazy("proposed a change of the extra column"),
    "column.confirm": gettext_lazy("confirmed, as the second person, a change of the extra column"),
    "column.refuse": gettext_lazy("dropped a change proposed of the extra column"),
    "transparency.prepare": gettext_lazy("had the figures prepared"),
    "transparency.publish": gettext_lazy("published the figures"),
    "api_client.add": gettext_lazy("added the API client"),
    "api_client.rotate": gettext_lazy("made a new token for the API client"),
    "api_client.make_secret": gettext_lazy("made a new OAuth2 secret for the API client"),
    "api_client.grant_token": gettext_lazy("got a token of an hour for its secret, as the API client"),
    "api_client.refuse_token": gettext_lazy("refused a token to somebody who named the API client"),
    "api_client.revoke": gettext_lazy("revoked the API client"),
    "webhook.add": gettext_lazy("added the webhook"),
    "webhook.edit": gettext_lazy("changed the webhook"),
    "webhook.rotate": gettext_lazy("made a new secret for the webhook"),
    "webhook.switch_off": gettext_lazy("switched off the webhook"),
    "webhook.switch_on": gettext_lazy("switched on the webhook"),
    "webhook.test": gettext_lazy("sent a trial to the webhook"),
    "webhook.replay": gettext_lazy("had events sent again to the webhook"),
    "round.add": gettext_lazy("added the round"),
    "round.edit": gettext_lazy("changed the round"),
    "position_group.add": gettext_lazy("added the position group"),
    "position_group.edit": gettext_lazy("changed the position group"),
    "position.add": gettext_lazy("added the position"),
    "position.edit": gettext_lazy("changed the position"),
    "officer.add": gettext_lazy("added the officer"),
    "officer.edit": gettext_lazy("changed the officer"),
    "officer.upload": gettext_lazy("took an uploaded list of officers over for"),
    "officer.export": gettext_lazy("took a list of officers out of"),
    "posting.start": gettext_lazy("posted the officer"),
    "posting.edit": gettext_lazy("corrected a posting of the officer"),
    "posting.end": gettext_lazy("ended a posting of the officer"),
    "posting.transfer": gettext_lazy("transferred the officer"),
    "framework.import": gettext_lazy("took over a definition as the draft of the framework"),
    "framework.copy": gettext_lazy("copied into the new framework"),
    "framework.specialise": gettext_lazy("made for an agency the framework"),
    "framework.try": gettext_lazy("tried the draft of the framework"),
    "framework.publish": gettext_lazy("published the framework"),
    "framework.confirm_backdating": gettext_lazy("confirmed that days that are over are meant in the framework"),
    "framework.confirm_beside_base": gettext_lazy("confirmed, beside a later version of its base, the framework"),
    "framework.follow_base": gettext_lazy("let follow a later version of its base the framework"),
    "framework.set_confirm_by": gettext_lazy("set by when agencies' own are confirmed beside the framework"),
    "framework.confirm_overlap": gettext_lazy("confirmed that others for the same people hold beside the framework"),
    "framework.confirm_source": gettext_lazy("confirmed the source"),
    "framework.give_up": gettext_lazy("could not publish on its day the framework"),
    "framework_inputs.add": gettext_lazy("added the set of inputs"),
    "catalog.open": gettext_lazy("opened the catalog"),
    "catalog_version.start": gettext_lazy("started the version"),
    "catalog_version.edit": gettext_lazy("changed the details of the version"),
    "catalog_version.upload": gettext_lazy("took an uploaded list over into the version"),
    "catalog_version.discard": gettext_lazy("took away the draft"),
    "catalog_version.note": gettext_lazy("left a note on an item of the version"),
    "catalog_version.close_note": gettext_lazy("closed a note on an item of the version"),
    "catalog_version.draft": gettext_lazy("took back the version"),
    "catalog_version.submitted": gettext_lazy("submitted the version"),
    "catalog_version.returned": gettext_lazy("returned the version"),
    "catalog_version.appraised": gettext_lazy("accepted the version"),
    "catalog_version.approve": gettext_lazy("approved the version"),
    "catalog_version.publish": gettext_lazy("published the version"),
    "catalog_version.supersede": gettext_lazy("ended the validity of the version"),
    "catalog_item.add": gettext_lazy("added an item to the version"),
    "catalog_item.bulk": gettext_lazy("wrote several items of the version"),
    "catalog_item.edit": gettext_lazy("changed items of the version"),
    "catalog_item.remove": gettext_lazy("removed items from the version"),
    "import.upload": gettext_lazy("uploaded a file"),
    "import.refuse": gettext_lazy("uploaded a file that was refused"),
    "import.check": gettext_lazy("had a file checked"),
    "import.check_again": gettext_lazy("had a file checked again"),
    "import.commit": gettext_lazy("confirmed the file"),
    "import.stale": gettext_lazy("confirmed a file whose preview was out of date"),
    "import.abandon": gettext_lazy("gave up the file"),
    "import.correct": gettext_lazy("mended cells of the file in the browser"),
    "import.undo": gettext_lazy("took back what was written from the file"),
    "import.map_columns": gettext_lazy("matched columns of uploaded files for"),
    "import.forget": gettext_lazy("removed the contents of the file after its time"),
}

# Names in ``before`` and ``after`` that are no field of the thing itself.
_LABELS = {
    "parent": gettext_lazy("agency above"),
    "token": gettext_lazy("token"),
    "last_day": gettext_lazy("last day"),
    "identifier_codes": gettext_lazy("identifier codes"),
    "form": gettext_lazy("form"),
    "valid_from": gettext_lazy("valid from"),
    "confirmed": gettext_lazy("confirmed"),
    "failures": gettext_lazy("failed attempts to sign in"),
    "second_factors": gettext_lazy("second factors"),
    "state": gettext_lazy("state"),
    "item": gettext_lazy("item"),
    "text": gettext_lazy("text"),
    "base": gettext_lazy("made from version"),
    "batch": gettext_lazy("upload"),
    "upload_kind": gettext_lazy("kind of upload"),
    "why": gettext_lazy("reason"),
    "again_since": gettext_lazy("sent again from"),
    "events": gettext_lazy("events"),
    "event": gettext_lazy("event"),
    "file": gettext_lazy("file"),
    "added": gettext_lazy("added"),
    "changed": gettext_lazy("changed"),
    "removed": gettext_lazy("removed"),
    "unchanged": gettext_lazy("unchanged"),
    "corrections": gettext_lazy("cells mended in the browser"),
    "kept": gettext_lazy("left as edited since"),
    "restored": gettext_lazy("changed back"),
    "returned": gettext_lazy("brought back"),
    "discarded": gettext_lazy("draft taken away"),
    "number": gettext_lazy("number"),
    "via": gettext_lazy("by way of"),
    "inputs": gettext_lazy("set of inputs"),
    "hash": gettext_lazy("hash"),
    "terms_hash": gettext_lazy("hash of the terms"),
    "items": gettext_lazy("number of items"),
    "version": gettext_lazy("version"),
}
# Values of such names that people read as words.
_WORDS = {
    "why": {
        "gone": gettext_lazy("the receiver said that it is gone for good (410)"),
        "failing": gettext_lazy("nothing has arrived for five days"),
    },
    "upload_kind": {
        "catalog": gettext_lazy("list of products and works"),
        "officers": gettext_lazy("list of officers"),
    },
}
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Difference:
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

    def differences(self, names: Iterable[str]) -> list[Difference]:
        """Return the values of these names, before and after."""
        event = self.event
        return [
            Difference(
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
    return [
        EventRow(event, str(SENTENCES.get(event.action, event.action)), names.get(event.agency_code, event.agency_code))
        for event in events
    ]


def _label(subject_type: str, name: str) -> str:
    field = _field(subject_type, name)
    return capfirst(str(field.verbose_name if field else _LABELS.get(name, name)))


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
    words = dict(field.flatchoices) if field is not None else _WORDS.get(name, {})
    return str(words.get(value) or _as_day(str(value)))


def _as_day(text: str) -> str:
    return format_date_vi(datetime.date.fromisoformat(text)) if _ISO_DAY.fullmatch(text) else text


def _field(subject_type: str, name: str) -> Field[Any, Any] | None:
    try:
        field = apps.get_model(subject_type)._meta.get_field(name)
    except (LookupError, FieldDoesNotExist, ValueError):
        return None
    return field if isinstance(field, Field) else None
