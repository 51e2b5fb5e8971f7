"""Officers and their postings: the list of one agency and all that is below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from cms.organisations.models import Agency
from cms.users.models import User
from importers.enums import MissingItems
from importers.kinds.contract import Base, Offer, UndoPlan
from importers.kinds.officers import comparing, template, undoing, writing
from importers.kinds.officers.showing import OfficersShowing
from importers.kinds.officers.words import WORDS
from importers.models import ImportBatch
from importers.sheets import Limits
from importers.sources.columns import Layout
from importers.sources.officers.context import Context
from importers.sources.officers.layout import LAYOUT, LAYOUTS

OFFER = Offer(
    LAYOUT.code, _("List of officers"),
    _("With the officers on record at this agency and below it, and the codes of agencies and positions."),
)  # fmt: skip


class OfficersKind:
    """Who works where, as what, from when to when."""

    code = "officers"
    words = WORDS
    upload_route = "importers:upload_officers"
    template_route = "importers:template_officers"
    template_name = "cong-chuc"
    template_sheets = frozenset((template.AGENCIES, template.POSITIONS))

    def base_of(self, agency: Agency) -> Base:
        """Return how often the agency's officers have been written to."""
        return comparing.base_of(agency)

    def layouts(self) -> tuple[Layout, ...]:
        """Return the one layout of lists of officers."""
        return LAYOUTS

    def context(self, agency: Agency, base: Base, limits: Limits, layouts: tuple[Layout, ...]) -> Context:
        """Return what the check must know of what is on record."""
        return comparing.context_for(agency, limits, layouts)

    def offers(self) -> Sequence[Offer]:
        """Return the one template."""
        return (OFFER,)

    def write_template(self, agency: Agency, offer: Offer) -> IO[bytes]:
        """Return the postings that hold today."""
        return template.write_template(agency)

    def hindrance(self, base: Base) -> str:
        """Nothing stands in the way: officers are in nobody else's hands."""
        return ""

    def write(self, *, by: User, batch: ImportBatch, base: Base, missing: MissingItems) -> None:
        """Write the postings."""
        writing.write(by=by, batch=batch, missing=missing)

    def plan_undo(self, batch: ImportBatch) -> UndoPlan:
        """Return what taking the postings back would do."""
        return undoing.plan(batch)

    def undo(self, *, by: User, batch: ImportBatch, plan: UndoPlan) -> None:
        """Take the postings back."""
        undoing.carry_out(by=by, batch=batch, plan=plan)

    def showing(self, reader: Any, agency: Agency) -> OfficersShowing:
        """Return how postings look to a person."""
        return OfficersShowing()


OFFICERS = OfficersKind()
