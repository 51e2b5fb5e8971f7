"""Writing checked figures, and taking them back."""

from __future__ import annotations

import datetime
import uuid
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from cms.core.bulk import chunks
from cms.core.errors import WrongState
from cms.evaluations import actions as evaluation_actions
from cms.evaluations.actions import FigureValues
from cms.evaluations.models import Figure
from cms.organisations.models import Agency, Officer
from cms.users.models import User
from importers.batches.previews import rows_of
from importers.enums import MissingItems, RowClass
from importers.kinds.contract import Base, LeftRow, UndoPlan
from importers.kinds.figures.check.context import identity_of
from importers.kinds.figures.compare import base_of
from importers.models import ImportBatch, ImportRow


def store(*, by: User, batch: ImportBatch, base: Base, missing: MissingItems) -> None:
    """Write the stored rows that are new or changed, all or none; what the file does not have stays as it is."""
    for rows in chunks(rows_of(batch, RowClass.NEW, RowClass.CHANGED)):
        for row, put in zip(rows, evaluation_actions.put_figures(by=by, figures=_values(rows)), strict=True):
            if put.refusal:
                raise WrongState(
                    _("Row %(row)s of %(sheet)s: %(why)s Nothing was written.")
                    % {"row": row.row, "sheet": row.sheet, "why": put.refusal}
                ) from put.refusal


def _values(rows: list[ImportRow]) -> list[FigureValues]:
    officers = {
        each.code: each for each in Officer.objects.filter(code__in={row.values["officer"] for row in rows} - {""})
    }
    agencies = {
        each.code: each for each in Agency.objects.filter(code__in={row.values["agency"] for row in rows} - {""})
    }
    return [
        FigureValues(
            code=row.values["indicator"],
            subject=officers[row.values["officer"]] if row.values["officer"] else agencies[row.values["agency"]],
            value=Decimal(row.values["value"]),
            measured_on=datetime.date.fromisoformat(row.values["measured_on"]),
            source=row.values["source"],
        )
        for row in rows
    ]


def plan_undo(batch: ImportBatch) -> UndoPlan:
    """Return what taking the figures back would do now: new ones are withdrawn, in place of others these come back."""
    left: list[LeftRow] = []
    back: list[tuple[ImportRow, Figure]] = []
    for rows in chunks(rows_of(batch, RowClass.NEW, RowClass.CHANGED)):
        stands = _standing(rows)
        for row in rows:
            found = stands.get(row.identity)
            if found and (found.value, found.source) == (Decimal(row.values["value"]), row.values["source"]):
                back.append((row, found))
            else:
                named = f"{row.values['name']} · {row.values['indicator']}"
                code = row.values["officer"] or row.values["agency"]
                left.append(LeftRow(code, named, _("It was withdrawn or replaced since.")))
    restored = sum(row.change == RowClass.CHANGED for row, _figure in back)
    edition = base_of(batch.agency, batch.period).edition
    return UndoPlan(edition=edition, removed=len(back) - restored, restored=restored, left=left, work=back)


def _standing(rows: list[ImportRow]) -> dict[uuid.UUID, Figure]:
    """The figures that stand for the indicators, subjects and days of rows, by what tells them apart."""
    named = {name: {row.values[name] for row in rows} for name in ("officer", "agency", "indicator", "measured_on")}
    found = Figure.objects.standing().filter(
        Q(officer__code__in=named["officer"]) | Q(agency__code__in=named["agency"]),
        code__in=named["indicator"], measured_on__in=named["measured_on"],
    )  # fmt: skip
    stands = {}
    for each in found.select_related("officer", "agency").order_by("pk"):
        officer, agency = (subject.code if subject else "" for subject in (each.officer, each.agency))
        stands[identity_of(officer, agency, each.code, each.measured_on)] = each
    return stands


def undo(*, by: User, batch: ImportBatch, plan: UndoPlan) -> None:
    """Write it back as planned."""
    reason = _("The file %(file)s was taken back.") % {"file": batch.file_name}
    work: list[tuple[ImportRow, Figure]] = plan.work
    for row, figure in work:
        evaluation_actions.withdraw_figure(by=by, figure=figure, reason=reason)
        if row.change == RowClass.CHANGED:
            evaluation_actions.record_figure(by=by, **_before(row, figure))


def _before(row: ImportRow, figure: Figure) -> dict[str, Any]:
    """What stood in place of a figure that a changed row wrote."""
    value, source = (
        row.changes[name][0] if name in row.changes else row.values[name] for name in ("value", "source")
    )  # fmt: skip
    return {
        "code": figure.code, "subject": figure.subject, "measured_on": figure.measured_on, "value": Decimal(value),
        "source": source,
    }  # fmt: skip
