"""Writes about officers themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.audit.actions import record
from cms.core.text import clean_text, code_key
from cms.organisations.actions.postings import PostingValues, note_change, start_posting
from cms.organisations.errors import InvalidOfficer
from cms.organisations.models import Agency, Officer
from cms.organisations.permissions import can_link_accounts, can_see_officers, require
from cms.users.models import User

# What edit_officer changes; the code lasts.
EDITABLE_FIELDS = ("name", "category", "account")


@transaction.atomic
def add_officer(
    *, by: User | None, code: str, name: str, category: str, posting: PostingValues, account: User | None = None
) -> Officer:
    """Add an officer with a first posting: one without any would belong to nobody.

    Raises ``InvalidOfficer``, above all for a code that is taken anywhere in the province, ``InvalidPosting``,
    ``NotAllowed``.
    """
    require(by is None or account is None or can_link_accounts(by))
    officer = Officer(code=code_key(code), name=clean_text(name).text, category=category, account=account)
    _save(officer)
    record(
        by=by, action="officer.add", subject=officer, label=officer.code, agency_code=posting.agency.code,
        after={"code": officer.code, "name": officer.name, "category": category, "account": account},
    )  # fmt: skip
    start_posting(by=by, officer=officer, values=posting)
    return officer


@transaction.atomic
def edit_officer(*, by: User | None, officer: Officer, **changes: Any) -> Officer:
    """Change ``EDITABLE_FIELDS`` of an officer; unchanged values leave no trace. Raises ``InvalidOfficer``."""
    if unknown := set(changes) - set(EDITABLE_FIELDS):
        raise TypeError(f"not editable in an officer: {sorted(unknown)}")
    officer = Officer.objects.select_for_update(of=("self",)).get(pk=officer.pk)
    require(by is None or _may_edit(by, officer))
    require(by is None or "account" not in changes or can_link_accounts(by))
    if "name" in changes:
        changes["name"] = clean_text(changes["name"]).text
    before = {name: getattr(officer, name) for name, value in changes.items() if getattr(officer, name) != value}
    if not before:
        return officer
    for name in before:
        setattr(officer, name, changes[name])
    _save(officer)
    agencies = dict(officer.postings.order_by("valid_from").values_list("agency", "agency__code"))
    note_change(agencies)
    after = {name: changes[name] for name in before}
    record(
        by=by, action="officer.edit", subject=officer, label=officer.code, before=before, after=after,
        agency_code=next(reversed(agencies.values()), ""),
    )  # fmt: skip
    return officer


@transaction.atomic
def note_export(*, by: User, count: int, filters: Mapping[str, Any]) -> None:
    """Write down that somebody takes officers out as a file: whose, and how many rows (matrix: individual export)."""
    require(can_see_officers(by))
    agency = filters.get("agency") or Agency.get_first_root_node()
    plain = {name: str(value) for name, value in filters.items() if value}
    record(
        by=by, action="officer.export", subject=agency, agency_code=agency.code, after={"count": count} | plain
    )  # fmt: skip


def _may_edit(by: User, officer: Officer) -> bool:
    return Officer.objects.writable_by(by, timezone.localdate()).filter(pk=officer.pk).exists()


def _save(officer: Officer) -> None:
    try:
        officer.full_clean()
    except ValidationError as error:
        raise InvalidOfficer(" ".join(error.messages)) from error
    officer.save()
