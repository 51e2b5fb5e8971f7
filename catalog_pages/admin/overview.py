"""All agencies at a glance, and the way from one waiting version to the next."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import TemplateView

from catalog_pages import actions as page_actions
from catalog_pages.admin import progress
from catalog_pages.admin.screens import CatalogScreen
from cms.catalogs import actions, permissions
from cms.catalogs.models import Catalog, CatalogVersion
from cms.catalogs.rounds import current_rounds
from cms.core.paging import keyset_page
from cms.core.screens import FormScreen
from cms.organisations.access import access_for
from cms.organisations.enums import CATALOG_KINDS, AgencyKind, Block
from cms.organisations.models import Agency
from cms.users.enums import APPRAISING_ROLES, SENDING_AGENCY_ROLES

PAGE_SIZE = 50


class OverviewView(CatalogScreen, TemplateView):
    """The table of agencies: state, version, items, when submitted, what is late. An agency's people see their own."""

    template_name = "catalog_pages/admin/overview.html"
    page_title = _("Progress of catalogs")
    above = None

    @cached_property
    def waiting(self) -> QuerySet[CatalogVersion]:
        """Return the versions on which this person is to act."""
        return progress.waiting_for(self.person)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of the table, the counts and the filters."""
        rounds = current_rounds()
        agencies = progress.agencies_for(self.person, rounds)
        query = self.request.GET
        page = keyset_page(
            self._filtered(agencies), order=("path",), size=PAGE_SIZE,
            after=query.get("after", ""), before=query.get("before", ""),
        )  # fmt: skip
        counts, late_count = progress.counts_by_state(agencies)
        return super().get_context_data(
            rounds=progress.rounds_of(agencies, rounds), page=page, counts=counts, late_count=late_count,
            lines=[self._line(standing) for standing in progress.standings(page.rows, rounds)],
            kinds=[(kind.value, kind.label) for kind in AgencyKind if kind in CATALOG_KINDS],
            blocks=Block.choices, chosen_block=query.get("block", ""),
            state=query.get("state", ""), kind=query.get("kind", ""), late=query.get("late", ""), q=query.get("q", ""),
            is_filtered=any(query.get(name) for name in ("state", "kind", "block", "late", "waiting", "q")),
            waiting=query.get("waiting", ""), waiting_count=self.waiting.count(),
            next_version=progress.next_waiting(self.person), **kwargs,
        )  # fmt: skip

    def _filtered(self, agencies: QuerySet[Agency]) -> QuerySet[Agency]:
        query = self.request.GET
        if query.get("state"):
            agencies = agencies.filter(standing=query["state"])
        if query.get("kind"):
            agencies = agencies.filter(kind=query["kind"])
        if query.get("block"):
            agencies = agencies.filter(block=query["block"])
        if query.get("late"):
            agencies = agencies.filter(is_late=True)
        if query.get("waiting"):
            agencies = agencies.filter(pk__in=self.waiting.order_by().values("catalog__agency"))
        return agencies.search(query.get("q", "").replace("\x00", ""))  # type: ignore[attr-defined]

    def _line(self, standing: progress.Standing) -> dict[str, Any]:
        may_write = permissions.can_write(self.person, Catalog(agency=standing.agency))
        return {"standing": standing, "may_open": may_write and standing.newest is None}


class NextWaitingView(CatalogScreen, View):
    """Lead to the version that has waited longest for this person (``after``: the next one after that version)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        key = request.GET.get("after", "")
        after = CatalogVersion.objects.worked_on_by(request.user).filter(pk=int(key)).first() if _is_key(key) else None
        version = progress.next_waiting(request.user, after)
        if version is None:
            messages.info(request, gettext("Nothing waits for you."))
            return redirect("catalogs:overview")
        return redirect("catalogs:version", version.pk)


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


class OpenCatalogView(CatalogScreen, FormScreen):
    """Open an agency's catalog with its page and first version, so that it can be written; asked before it is done."""

    form_class = Form
    page_title = _("Open the catalog")
    submit_label = _("Open the catalog and begin the draft")

    @cached_property
    def agency(self) -> Agency:
        """Return the agency of the address, if this person may write its catalog."""
        reach = Agency.objects.active().filter(kind__in=CATALOG_KINDS)
        access = access_for(self.request.user)
        if not access.reads_province:
            reach = reach.filter(Q(pk__in=access.own_agencies()) | access.rows_over("", *APPRAISING_ROLES))
        agency = get_object_or_404(reach, pk=self.kwargs["agency_pk"])
        permissions.require(permissions.can_write(self.request.user, Catalog(agency=agency)))
        return agency

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask; where a version is worked on already there is nothing to ask."""
        catalog = Catalog.objects.filter(agency=self.agency).first()
        version = actions.working_version(catalog) if catalog else None
        return redirect("catalogs:version", version.pk) if version else super().get(request, *args, **kwargs)

    @property
    def explanation(self) -> str:
        """Say for whom, and that it can be taken back."""
        sentence = gettext(
            "A catalog with an empty draft is begun for %(agency)s; its people see it and may fill it in. As long as "
            "nothing was submitted, the draft can be taken away again."
        )
        own = access_for(self.request.user).acts_for(self.agency, *SENDING_AGENCY_ROLES)
        other = gettext("This is not your own agency.")
        explanation = sentence % {"agency": self.agency.name}
        return explanation if own else f"{other} {explanation}"

    def perform(self, form: BaseForm) -> HttpResponse:
        """Open what is not there yet and lead to the version."""
        version = page_actions.open_version(by=self.person, agency=self.agency)
        return redirect("catalogs:version", version.pk)
