"""The life of a version: submit, note, return, accept, decide, publish, withdraw."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.catalogs import notifications, permissions
from cms.catalogs.actions.drafting import refresh_summary
from cms.catalogs.actions.opinions import ask_opinions, drop_pending_opinions
from cms.catalogs.enums import RemarkKind, VersionState
from cms.catalogs.errors import ChecksFailed, DatesOverlap, ReasonRequired
from cms.catalogs.item_fields import FIELDS
from cms.catalogs.models import CONTENT_FIELDS, Catalog, CatalogItem, CatalogVersion, ExtraColumn, ItemRemark
from cms.catalogs.rules import Facts, Finding, find_all
from cms.core.errors import DomainError, require_words
from cms.core.extension import ExtensionPoint
from cms.users.models import User

# Called, in its transaction, with every version that came into another state.
version_moved: ExtensionPoint[[CatalogVersion], None] = ExtensionPoint("what follows when a version moves on")

# What else an approved version is read by; the ledger holds a hash of it.
_TERMS = (
    "catalog_id", "number", "year", "round_id", "base_id", "standard_unit", "standard_score", "divisor", "frames",
    "legal_basis",
)  # fmt: skip


_LATER = ("extra", *(one.key for one in FIELDS if one.later))


def findings(version: CatalogVersion) -> list[Finding]:
    """Return what the checks find in the version, blocking findings first."""
    rows = version.items.order_by("position", "pk").values(*CONTENT_FIELDS)
    required = dict(ExtraColumn.objects.in_files().filter(required=True).values_list("key", "name"))
    return find_all(list(rows), Facts(version.standard_unit, version.divisor, version.group_frames, required))


def require_no_findings(version: CatalogVersion) -> None:
    """Raise ChecksFailed where a finding stops the submission."""
    if blocking := [finding for finding in findings(version) if finding.blocks]:
        sentences = " ".join(str(finding) for finding in blocking[:5])
        raise ChecksFailed(
            _("The version cannot be submitted yet. %(findings)s") % {"findings": sentences}, findings=blocking
        )


@transaction.atomic
def submit(*, by: User, version: CatalogVersion) -> CatalogVersion:
    """Hand the agency's list to the Department of Home Affairs; blocking findings stop it."""
    version = locked(version)
    permissions.require(permissions.can_submit(by, version))
    require_no_findings(version)
    # The agency has seen what was changed; whether a note is done, its appraiser says.
    version.remarks.filter(resolved_at__isnull=True, kind=RemarkKind.CHANGE).update(resolved_at=timezone.now())
    stamps: dict[str, Any] = {"submitted_by": by, "submitted_at": timezone.now(), "return_reason": ""}
    move_version(version, by, "catalog_version.submit", VersionState.SUBMITTED, **stamps)
    notifications.notify_submitted(version)
    return version


@transaction.atomic
def leave_note(*, by: User, version: CatalogVersion, text: str, item: CatalogItem | None = None) -> ItemRemark:
    """Leave a note on one item, or on the version as a whole, for the agency to mend."""
    version = locked(version)
    return _leave_note(by, version, _noted_words(by, version, text), item)


@transaction.atomic
def leave_notes(*, by: User, version: CatalogVersion, text: str, items: Iterable[CatalogItem]) -> list[ItemRemark]:
    """Leave the same note on several items of the version, each its own to be closed."""
    version = locked(version)
    text = _noted_words(by, version, text)
    notes = [_leave_note(by, version, text, item) for item in items]
    if not notes:
        raise DomainError(_("Tick the items first."), code="no_items")
    return notes


def _noted_words(by: User, version: CatalogVersion, text: str) -> str:
    permissions.require(permissions.can_remark(by, version))
    return require_words(text, ReasonRequired(_("Write what has to be mended.")))


def _leave_note(by: User, version: CatalogVersion, text: str, item: CatalogItem | None) -> ItemRemark:
    if item is not None and item.version_id != version.pk:
        raise DomainError(_("The item is not of this version."), code="foreign_item")
    remark = version.remarks.create(
        item=item,
        item_code=item.code if item else "",
        kind=RemarkKind.NOTE,
        text=text,
        by=by,
        seen=item.content if item else {},
    )
    _record(by, version, "catalog_version.note", {}, {"item": remark.item_code, "text": remark.text})
    return remark


@transaction.atomic
def close_note(*, by: User, version: CatalogVersion, remark: ItemRemark) -> bool:
    """Say that a note is done, whether or not its item was changed; return whether it was open."""
    version = locked(version)
    permissions.require(permissions.can_remark(by, version))
    return bool(_close_notes(by, version, pk=remark.pk))


def _close_notes(by: User, version: CatalogVersion, **which: Any) -> int:
    """Close open notes of the version, each with a line in the ledger."""
    notes = list(version.remarks.open_notes().filter(**which))
    version.remarks.filter(pk__in=[note.pk for note in notes]).update(resolved_at=timezone.now(), resolved_by=by)
    for note in notes:
        _record(by, version, "catalog_version.close_note", {}, {"item": note.item_code, "text": note.text})
    return len(notes)


@transaction.atomic
def return_to_agency(*, by: User, version: CatalogVersion, reason: str) -> CatalogVersion:
    """Send the version back to be mended, with a reason (and whatever notes stand on its items)."""
    version = locked(version)
    permissions.require(permissions.can_remark(by, version))
    reason = require_words(reason, ReasonRequired(_("Write the reason of the return: the agency will read it first.")))
    move_version(
        version, by, "catalog_version.return", VersionState.RETURNED, reason=reason, return_reason=reason
    )  # fmt: skip
    drop_pending_opinions(version)
    notifications.notify_returned(version)
    return version


@transaction.atomic
def accept(*, by: User, version: CatalogVersion) -> CatalogVersion:
    """Accept the appraised list and pass it on for the Chairman's decision. Nobody accepts their own work.

    Who accepts says that what was noted is done: notes that are still open are closed in their name.
    """
    version = locked(version)
    permissions.require(permissions.can_appraise(by, version))
    permissions.require_not_own_work(by, version)
    _close_notes(by, version)
    stamps: dict[str, Any] = {"appraised_by": by, "appraised_at": timezone.now()}
    move_version(version, by, "catalog_version.accept", VersionState.APPRAISED, **stamps)
    ask_opinions(version)
    notifications.notify_accepted(version)
    return version


@transaction.atomic
def decide(
    *,
    by: User,
    version: CatalogVersion,
    decision_number: str,
    decision_date: datetime.date,
    effective_from: datetime.date,
) -> CatalogVersion:
    """Enter the Chairman's decision: the version is frozen and holds from ``effective_from``.

    The version before ends the day before; DatesOverlap is raised when it begins on or after that day.
    """
    version = locked(version)
    permissions.require(permissions.can_decide(by, version))
    permissions.require_not_own_work(by, version)
    decision_number = require_words(
        decision_number, DomainError(_("Enter the number of the decision."), code="decision_number_required")
    )
    _lock_calendar(version.catalog)
    _end_the_one_before(version, effective_from)
    # Nobody could mend it later.
    refresh_summary(version)
    sealed = {"items": version.items.count(), "terms_hash": terms_hash(version)}
    move_version(
        version, by, "catalog_version.approve", VersionState.APPROVED,
        decision_number=decision_number, decision_date=decision_date, effective_from=effective_from,
        content_hash=content_hash(version), decided_by=by, decided_at=timezone.now(), sealed=sealed,
    )  # fmt: skip
    notifications.notify_approved(version)
    return version


def version_to_replace(catalog: Catalog) -> CatalogVersion | None:
    """Return the decided version without an end: the next decision ends it, today or on whatever later day."""
    return catalog.versions.frozen().filter(effective_to__isnull=True).first()


def require_later_day(earlier: CatalogVersion | None, effective_from: datetime.date) -> None:
    """Raise DatesOverlap unless a decision with this day of effect leaves the version before it a day to hold on."""
    if earlier and earlier.effective_from and earlier.effective_from >= effective_from:
        raise DatesOverlap(
            _("Version %(number)s is decided with effect from %(date)s. Choose a day of effect after that day.")
            % {"number": earlier.number, "date": f"{earlier.effective_from:%d/%m/%Y}"}
        )


def _end_the_one_before(version: CatalogVersion, effective_from: datetime.date) -> None:
    earlier = version_to_replace(version.catalog)
    require_later_day(earlier, effective_from)
    if earlier:
        earlier.effective_to = effective_from - datetime.timedelta(days=1)
        earlier.save(update_fields=["effective_to"])


@transaction.atomic
def publish_due(*, catalog: Catalog, by: User | None = None) -> list[CatalogVersion]:
    """Write into the ledger which decided versions became public, and which they replaced, since it was last told.

    What holds on a day follows from decisions and days of effect alone; this tells programs and the record of it.
    """
    _lock_calendar(catalog)
    due = list(catalog.versions.due().order_by("number"))
    published = [version for version in due if version.published_at is None]
    for version in published:
        version.published_at = version.public_since
        version.save(update_fields=["published_at"])
        _record(by, version, "catalog_version.publish", {}, {"effective_from": version.effective_from})
    for version in due:
        if version.effective_to is None or version.effective_to >= timezone.localdate():
            continue
        version.state = VersionState.SUPERSEDED
        version.save(update_fields=["state"])
        version_moved(version)
        _record(by, version, "catalog_version.supersede", {}, {"effective_to": version.effective_to})
    if published and not catalog.published:
        catalog.published = True
        catalog.save(update_fields=["published"])
    return published


@transaction.atomic
def withdraw(*, by: User, version: CatalogVersion, reason: str = "") -> CatalogVersion:
    """Take a submitted version back before anybody has accepted it."""
    version = locked(version)
    permissions.require(permissions.can_withdraw(by, version))
    return move_version(version, by, "catalog_version.withdraw", VersionState.DRAFT, reason=reason)


def content_hash(version: CatalogVersion) -> str:
    """Return the SHA-256 over every item of the version in order, as 64 hex digits."""
    digest = hashlib.sha256()
    for row in version.items.order_by("position", "pk").values("identity", *CONTENT_FIELDS).iterator(chunk_size=2000):
        # What was decided before there were these keeps its hash.
        for name in _LATER:
            if row[name] in ("", None, {}):
                del row[name]
        digest.update(json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True).encode() + b"\n")
    return digest.hexdigest()


def terms_hash(version: CatalogVersion) -> str:
    """Return the SHA-256 over what the version says besides its items and its decision, as 64 hex digits."""
    terms = {name: getattr(version, name) for name in _TERMS}
    return hashlib.sha256(json.dumps(terms, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()


def _lock_calendar(catalog: Catalog) -> None:
    """Have decisions and the telling of what is due wait for each other."""
    Catalog.objects.select_for_update().get(pk=catalog.pk)


def locked(version: CatalogVersion) -> CatalogVersion:
    """Return the version with its agency, locked until the transaction ends."""
    return CatalogVersion.objects.select_for_update(of=("self",)).select_related("catalog__agency").get(pk=version.pk)


def move_version(
    version: CatalogVersion,
    by: User,
    action: str,
    state: VersionState,
    reason: str = "",
    sealed: dict[str, Any] | None = None,
    **stamps: Any,
) -> CatalogVersion:
    """Bring the version into a state, with the stamps that belong to it, and write both into the ledger.

    ``sealed`` stands in the ledger alone.
    """
    before = {"state": version.state}
    version.state = state
    for name, value in stamps.items():
        setattr(version, name, value)
    version.save(update_fields=["state", *stamps])
    plain = {name: value for name, value in stamps.items() if not name.endswith(("_by", "_at"))}
    _record(by, version, action, before, {"state": str(state), **plain, **(sealed or {})}, reason)
    version_moved(version)
    return version


def _record(
    by: User | None,
    version: CatalogVersion,
    action: str,
    before: dict[str, Any],
    after: dict[str, Any],
    reason: str = "",
) -> None:
    record(
        by=by, action=action, subject=version, agency_code=version.catalog.agency.code,
        before=before, after=after, reason=reason,
    )  # fmt: skip
