"""Catalogs of products and works: one agency's list, written into its draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from cms.catalogs.models import CatalogVersion
from cms.organisations.models import Agency
from cms.users.models import User
from importers.enums import MissingItems
from importers.kinds.catalog import comparing, template, undoing, writing
from importers.kinds.catalog.showing import CatalogShowing
from importers.kinds.catalog.words import WORDS
from importers.kinds.contract import Base, Offer, UndoPlan
from importers.models import ImportBatch
from importers.sheets import Limits
from importers.sources.catalog.layouts import COMMUNE, HANDBOOK, PLATFORM
from importers.sources.catalog.verdict import Context
from importers.sources.columns import Layout

OFFERS = (
    Offer(
        PLATFORM.code, _("The platform's own template"),
        _("With codes, fields of work, units and all other columns. Take this one unless you are told otherwise."),
    ),
    Offer(
        HANDBOOK.code, _("The Ministry's handbook"),
        _("With sections by field of work and the four scores, no codes: for lists kept as the handbook has them."),
    ),
    Offer(
        COMMUNE.code, _("The commune's short form"),
        _("With codes, outputs, groups and coefficients alone: for communes and wards."),
    ),
)  # fmt: skip


class CatalogKind:
    """The kind of upload that everything began with."""

    code = "catalog"
    words = WORDS
    upload_route = "importers:upload"
    template_route = "importers:template"
    template_name = "danh-muc"
    template_sheets: frozenset[str] = frozenset()

    def base_of(self, agency: Agency) -> Base:
        """Return the open version, else the last decided one, else nothing."""
        return comparing.base_of(agency)

    def layouts(self) -> tuple[Layout, ...]:
        """Return the three layouts of catalogs, with the columns that the province added."""
        return comparing.layouts()

    def context(self, agency: Agency, base: Base, limits: Limits, layouts: tuple[Layout, ...]) -> Context:
        """Return what the check must know of what is on record."""
        return comparing.context_for(agency, base, limits, layouts)

    def offers(self) -> Sequence[Offer]:
        """Return one template for each layout."""
        return OFFERS

    def write_template(self, agency: Agency, offer: Offer) -> IO[bytes]:
        """Return the agency's current items in the layout of the offer."""
        layout = next(layout for layout in self.layouts() if layout.code == offer.code)
        return template.write_template(agency, layout)

    def hindrance(self, base: Base) -> str:
        """Return whether the version lies with somebody else."""
        return writing.hindrance(base)

    def write(self, *, by: User, batch: ImportBatch, base: Base, missing: MissingItems) -> CatalogVersion | None:
        """Write the rows into the draft, started if there is none."""
        return writing.write(by=by, batch=batch, base=base, missing=missing)

    def plan_undo(self, batch: ImportBatch) -> UndoPlan:
        """Return what taking the rows out of the draft again would do."""
        return undoing.plan(batch)

    def undo(self, *, by: User, batch: ImportBatch, plan: UndoPlan) -> None:
        """Take the rows out of the draft again."""
        undoing.carry_out(by=by, batch=batch, plan=plan)

    def showing(self, reader: Any, agency: Agency) -> CatalogShowing:
        """Return how items of this agency look to a person."""
        return CatalogShowing(reader, agency)


CATALOG = CatalogKind()
