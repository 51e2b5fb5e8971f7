"""Screens of authority: the tables, and where on a day nobody can be named."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.screens import Column, below
from cms.organisations import actions
from cms.organisations.access import access_for
from cms.organisations.authority import Line, lines_at
from cms.organisations.authority_forms import (
    AuthorityAddForm,
    AuthorityForm,
    GapFilterForm,
    GapOverviewForm,
    IssueForm,
)
from cms.organisations.enums import CATALOG_KINDS, AuthorityAct
from cms.organisations.models import Agency, AuthorityTable
from cms.organisations.officer_forms import readable_agencies
from cms.organisations.permissions import can_edit_authority, can_issue_authority, can_see_officers
from cms.organisations.views.base import FormScreen, ListScreen

_LIST = ("organisations:authority_list", gettext_lazy("Authority tables"))
_GAPS = ("organisations:gap_list", gettext_lazy("Gaps in authority"))


class AuthorityListScreen(ListScreen):
    """Every version of every block's table, the latest first."""

    page_title = _LIST[1]
    header_icon = "list-ul"
    opens_to = staticmethod(can_see_officers)
    filter_form_class = forms.Form
    empty = gettext_lazy("There is no authority table yet.")
    columns = (
        Column("table", gettext_lazy("Table"), str, url_name="organisations:authority_edit"),
        Column("state", gettext_lazy("State"), lambda table: _("Issued") if table.issued_at else _("Draft")),
        Column("effective_from", gettext_lazy("In effect from")),
        Column("decision_number", gettext_lazy("Decision number"), below=lambda table: below(table.basis)),
    )

    def get_queryset(self) -> QuerySet[AuthorityTable]:
        return AuthorityTable.objects.order_by("block", "-number")

    def buttons(self) -> list[tuple[str, Any]]:
        gaps = (reverse(_GAPS[0]), _GAPS[1])
        new = (reverse("organisations:authority_add"), _("Write a new version"))
        return [new, gaps] if can_edit_authority(self.person) else [gaps]


class AuthorityAddScreen(FormScreen):
    """Begin a new version of a block's table with the rows of the last, or go on with its draft."""

    above = _LIST
    page_title = gettext_lazy("Write a new version")
    header_icon = "plus"
    form_class = AuthorityAddForm
    opens_to = staticmethod(can_edit_authority)
    submit_label = gettext_lazy("Begin")

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        table = actions.draft_authority_table(by=self.person, block=form.cleaned_data["block"])
        return redirect("organisations:authority_edit", table.pk)


class AuthorityScreen(FormScreen):
    """Something about one version of a table."""

    above = _LIST
    header_icon = "list-ul"

    @cached_property
    def table(self) -> AuthorityTable:
        """Return the table of the address."""
        return get_object_or_404(AuthorityTable, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.table)


class AuthorityEditScreen(AuthorityScreen):
    """The whole table: chosen where it is a draft and the person writes drafts, else read."""

    template_name = "organisations/authority_edit.html"
    page_title = gettext_lazy("Authority table")
    form_class = AuthorityForm
    opens_to = staticmethod(can_see_officers)
    explanation = gettext_lazy(
        "Choose for each kind of subject which post has authority. Where nothing is chosen, nobody has it: that is "
        "listed as a gap, never guessed."
    )
    success_message = gettext_lazy("The table has been saved.")

    def may_open(self, request: HttpRequest) -> bool:
        """Return whether the person may read this, or, when something is sent, write drafts."""
        return super().may_open(request) if request.method in ("GET", "HEAD") else can_edit_authority(request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"table": self.table}

    def get_success_url(self) -> str:
        return reverse("organisations:authority_edit", args=[self.table.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_draft = self.table.issued_at is None
        return super().get_context_data(**kwargs) | {
            "table": self.table, "acts": AuthorityAct,
            "may_edit": is_draft and can_edit_authority(self.person),
            "may_issue": is_draft and can_issue_authority(self.person),
        }  # fmt: skip

    def perform(self, form: forms.BaseForm) -> None:
        posts = form.posts()  # type: ignore[attr-defined]
        actions.edit_authority_table(
            by=self.person, table=self.table, posts=posts, basis=form.cleaned_data["basis"]
        )  # fmt: skip


class AuthorityIssueScreen(AuthorityScreen):
    """Let a draft hold from a day on, as the second person."""

    page_title = gettext_lazy("Issue the authority table")
    header_icon = "check"
    form_class = IssueForm
    opens_to = staticmethod(can_issue_authority)
    submit_label = gettext_lazy("Issue")
    explanation = gettext_lazy("From then on the table never changes; a new version follows it. Not by who wrote it.")
    success_message = gettext_lazy("The authority table has been issued.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.issue_authority_table(by=self.person, table=self.table, **form.cleaned_data)


class GapOverviewScreen(ListScreen):
    """Departments and communes, a page of them at a time, each with how many are without manager or authority today."""

    page_title = _GAPS[1]
    header_icon = "warning"
    opens_to = staticmethod(can_see_officers)
    filter_form_class = GapOverviewForm
    paginate_by = 20
    empty = gettext_lazy("No agency is like this.")
    columns = (
        Column("name", gettext_lazy("Agency"), "name", url_name="organisations:gap_agency"),
        Column("people", gettext_lazy("Number of people"), "people"),
        Column("manager", gettext_lazy("Without a manager"), "gaps.manager"),
        Column("evaluate", gettext_lazy("Nobody evaluates"), "gaps.evaluate"),
        Column("classify", gettext_lazy("Nobody classifies"), "gaps.classify"),
    )

    def get_queryset(self) -> QuerySet[Agency]:
        own = Q(kind__in=CATALOG_KINDS) | Q(path__in=access_for(self.person).own_paths)
        found = readable_agencies(self.person).active().search(self.narrowed.get("q", ""))
        agencies: QuerySet[Agency] = found.filter(own).order_by("path")
        return agencies

    def present(self, rows: list[Agency]) -> list[Agency]:
        """Count what is found for everybody at the agencies of this page and below them."""
        lines = lines_at(rows, timezone.localdate())
        for agency in rows:
            here = [line for line in lines if _is_of(line, agency)]
            agency.people = len({line.posting.officer_id for line in here if line.posting})
            found = Counter(line.act.value if line.act else "manager" for line in here if line.answer.is_gap)
            agency.gaps = {name: found.get(name, 0) for name in ("manager", "evaluate", "classify")}
        return rows

    def buttons(self) -> list[tuple[str, Any]]:
        return [(reverse(_LIST[0]), _LIST[1]), (reverse("organisations:officer_list"), _("Officers"))]


def _is_of(line: Line, agency: Agency) -> bool:
    return line.agency == agency if agency.is_root() else line.agency.path.startswith(agency.path)


class GapScreen(ListScreen):
    """Who at an agency and below it has no manager or authority today, and why; on request all that is answered too."""

    above = _GAPS
    page_title = _GAPS[1]
    header_icon = "warning"
    opens_to = staticmethod(can_see_officers)
    filter_form_class = GapFilterForm
    empty = gettext_lazy("There is no gap here: everybody has a manager and an authority.")
    columns = (
        Column("unit", gettext_lazy("Agency"), "agency.name"),
        Column(
            "who",
            gettext_lazy("Whom it is about"),
            lambda line: line.posting.officer if line.posting else _("The organisation itself"),
            below=lambda line: below(line.posting.position if line.posting else ""),
        ),
        Column("act", gettext_lazy("Act"), lambda line: line.act.label if line.act else _("Direct manager")),
        Column(
            "answer",
            gettext_lazy("Who, and why"),
            lambda line: line.answer.officer or line.answer.hole.label,
            below=lambda line: below(line.answer.reason),
        ),
    )

    @cached_property
    def agency(self) -> Agency:
        """Return the agency of the address, among those whose officers the person reads."""
        return get_object_or_404(readable_agencies(self.person).active(), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.agency.name

    def get_queryset(self) -> Any:
        lines = lines_at([self.agency], timezone.localdate())
        return lines if self.narrowed.get("everything") else [line for line in lines if line.answer.is_gap]
