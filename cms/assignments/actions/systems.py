"""Writes about external systems: kept by administrators, their words mapped by whoever they write for."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.assignments.actions.confirming import correct_work
from cms.assignments.actions.outside import lock_system, take_over
from cms.assignments.enums import MessageState, NameKind
from cms.assignments.errors import InvalidMapping
from cms.assignments.models import ExternalSystem, OutsideMessage, OutsideName, OutsideWork, WorkAssignment
from cms.assignments.outside.messages import WorkMessage
from cms.assignments.permissions import agency_paths_of_system, can_map
from cms.audit.actions import record
from cms.catalogs.models import CatalogItem
from cms.core.errors import WrongState, require_words
from cms.organisations.models import Agency, Officer, Posting
from cms.organisations.permissions import require, require_administrator
from cms.users.enums import Role
from cms.users.models import User

# So many messages are taken up again by one press.
MOST_RETRIED = 1_000


@transaction.atomic
def save_system(
    *, by: User | None, system: ExternalSystem | None = None, agencies: Sequence[Agency], accounts: Sequence[User] = (),
    **values: Any,
) -> ExternalSystem:  # fmt: skip
    """Add an external system, or change one: its name, kind, agencies, the API clients that speak for it.

    ``code`` and ``order`` are decided once. Raises ``NotAllowed``, and ``InvalidMapping`` for what cannot be.
    """
    require_administrator(by)
    is_new = system is None
    system = system or ExternalSystem()
    if not is_new and {
        name for name in ("code", "order") if values.get(name, getattr(system, name)) != getattr(system, name)
    }:
        raise InvalidMapping(_("The code, and by what newer messages are known, are decided once."))
    if not agencies:
        raise InvalidMapping(_("Choose the agencies that the system writes for."))
    if any(not account.memberships.filter(role=Role.API_CLIENT).exists() for account in accounts):
        raise InvalidMapping(_("Only API clients speak for a system."))
    before = {} if is_new else _described(system)
    for name, value in values.items():
        setattr(system, name, value)
    _require_clean(system)
    system.save()
    system.agencies.set(agencies)
    system.accounts.set(accounts)
    action = "external_system.add" if is_new else "external_system.edit"
    record(by=by, action=action, subject=system, before=before, after=_described(system))
    return system


@transaction.atomic
def map_name(
    *, by: User | None, system: ExternalSystem, about: str, key: str, agency: Agency | None = None,
    name: OutsideName | None = None, **target: Any,
) -> OutsideName:  # fmt: skip
    """Say what a name of another system stands for: an ``officer``, an ``item_identity``, an ``act``, or nothing at all
    (``is_ignored``). Without a target the name waits again.

    Raises ``NotAllowed``, and ``InvalidMapping`` for somebody, or something, beyond the system's agencies.
    """
    system = lock_system(system)
    require(by is None or can_map(by, system))
    name = name or _name_of(system, about, key, agency)
    before = _described_name(name)
    name.agency = agency
    name.officer, name.item_identity = target.get("officer"), target.get("item_identity")
    name.act, name.is_ignored = target.get("act", ""), target.get("is_ignored", False)
    name.label = target.get("label", name.label)
    _require_fitting(system, name)
    _require_clean(name)
    if name.pk and _described_name(name) == before:
        return name
    name.save()
    record(by=by, action="external_system.map", subject=system, before=before, after=_described_name(name))
    return name


def _name_of(system: ExternalSystem, about: str, key: str, agency: Agency | None) -> OutsideName:
    """Return the row for a name: of a kind of work one an agency, and the one that stands for nothing yet."""
    found = system.names.filter(about=about, key=key)
    if about == NameKind.KIND:
        name = found.filter(agency=agency).first() or found.unmapped().filter(agency=None).first()
    else:
        name = found.first()
    return name or OutsideName(system=system, about=about, key=key)


@transaction.atomic
def map_names(
    *, by: User | None, system: ExternalSystem, about: str, pairs: Sequence[tuple[str, dict[str, Any]]]
) -> None:
    """Say what many names of one kind stand for, each with its target: all of them, or none."""
    for key, target in pairs:
        map_name(by=by, system=system, about=about, key=key, **target)


@transaction.atomic
def retry_messages(*, by: User, system: ExternalSystem, keys: Sequence[int] | None = None) -> dict[str, int]:
    """Take up kept messages again, these or the longest known ``MOST_RETRIED``; return how many came to what."""
    system = lock_system(system)
    require(can_map(by, system))
    kept = system.messages.order_by("received_at", "pk")
    listed = list(kept[:MOST_RETRIED] if keys is None else kept.filter(pk__in=keys))
    if not listed:
        return {}
    sent = [message_of(each) for each in listed]
    taken = take_over(by=by, system=system, messages=sent, paths=agency_paths_of_system(system))
    counts = dict(Counter(each.status for each in taken))
    record(by=by, action="external_system.retry", subject=system, after=counts)
    return counts


@transaction.atomic
def accept_correction(*, by: User, message: OutsideMessage, reason: str) -> WorkAssignment:
    """Correct confirmed work as another system said too late, as whoever heads the agency, with a reason.

    Raises what ``correct_work`` does, among it ``WrongState`` for a month that is locked.
    """
    system, message = _locked_message(message)
    outside = system.works.filter(outside_id=message.outside_id).select_related("work").first()
    if outside is None or message.state != MessageState.REFUSED:
        raise WrongState(_("This message corrects no work."))
    said = message_of(message)
    changes = {"completed": said.quantity("completed"), "done_on": said.day("done_on")}
    wanted = {name: value for name, value in changes.items() if value is not None}
    work = correct_work(by=by, work=outside.work, reason=reason, **wanted)
    _remember(outside, said)
    message.delete()
    return work


@transaction.atomic
def leave_message(*, by: User, message: OutsideMessage, reason: str) -> None:
    """Leave a refused message as it is, with a reason: the work stays, and the message is on no list any more."""
    system, message = _locked_message(message)
    require(can_map(by, system))
    reason = require_words(reason, InvalidMapping(_("Give a reason.")))
    outside = system.works.filter(outside_id=message.outside_id).first()
    if outside and outside.sequence < message.sequence:
        _remember(outside, message_of(message))
    facts = {"outside_id": message.outside_id, "code": message.code}
    record(by=by, action="external_system.leave", subject=system, before=facts, reason=reason)
    message.delete()


def message_of(kept: OutsideMessage) -> WorkMessage:
    """Return a kept message as it came."""
    return WorkMessage.from_stored(kept.outside_id, kept.sequence, kept.content)


def _locked_message(message: OutsideMessage) -> tuple[ExternalSystem, OutsideMessage]:
    system = lock_system(message.system)
    found = system.messages.filter(pk=message.pk, sequence=message.sequence).first()
    if found is None:
        raise WrongState(_("The message is gone, or a newer one came. Look at the list again."))
    return system, found


def _remember(outside: OutsideWork, message: WorkMessage) -> None:
    """Keep what was said last, so that the same is not asked about again."""
    outside.sequence, outside.changed_at, outside.digest = message.sequence, message.changed_at, message.digest
    outside.content = message.content | {"act": outside.content.get("act", "")}
    outside.save()


def _require_fitting(system: ExternalSystem, name: OutsideName) -> None:
    """Raise ``InvalidMapping`` for a person, an item or an agency that is none of the system's."""
    paths = agency_paths_of_system(system)
    if name.agency and not any(name.agency.path.startswith(path) for path in paths):
        raise InvalidMapping(_("This agency is none of those that the system writes for."))
    if name.officer and not _works_within(name.officer, paths):
        raise InvalidMapping(_("This officer never worked at an agency that the system writes for."))
    if name.item_identity and not _is_item(name.item_identity, paths):
        raise InvalidMapping(_("No catalog that the system's agencies work by has this item."))


def _works_within(officer: Officer, paths: frozenset[str]) -> bool:
    within = Agency.objects.within(paths).order_by().values("pk")
    return Posting.objects.filter(officer=officer, agency__in=within).exists()


def _is_item(identity: uuid.UUID, paths: frozenset[str]) -> bool:
    catalogs = CatalogItem.objects.filter(identity=identity).values_list("version__catalog__agency__path", flat=True)
    return any(path.startswith(owner) or owner.startswith(path) for owner in catalogs for path in paths)


def _require_clean(row: Any) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise InvalidMapping(" ".join(error.messages)) from error


def _described(system: ExternalSystem) -> dict[str, Any]:
    return {
        "name": system.name, "kind": system.kind, "order": system.order, "is_active": system.is_active,
        "agencies": sorted(agency.code for agency in system.agencies.all()),
        "accounts": sorted(account.username for account in system.accounts.all()),
    }  # fmt: skip


def _described_name(name: OutsideName) -> dict[str, Any]:
    """Return what the ledger keeps of a mapping: codes, and not by which name a person goes elsewhere."""
    return {
        "about": name.about, "key": name.key if name.about != NameKind.PERSON else f"#{name.pk or ''}",
        "officer": name.officer.code if name.officer else "", "agency": name.agency.code if name.agency else "",
        "item": str(name.item_identity or ""), "act": name.act, "is_ignored": name.is_ignored,
    }  # fmt: skip
