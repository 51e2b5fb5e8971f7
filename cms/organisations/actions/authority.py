"""Writes about authority tables: a block's draft is written by one person and issued by another."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.text import clean_text
from cms.organisations import shipped_authority
from cms.organisations.enums import POSTS_FOR_ORGANISATIONS, AuthoritySubject, Block
from cms.organisations.errors import InvalidAuthorityTable, SecondPersonNeeded
from cms.organisations.models import AuthorityRow, AuthorityTable
from cms.organisations.permissions import can_edit_authority, can_issue_authority, require
from cms.users.models import User

# Kind of agency, subject and act.
Place = tuple[str, str, str]


@transaction.atomic
def draft_authority_table(*, by: User | None, block: str) -> AuthorityTable:
    """Return the block's draft; without one a new version, with the rows of the last."""
    require(by is None or can_edit_authority(by))
    draft = AuthorityTable.objects.drafts().filter(block=block).first()
    if draft is not None:
        return draft
    last = AuthorityTable.objects.filter(block=block).order_by("-number").first()
    basis = last.basis if last else ""
    draft = AuthorityTable.objects.create(
        block=block, number=last.number + 1 if last else 1, basis=basis, written_by=by
    )
    rows = last.rows.all() if last else []
    AuthorityRow.objects.bulk_create(
        AuthorityRow(
            table=draft, agency_kind=row.agency_kind, subject=row.subject, act=row.act, post=row.post, basis=row.basis
        )
        for row in rows
    )
    return draft


@transaction.atomic
def edit_authority_table(
    *, by: User | None, table: AuthorityTable, posts: Mapping[Place, str], basis: str
) -> AuthorityTable:  # fmt: skip
    """Let a draft say for each place who, by post, has authority; empty: nobody. Unchanged rows keep their basis.

    Raises ``InvalidAuthorityTable`` for an issued table, or an organisation judged by its own head.
    """
    require(by is None or can_edit_authority(by))
    table = _draft(table)
    chosen = {place: post for place, post in posts.items() if post}
    for (_kind, subject, _act), post in chosen.items():
        if subject == AuthoritySubject.ORGANISATION and post not in POSTS_FOR_ORGANISATIONS:
            raise InvalidAuthorityTable(_("An organisation is judged by somebody above it."))
    before = {_place(row): row.post for row in table.rows.all()}
    basis = clean_text(basis).text
    if before == chosen and table.basis == basis:
        return table
    for row in table.rows.all():
        if chosen.get(_place(row)) != row.post:
            row.delete()
    AuthorityRow.objects.bulk_create(
        AuthorityRow(table=table, agency_kind=place[0], subject=place[1], act=place[2], post=post)
        for place, post in chosen.items()
        if before.get(place) != post
    )
    table.basis, table.written_by = basis, by
    table.save(update_fields=["basis", "written_by"])
    changed = sorted(place for place in {**before, **chosen} if before.get(place) != chosen.get(place))
    record(
        by=by, action="authority.edit", subject=table,
        before={"rows": _serialized(before, changed)}, after={"rows": _serialized(chosen, changed)},
    )  # fmt: skip
    return table


@transaction.atomic
def issue_authority_table(
    *, by: User | None, table: AuthorityTable, effective_from: datetime.date, decision_number: str
) -> AuthorityTable:  # fmt: skip
    """Let a draft hold from a day on; from then on it never changes. Not by who wrote it.

    Raises ``SecondPersonNeeded``, and ``InvalidAuthorityTable`` without rows or decision, or for a day that is over
    or lies before that of the version that is in force.
    """
    require(by is None or can_issue_authority(by))
    table = _draft(table)
    if by is not None and table.written_by_id == by.pk:
        raise SecondPersonNeeded(_("Who wrote the table does not issue it. Ask another approver."))
    decision_number = clean_text(decision_number).text
    if not decision_number or not table.rows.exists():
        raise InvalidAuthorityTable(_("A table is issued with a decision, and with at least one row."))
    others = AuthorityTable.objects.filter(block=table.block, issued_at__isnull=False)
    latest = others.aggregate(day=Max("effective_from"))["day"]
    if (by is not None and effective_from < timezone.localdate()) or (latest and effective_from <= latest):
        raise InvalidAuthorityTable(_("A table takes effect today at the earliest, and after the one before it."))
    table.effective_from, table.decision_number = effective_from, decision_number
    table.issued_at, table.issued_by = timezone.now(), by
    table.save(update_fields=["effective_from", "decision_number", "issued_at", "issued_by"])
    record(
        by=by, action="authority.issue", subject=table,
        after={
            "block": table.block, "effective_from": effective_from, "decision_number": decision_number,
            "rows": _serialized({_place(row): row.post for row in table.rows.all()}),
        },
    )  # fmt: skip
    return table


@transaction.atomic
def load_shipped_authority(*, by: User | None, block: str = Block.GOVERNMENT) -> AuthorityTable | None:
    """Make the shipped table of a block its draft; None when the block has any table already."""
    if AuthorityTable.objects.filter(block=block).exists():
        return None
    shipped = shipped_authority.TABLES[Block(block)]
    table = draft_authority_table(by=by, block=block)
    posts: dict[Place, str] = {(kind, subject, act): post for kind, subject, act, post, _point in shipped.rows}
    table = edit_authority_table(by=by, table=table, posts=posts, basis=shipped.basis)
    points: dict[Place, str] = {(kind, subject, act): point for kind, subject, act, _post, point in shipped.rows}
    rows = list(table.rows.all())
    for row in rows:
        row.basis = points[_place(row)]
    AuthorityRow.objects.bulk_update(rows, ["basis"])
    return table


def _draft(table: AuthorityTable) -> AuthorityTable:
    table = AuthorityTable.objects.select_for_update(of=("self",)).get(pk=table.pk)
    if table.issued_at:
        raise InvalidAuthorityTable(_("An issued table never changes. Write a new version."))
    return table


def _place(row: AuthorityRow) -> Place:
    return row.agency_kind, row.subject, row.act


def _serialized(posts: Mapping[Place, str], places: list[Place] | None = None) -> list[str]:
    """Return rows as the ledger keeps them: ``division staff evaluate: head_of_unit``."""
    asked = sorted(posts) if places is None else places
    return [f"{' '.join(place)}: {posts.get(place, '–')}" for place in asked]
