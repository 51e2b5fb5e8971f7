"""Writes about the list of positions: what a position is changes by versions, each with its approval."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.dates import format_date_vi
from cms.organisations.actions.agencies import Written
from cms.organisations.errors import InvalidPosition
from cms.organisations.models import Agency, Position, PositionGroup, PositionVersion
from cms.organisations.permissions import can_edit_positions, require
from cms.users.models import User

# What a version says; the rest is the position's own and needs no approval.
VERSIONED = ("name", "group", "description", "competency")


@transaction.atomic
def save_position(
    *,
    by: User | None,
    code: str,
    name: str,
    kind: str,
    group: PositionGroup,
    agency: Agency | None = None,
    description: str = "",
    competency: str = "",
    position: Position | None = None,
) -> Position:
    """Add a position, or change one; its code lasts, since files and frameworks name it. Raises ``InvalidPosition``.

    Kind and scope change at once. Name, group, description and competency framework go into the draft of the next
    version; once a version has been approved, the position keeps what that one says until the draft is approved.
    """
    require(by is None or can_edit_positions(by))
    texts = {"name": name, "group": group, "description": description, "competency": competency}
    values: dict[str, Any] = {"kind": kind, "agency": agency} | texts
    if position is None:
        saved = Position(code=code, kind=kind, agency=agency, name=name, group=group)
        _check(saved)
        saved.save()
        _save_draft(_draft(saved), texts)
        record(by=by, action="position.add", subject=saved, after={"code": code} | values)
        return saved
    saved = Position.objects.select_for_update().get(pk=position.pk)
    draft = _draft(saved)
    known = {field: getattr(draft if field in texts else saved, field) for field in values}
    before = {field: value for field, value in known.items() if value != values[field]}
    if not before:
        return saved
    _save_own(saved, values)
    _save_draft(draft, texts)
    record(
        by=by, action="position.edit", subject=saved, before=before, after={field: values[field] for field in before}
    )
    return saved


@transaction.atomic
def approve_position(
    *, by: User | None, position: Position, number: str, approved_on: datetime.date, effective_from: datetime.date
) -> PositionVersion:
    """Note by which decision, of which day, the draft of a position was approved, and from when it holds.

    Raises ``InvalidPosition`` where there is no draft, the days cannot be, or a new name or group would begin only
    later: lists, files and frameworks know a position by the name and group that it has now.
    """
    require(by is None or can_edit_positions(by))
    saved = Position.objects.select_for_update().get(pk=position.pk)
    version = _draft(saved)
    last = saved.versions.approved().first()
    if last and not version.pk:
        raise InvalidPosition(_("No draft of this position waits for an approval. Change the position first."))
    version.approval_number, version.approved_on, version.effective_from = number.strip(), approved_on, effective_from
    _check_days(saved, version, last)
    saved.name, saved.group = version.name, version.group
    _check(saved)
    _check(version)
    saved.save()
    version.save()
    after = {"number": version.number, "approval_number": version.approval_number}
    days = {"approved_on": approved_on, "effective_from": effective_from}
    record(by=by, action="position.approve", subject=saved, after=after | days)
    return version


@dataclass(frozen=True)
class PositionRow:
    """What a list says about one position: ``values`` for ``save_position``, and the approval or no number."""

    code: str
    values: dict[str, Any]
    number: str
    approved_on: datetime.date | None
    effective_from: datetime.date | None


@transaction.atomic
def write_position_rows(*, by: User | None, rows: Iterable[PositionRow]) -> Written:
    """Bring the positions in line with a list, with their approvals; those that it leaves out stay as they are.

    All or nothing. Raises ``InvalidPosition`` at the first row that cannot be.
    """
    added = changed = 0
    for row in rows:
        position = Position.objects.filter(code=row.code).first()
        added, changed = added + (position is None), changed + (position is not None)
        position = save_position(by=by, code=row.code, position=position, **row.values)
        if row.number and not _is_entered(row, position):
            approve_position(by=by, position=position, number=row.number, **_days(row))
    return Written(added, changed)


def check_position_row(row: PositionRow, position: Position | None) -> None:
    """Raise ``InvalidPosition`` where ``write_position_rows`` could not write the row; nothing is written."""
    own = {name: value for name, value in row.values.items() if name not in ("description", "competency")}
    texts = {name: row.values[name] for name in VERSIONED}
    if position is None:
        position = Position(code=row.code, **own)
        version, last = PositionVersion(number=1), None
    else:
        version, last = _draft(position), position.versions.approved().first()
    _set(version, texts)
    if row.number and not _is_entered(row, position):
        if last and not version.pk and all(getattr(last, name) == texts[name] for name in VERSIONED):
            raise InvalidPosition(_("No draft of this position waits for an approval. Change the position first."))
        _set(version, _approval(row))
        _check_days(position, version, last)
    candidate = copy(position)
    _set(candidate, own)
    _check(candidate)
    _check(version, exclude={"position"})


def _approval(row: PositionRow) -> dict[str, Any]:
    return {"approval_number": row.number} | _days(row)


def _days(row: PositionRow) -> dict[str, Any]:
    return {"approved_on": row.approved_on, "effective_from": row.effective_from}


def _is_entered(row: PositionRow, position: Position) -> bool:
    return bool(position.pk) and position.versions.approved().filter(**_approval(row)).exists()


def _check_days(position: Position, version: PositionVersion, last: PositionVersion | None) -> None:
    today, approved_on, effective_from = timezone.localdate(), version.approved_on, version.effective_from
    if approved_on is None or effective_from is None:
        raise InvalidPosition(_("An approval has its number, its day and the day from which it holds."))
    if approved_on > today:
        raise InvalidPosition(_("The day of approval is still to come."))
    if last and last.effective_from and effective_from < last.effective_from:
        sentence = _("The version before takes effect on %(day)s; this one does not earlier.")
        raise InvalidPosition(sentence % {"day": format_date_vi(last.effective_from)})
    if effective_from > today and (version.name, version.group) != (position.name, position.group):
        raise InvalidPosition(_("A new name or group begins at once: enter this approval on the day it takes effect."))


def _draft(position: Position) -> PositionVersion:
    """Return the draft of the position; where there is none a new one, not saved, that says what was said last."""
    latest = position.latest_version()
    if latest is None:
        return PositionVersion(position=position, number=1, name=position.name, group=position.group)
    if latest.approved_on is None:
        return latest
    texts = {field: getattr(latest, field) for field in VERSIONED}
    return PositionVersion(position=position, number=latest.number + 1, **texts)


def _save_own(position: Position, values: dict[str, Any]) -> None:
    """Save kind and scope; name and group as well while no version is approved. They are checked either way."""
    current = {"name": position.name, "group": position.group} if position.versions.approved().exists() else {}
    _set(position, {field: values[field] for field in ("kind", "agency", "name", "group")})
    _check(position)
    _set(position, current)
    position.save()


def _save_draft(draft: PositionVersion, texts: dict[str, Any]) -> None:
    """Save the draft, or forget it where it says again what was approved last."""
    _set(draft, texts)
    last = draft.position.versions.approved().first()
    if last is None or any(getattr(last, field) != texts[field] for field in VERSIONED):
        _check(draft)
        draft.save()
    elif draft.pk:
        draft.delete()


def _set(row: models.Model, values: dict[str, Any]) -> None:
    for field, value in values.items():
        setattr(row, field, value)


def _check(row: models.Model, exclude: Collection[str] = ()) -> None:
    try:
        row.full_clean(exclude=exclude, validate_constraints=not exclude)
    except ValidationError as error:
        raise InvalidPosition(" ".join(error.messages)) from error
