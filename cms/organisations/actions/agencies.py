"""Writes about the tree of agencies and their identifier codes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.dates import format_date_vi
from cms.organisations.errors import InvalidAgency
from cms.organisations.identifier_codes import clean_code, form_of
from cms.organisations.models import Agency, AgencyCode
from cms.organisations.permissions import require_administrator
from cms.users.models import User

# What edit_agency changes; the code lasts, the place in the tree is move_agency's.
EDITABLE_FIELDS = ("name", "kind", "block", "item_prefix", "dissolved_on")
_TREE_FIELDS = ("path", "depth", "numchild")


@transaction.atomic
def add_agency(
    *,
    by: User | None,
    code: str,
    name: str,
    kind: str,
    item_prefix: str,
    block: str = "government",
    parent: Agency | None,
) -> Agency:
    """Add an agency below ``parent`` (None for the province itself) and the group that will hold its page rights.

    Raises ``InvalidAgency`` for a code that is taken or a field that cannot be.
    """
    require_administrator(by)
    fields = {"code": code, "name": name, "kind": kind, "block": block, "item_prefix": item_prefix}
    if Agency.objects.filter(code__iexact=code).exists():
        raise InvalidAgency(_("Another agency already has the code %(code)s.") % {"code": code})
    _check(Agency(**fields))
    agency: Agency = _below(parent, fields) if parent else Agency.add_root(**fields)
    Group.objects.get_or_create(name=agency.group_name)
    after = fields | {"parent": parent and parent.code}
    record(by=by, action="agency.add", subject=agency, agency_code=code, after=after)
    return agency


@transaction.atomic
def edit_agency(*, by: User | None, agency: Agency, **changes: Any) -> Agency:
    """Change ``EDITABLE_FIELDS`` of an agency; unchanged values leave no trace.

    An agency that ceases to exist gets ``dissolved_on`` and is never deleted. Raises ``InvalidAgency``.
    """
    require_administrator(by)
    if not changes.keys() <= set(EDITABLE_FIELDS):
        raise InvalidAgency(_("The code and the place of an agency are not changed by editing it."))
    before = {name: getattr(agency, name) for name, value in changes.items() if getattr(agency, name) != value}
    if not before:
        return agency
    _check_dissolution(agency, changes.get("dissolved_on"))
    for name in before:
        setattr(agency, name, changes[name])
    _check(agency)
    agency.save()
    after = {name: changes[name] for name in before}
    record(by=by, action="agency.edit", subject=agency, agency_code=agency.code, before=before, after=after)
    return agency


@transaction.atomic
def move_agency(*, by: User | None, agency: Agency, parent: Agency) -> Agency:
    """Move an agency, with all that is below it, under another parent. Raises ``InvalidAgency`` for a circle."""
    require_administrator(by)
    agency.refresh_from_db()
    parent.refresh_from_db()
    if parent.path.startswith(agency.path):
        raise InvalidAgency(_("An agency cannot be placed under itself or under an agency below it."))
    if parent.dissolved_on:
        raise InvalidAgency(_("%(agency)s has been dissolved; nothing is placed under it.") % {"agency": parent})
    before = agency.get_parent()
    if before == parent:
        return agency
    agency.move(parent, pos="last-child")
    agency.refresh_from_db()
    record(
        by=by,
        action="agency.move",
        subject=agency,
        agency_code=agency.code,
        before={"parent": before and before.code},
        after={"parent": parent.code},
    )
    return agency


@transaction.atomic
def add_identifier_code(
    *, by: User | None, agency: Agency, value: str, form: str = "", valid_from: datetime.date
) -> AgencyCode:
    """Give an agency a new identifier code; the current one of the same form ends the day before and stays on record.

    ``form`` is read from the shape when left out. Raises ``InvalidAgency`` for a shape of neither form, another shape
    than ``form`` says, a code that another agency holds, or a day not after the current code's first.
    """
    require_administrator(by)
    value = clean_code(value)
    shape = form_of(value)
    if shape is None or (form and form != shape):
        raise InvalidAgency(_("%(code)s is not an identifier code of this form.") % {"code": value})
    ended = agency.identifier_codes.filter(form=shape, valid_to__isnull=True)
    for current in ended:
        _check_succession(current, value, valid_from)
    before = {"identifier_codes": [current.value for current in ended]}
    ended.update(valid_to=valid_from - datetime.timedelta(days=1))
    code = AgencyCode(agency=agency, value=value, form=shape, valid_from=valid_from)
    _check(code)
    code.save()
    after = {"identifier_codes": [value], "form": shape, "valid_from": valid_from}
    record(
        by=by, action="agency.add_identifier_code", subject=agency, agency_code=agency.code, before=before, after=after
    )
    return code


@dataclass(frozen=True)
class AgencyRow:
    """What a list says about one agency: its fields, the code of the one above it, its current identifier codes."""

    code: str
    parent_code: str
    fields: dict[str, Any]
    identifier_codes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Written:
    """How many agencies a list added, and how many it held that were there."""

    added: int
    changed: int


@transaction.atomic
def write_agency_rows(*, by: User | None, rows: Iterable[AgencyRow]) -> Written:
    """Bring the tree in line with a list, parents before children; agencies that it leaves out stay as they are.

    All or nothing. Raises ``InvalidAgency`` at the first row that cannot be; the preview has named them all before.
    """
    require_administrator(by)
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    ordered = _parents_first(rows, agencies)
    added = [row.code for row in ordered if row.code not in agencies]
    for row in ordered:
        if row.code in agencies:
            _change(by, agencies, row)
        else:
            agencies[row.code] = _add(by, agencies.get(row.parent_code), row)
    _dissolve(by, [(agencies[row.code], row.fields.get("dissolved_on")) for row in ordered])
    return Written(len(added), len(ordered) - len(added))


def _add(by: User | None, parent: Agency | None, row: AgencyRow) -> Agency:
    fields = {name: value for name, value in row.fields.items() if name != "dissolved_on"}
    agency = add_agency(by=by, code=row.code, parent=parent, **fields)
    _add_codes(by, agency, row.identifier_codes)
    return agency


def _change(by: User | None, agencies: dict[str, Agency], row: AgencyRow) -> None:
    agency = agencies[row.code]
    agency.refresh_from_db()
    edit_agency(by=by, agency=agency, **{name: value for name, value in row.fields.items() if name != "dissolved_on"})
    parent = agencies.get(row.parent_code)
    if parent is not None and agency.get_parent(update=True) != parent:
        move_agency(by=by, agency=agency, parent=parent)
    _add_codes(by, agency, row.identifier_codes)


def _add_codes(by: User | None, agency: Agency, codes: list[str]) -> None:
    held = set(agency.identifier_codes.filter(valid_to__isnull=True).values_list("value", flat=True))
    for code in codes:
        if code not in held:
            add_identifier_code(by=by, agency=agency, value=code, valid_from=timezone.localdate())


def _dissolve(by: User | None, days: list[tuple[Agency, datetime.date | None]]) -> None:
    """Set the days of dissolution last and from the bottom up: what is above goes after what is below."""
    for agency, _day in days:
        agency.refresh_from_db()
    for agency, day in sorted(days, key=lambda pair: pair[0].path, reverse=True):
        edit_agency(by=by, agency=agency, dissolved_on=day)


def _parents_first(rows: Iterable[AgencyRow], agencies: dict[str, Agency]) -> list[AgencyRow]:
    """Return the rows so that a new agency comes after the new agency above it; raise for a circle or a stranger."""
    waiting = {row.code: row for row in rows}
    known, ordered = set(agencies), []
    while waiting:
        ready = [row for row in waiting.values() if not row.parent_code or row.parent_code in known]
        if not ready:
            codes = ", ".join(sorted(waiting)[:5])
            raise InvalidAgency(_("No place in the tree was found for: %(codes)s.") % {"codes": codes})
        ordered += ready
        known |= {row.code for row in ready}
        waiting = {code: row for code, row in waiting.items() if code not in known}
    return ordered


def _below(parent: Agency, fields: dict[str, Any]) -> Agency:
    parent.refresh_from_db()
    if parent.dissolved_on:
        raise InvalidAgency(_("%(agency)s has been dissolved; nothing is placed under it.") % {"agency": parent})
    child: Agency = parent.add_child(**fields)
    return child


def _check_dissolution(agency: Agency, day: datetime.date | None) -> None:
    if day and not agency.dissolved_on and agency.get_descendants().active().exists():
        raise InvalidAgency(_("Agencies below it still exist. Move or dissolve them first."))


def _check_succession(current: AgencyCode, value: str, valid_from: datetime.date) -> None:
    if current.value == value:
        raise InvalidAgency(_("The agency holds the code %(code)s already.") % {"code": value})
    if valid_from <= current.valid_from:
        day = format_date_vi(current.valid_from)
        raise InvalidAgency(_("The current code holds from %(day)s; the new one begins later.") % {"day": day})


def _check(instance: Agency | AgencyCode) -> None:
    try:
        instance.full_clean(exclude=_TREE_FIELDS)
    except ValidationError as error:
        raise InvalidAgency(" ".join(error.messages)) from error
