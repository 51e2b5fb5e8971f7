"""Taking over what other systems say of work: many messages at once, in whatever order they come (ADR 71)."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments.actions.evidence import recorded
from cms.assignments.actions.writing import changes_between, described, locked_rows, work_entry
from cms.assignments.enums import (
    SETTLED_STATES,
    EvidenceKind,
    MessageState,
    NameKind,
    OutsideAct,
    WorkSource,
    WorkState,
)
from cms.assignments.locks import locked_months
from cms.assignments.models import Evidence, ExternalSystem, OutsideMessage, OutsideName, OutsideWork, WorkAssignment
from cms.assignments.models.evidence import MOST_PIECES
from cms.assignments.outside.filling import (
    ASKED,
    BECAME,
    Refused,
    contradicts,
    goes_elsewhere,
    require_possible,
    wanted,
)
from cms.assignments.outside.mapping import Mapped, Mapper
from cms.assignments.outside.messages import WorkMessage
from cms.assignments.permissions import agency_paths_of_system, can_write_for
from cms.audit.actions import Entry, record_many
from cms.core.bulk import insert_rows, instance_rows
from cms.core.text import fold
from cms.organisations.permissions import require
from cms.users.models import User

_WRITTEN = (*ASKED, *BECAME, "state", "reason", "month")
_REMEMBERED = ("work", "sequence", "changed_at", "digest", "content", "received_at")
_KEPT = ("sequence", "content", "state", "code", "missing", "reason", "work", "received_at")


@dataclass(frozen=True)
class Taken:
    """What came of one message.

    ``status`` is ``created``, ``changed``, ``unchanged``, ``older`` (something newer was taken before), ``ignored`` (by
    the mapping), ``waiting`` (kept until it is mapped) or ``refused`` (kept with the reason); ``code`` says why.
    """

    status: str
    work: WorkAssignment | None = None
    code: str = ""
    reason: str = ""
    missing: tuple[tuple[str, str], ...] = ()


@transaction.atomic
def take_messages(*, by: User, system: ExternalSystem, messages: Sequence[WorkMessage]) -> list[Taken]:
    """Take over what a system says of work, as one of its API clients; return what came of each message.

    Of one outside id the newest message counts, whatever the order in which they come; nothing that cannot be taken is
    lost. Raises ``NotAllowed`` for an account that does not speak for the system, and for one out of use.
    """
    system = lock_system(system)
    require(can_write_for(by, system))
    return take_over(by=by, system=system, messages=messages, paths=agency_paths_of_system(system, by))


def lock_system(system: ExternalSystem) -> ExternalSystem:
    """Return the system as it is now: of two that write for it at once, one waits for the other."""
    return ExternalSystem.objects.select_for_update(of=("self",), no_key=True).get(pk=system.pk)


def take_over(
    *, by: User | None, system: ExternalSystem, messages: Sequence[WorkMessage], paths: Iterable[str]
) -> list[Taken]:
    """Take messages of a locked system for agencies at or below ``paths``; rights were checked by whoever calls.

    A month that is locked between reading and writing is refused by the database: everything is taken anew then, and
    what is of that month is refused one by one.
    """
    paths = list(paths)
    taking = _Taking(by, system, messages, paths)
    while True:
        try:
            with transaction.atomic():
                taken = [taking.take(message) for message in messages]
                taking.write()
                return taken
        except IntegrityError:
            locked, taking = taking.locked, _Taking(by, system, messages, paths)
            if taking.locked == locked:
                raise


class _Taking:
    """Plays messages through in memory, over the rows that they name, and then writes the outcome."""

    def __init__(
        self, by: User | None, system: ExternalSystem, messages: Sequence[WorkMessage], paths: Iterable[str]
    ) -> None:
        self.by, self.system = by, system
        self.now, self.today = timezone.now(), timezone.localdate()
        ids = {message.outside_id for message in messages}
        self.standing = _standing(system, ids)
        self.kept = {kept.outside_id: kept for kept in system.messages.filter(outside_id__in=ids)}
        self.mapper = Mapper(system, messages, paths)
        self.locked = self._locked_months(messages)
        self.new_work: list[WorkAssignment] = []
        self.changed_work: dict[int, WorkAssignment] = {}
        self.remembered: dict[str, OutsideWork] = {}
        self.to_keep: dict[str, OutsideMessage] = {}
        self.to_drop: set[int] = set()
        self.evidence: list[Evidence] = []
        self.entries: list[Entry] = []

    def take(self, message: WorkMessage) -> Taken:
        """Take one message, or say why not."""
        outside = self.standing.get(message.outside_id)
        work = outside.work if outside else None
        if outside and message.sequence < outside.sequence:
            return Taken("older", work, "older", _("Something newer of this work was taken before."))
        if outside and message.sequence == outside.sequence and message.digest == outside.digest:
            return Taken("unchanged", work)
        mapped = self.mapper.map(message)
        if mapped.is_ignored:
            self._drop(message)
            return Taken("ignored", code="ignored")
        if mapped.missing:
            code, missing = f"no_{mapped.missing[0][0]}", tuple(mapped.missing)
            return self._keep(message, Taken("waiting", work, code, " ".join(mapped.reasons), missing))
        try:
            taken = self._change(outside, message, mapped) if outside else self._create(message, mapped, None)
        except Refused as refused:
            return self._keep(message, Taken("refused", work, refused.code, refused.reason))
        self._drop(message)
        return taken

    def _create(self, message: WorkMessage, mapped: Mapped, outside: OutsideWork | None) -> Taken:
        posting, item = mapped.posting, mapped.item
        if posting is None or item is None:
            raise ValueError("only what is mapped is taken")
        values = wanted(message, mapped.act, self.today)
        work = WorkAssignment(
            officer=posting.officer, posting=posting, agency=posting.agency, item=item, item_identity=item.identity,
            code=item.code, name=item.name, unit=item.unit, coefficient=item.coefficient, given_by=self.by,
            source=WorkSource.API, system=self.system.code, outside_id=message.outside_id,
            search_text=fold(f"{item.code} {item.name}"),
        )  # fmt: skip
        require_possible(work, values)
        self._require_unlocked(posting.officer_id, values["due_on"])
        self._fill(work, values, message)
        self.new_work.append(work)
        self._record(work, {}, message)
        self._remember(outside or OutsideWork(system=self.system, outside_id=message.outside_id), work, message, mapped)
        self._add_evidence(work, message, {"document_number", "link"})
        return Taken("created", work)

    def _change(self, outside: OutsideWork, message: WorkMessage, mapped: Mapped) -> Taken:
        work, said = outside.work, outside.content
        if message.sequence == outside.sequence:
            raise Refused("version_reused", _("The same version said something else before."))
        content = message.content | {"act": mapped.act}
        changed = {name for name, value in content.items() if value != said.get(name)}
        values = wanted(message, mapped.act, self.today)
        if work.state == WorkState.CONFIRMED and contradicts(work, values, mapped, changed):
            self._require_unlocked(work.officer_id, work.month)
            raise Refused("confirmed", _("The work is confirmed: a person corrects it, with a reason, or leaves it."))
        if work.state == WorkState.WITHDRAWN and changed and mapped.act != OutsideAct.WITHDRAW:
            if said.get("act") == OutsideAct.WITHDRAW:
                return self._create(message, mapped, outside)
            raise Refused("withdrawn", _("The work was withdrawn here; the other system goes on with it."))
        if work.state in SETTLED_STATES:
            self._remember(outside, work, message, mapped)
            return Taken("unchanged", work)
        if changed & {"person", "kind"} and goes_elsewhere(work, mapped):
            return self._replace(outside, message, mapped)
        return self._update(outside, values, message, mapped, changed)

    def _replace(self, outside: OutsideWork, message: WorkMessage, mapped: Mapped) -> Taken:
        """Give the work to whom, or of the item, that the system now says; what was given before is withdrawn."""
        work = outside.work
        self._require_unlocked(work.officer_id, work.month)
        taken = self._create(message, mapped, outside)
        before = described(work)
        work.state = WorkState.WITHDRAWN
        work.reason = _("In %(system)s it went to somebody else, or became other work.") % {"system": self.system}
        self._changed(work, before, message)
        return Taken("changed", taken.work)

    def _update(
        self, outside: OutsideWork, values: dict[str, Any], message: WorkMessage, mapped: Mapped, changed: set[str]
    ) -> Taken:
        """Write what the system changed since it spoke last; what people here did meanwhile stays."""
        work = outside.work
        moves = bool(changed & {"act", "completed", "done_on"})
        names = {name for name in (*ASKED, *BECAME) if name in changed} | ({*BECAME, "state"} if moves else set())
        values = {name: values[name] for name in names}
        require_possible(work, values)
        before = described(work)
        if names:
            self._require_unlocked(work.officer_id, work.month)
            self._require_unlocked(work.officer_id, values.get("due_on", work.due_on))
        self._fill(work, values, message)
        self._remember(outside, work, message, mapped)
        self._add_evidence(work, message, changed)
        if described(work) == before:
            return Taken("unchanged", work)
        self._changed(work, before, message)
        return Taken("changed", work)

    def _fill(self, work: WorkAssignment, values: dict[str, Any], message: WorkMessage) -> None:
        for name, value in values.items():
            setattr(work, name, value)
        work.month = work.due_on.replace(day=1)
        if values.get("state") == WorkState.WITHDRAWN:
            words = {"system": self.system}
            work.reason = message.content["reason"] or _("Withdrawn in %(system)s.") % words

    def _changed(self, work: WorkAssignment, before: dict[str, Any], message: WorkMessage) -> None:
        if work.pk:
            self.changed_work[work.pk] = work
        self._record(work, before, message)

    def _record(self, work: WorkAssignment, before: dict[str, Any], message: WorkMessage) -> None:
        was, is_now = changes_between(before, described(work)) if before else ({}, described(work))
        after = is_now | {"via": self.system.code}
        self.entries.append(work_entry("work.take", work, before=was, after=after, reason=message.content["reason"]))

    def _remember(self, outside: OutsideWork, work: WorkAssignment, message: WorkMessage, mapped: Mapped) -> None:
        outside.work, outside.sequence, outside.changed_at = work, message.sequence, message.changed_at
        outside.content, outside.digest = message.content | {"act": mapped.act}, message.digest
        outside.received_at = self.now
        self.standing[outside.outside_id] = self.remembered[outside.outside_id] = outside

    def _add_evidence(self, work: WorkAssignment, message: WorkMessage, changed: Iterable[str]) -> None:
        content = message.content
        for name, kind in (("document_number", EvidenceKind.DOCUMENT), ("link", EvidenceKind.LINK)):
            if name not in changed or not content[name] or self.by is None:
                continue
            self.evidence.append(Evidence(
                work=work, kind=kind, name=content[name][:255], added_by=self.by,
                document_number=content[name] if kind == EvidenceKind.DOCUMENT else "",
                document_date=message.day("document_date") if kind == EvidenceKind.DOCUMENT else None,
                url=content[name] if kind == EvidenceKind.LINK else "",
            ))  # fmt: skip

    def _require_unlocked(self, officer: int, day: datetime.date) -> None:
        if (officer, day.replace(day=1)) in self.locked:
            sentence = _("The results of %(month)s are locked; its work changes only after a reopening.")
            raise Refused("locked", sentence % {"month": f"{day:%m/%Y}"})

    def _locked_months(self, messages: Sequence[WorkMessage]) -> set[tuple[int, datetime.date]]:
        works = [outside.work for outside in self.standing.values()]
        months = {work.month for work in works} | {message.day("due_on") for message in messages}
        days = [month for month in months if month]
        officers = {work.officer_id for work in works} | self.mapper.postings.keys()
        return locked_months(officers, min(days), max(days)) if days else set()

    def _keep(self, message: WorkMessage, taken: Taken) -> Taken:
        """Keep a message whole, unless a newer one of the same work is kept."""
        kept = self.kept.get(message.outside_id)
        if kept and kept.sequence > message.sequence:
            return taken
        kept = kept or OutsideMessage(system=self.system, outside_id=message.outside_id)
        kept.sequence, kept.content = message.sequence, message.stored
        kept.state = MessageState.WAITING if taken.status == "waiting" else MessageState.REFUSED
        kept.code, kept.reason, kept.missing = taken.code, taken.reason, [list(each) for each in taken.missing]
        kept.work, kept.received_at = taken.work, self.now
        self.kept[message.outside_id] = self.to_keep[message.outside_id] = kept
        return taken

    def _drop(self, message: WorkMessage) -> None:
        """Let go of a kept message that this one is, or leaves behind."""
        kept = self.kept.get(message.outside_id)
        if kept and kept.sequence <= message.sequence:
            del self.kept[message.outside_id]
            self.to_keep.pop(message.outside_id, None)
            if kept.pk:
                self.to_drop.add(kept.pk)

    def write(self) -> None:
        """Write what came of all messages."""
        _insert_work(self.new_work)
        WorkAssignment.objects.bulk_update(self.changed_work.values(), _WRITTEN, batch_size=200)
        for outside in self.remembered.values():
            # New work has its key only now.
            outside.work_id = outside.work.pk
        _save_all(OutsideWork, self.remembered.values(), _REMEMBERED)
        OutsideMessage.objects.filter(pk__in=self.to_drop).delete()
        _save_all(OutsideMessage, self.to_keep.values(), _KEPT)
        self._write_names()
        self._write_evidence()
        record_many(by=self.by, entries=self.entries)

    def _write_names(self) -> None:
        """Put names that were never met before on the list of what is to be mapped."""
        met = sorted(self.mapper.unknown()) if self.to_keep else []
        named = {(about, key) for kept in self.to_keep.values() for about, key in kept.missing}
        new = [
            OutsideName(system=self.system, about=about, key=key, search_text=fold(key))
            for about, key in met
            if (about, key) in named and about in NameKind.values
        ]
        OutsideName.objects.bulk_create(new, ignore_conflicts=True)

    def _write_evidence(self) -> None:
        old = {each.work.pk for each in self.evidence}
        beside = Evidence.objects.standing().filter(work__in=old).order_by().values("work").annotate(pieces=Count("pk"))
        count = Counter({row["work"]: row["pieces"] for row in beside})
        fitting = []
        for each in self.evidence:
            count[each.work.pk] += 1
            if count[each.work.pk] <= MOST_PIECES:
                fitting.append(each)
        Evidence.objects.bulk_create(fitting)
        self.entries += [
            work_entry("work.add_evidence", each.work, after=recorded(each) | {"via": self.system.code})
            for each in fitting
        ]


def _standing(system: ExternalSystem, ids: set[str]) -> dict[str, OutsideWork]:
    """Return what stands of these outside ids, with the work, which nobody else changes until the transaction ends."""
    rows = {outside.outside_id: outside for outside in system.works.filter(outside_id__in=ids)}
    keys = [outside.work_id for outside in rows.values()]
    named = WorkAssignment.objects.filter(pk__in=keys).select_related("officer", "agency").order_by("pk")
    works = {work.pk: work for work in locked_rows(named)}
    for outside in rows.values():
        outside.work = works[outside.work_id]
    return rows


def _insert_work(works: Sequence[WorkAssignment]) -> None:
    """Write new work, and learn the keys that the database gave it."""
    if not works:
        return
    insert_rows(WorkAssignment, *instance_rows(works))
    found = WorkAssignment.objects.filter(identity__in=[work.identity for work in works]).order_by()
    # Where work lies by month, only the months that were written to are looked at.
    found = found.filter(month__in={work.month for work in works})
    keys = dict(found.values_list("identity", "pk"))
    for work in works:
        work.pk = keys[work.identity]


def _save_all(model: Any, rows: Iterable[Any], fields: Sequence[str]) -> None:
    listed = list(rows)
    # Told apart first: what was created has a key from then on.
    new, stored = [row for row in listed if row.pk is None], [row for row in listed if row.pk is not None]
    if new:
        insert_rows(model, *instance_rows(new))
    model._default_manager.bulk_update(stored, fields, batch_size=200)
