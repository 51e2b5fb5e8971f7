"""Screens of officers: the list, one officer with all postings, the file to take out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Prefetch
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import TemplateView

from cms.core.paging import Page, keyset_page
from cms.organisations import actions
from cms.organisations.enums import OfficerData
from cms.organisations.managers import manager_of
from cms.organisations.models import Officer, Posting, PostingFact
from cms.organisations.officer_forms import BeliefForm, OfficerAddForm, OfficerEditForm, OfficerFilterForm
from cms.organisations.permissions import can_see_officers, can_staff
from cms.organisations.staff_table import staff_file, staff_rows
from cms.organisations.views.base import FormScreen, Screen

LIST = ("organisations:officer_list", _("Officers"))
SIZE = 50
_FACTS = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class OfficerListScreen(Screen, TemplateView):
    """Those who hold a posting on a day, by code; each with the postings that were asked for."""

    template_name = "organisations/officer_list.html"
    page_title = LIST[1]
    header_icon = "user"
    opens_to = staticmethod(can_see_officers)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page; five queries whatever it holds."""
        form = OfficerFilterForm(self.request.GET or None, by=self.person)
        postings = form.postings().select_related("agency", "position__group").order_by("-is_main", "valid_from")
        officers = form.officers().prefetch_related(Prefetch("postings", postings, to_attr="shown_postings"))
        page: Page[Officer] = keyset_page(
            officers, order=("code",), size=SIZE,
            after=self.request.GET.get("after", ""), before=self.request.GET.get("before", ""),
        )  # fmt: skip
        return super().get_context_data(
            page=page, filter_form=form, writes=can_staff(self.person),
            asked=[(name, self.request.GET[name]) for name in form.fields if self.request.GET.get(name)], **kwargs,
        )  # fmt: skip


class OfficerDownload(Screen, View):
    """The postings that the filter leaves, as a workbook that an upload takes back. Who took it is in the ledger."""

    above = LIST
    opens_to = staticmethod(can_see_officers)
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = OfficerFilterForm(request.POST, by=self.person)
        postings = form.postings().filter(officer__in=form.officers())
        rows = list(staff_rows(postings))
        actions.note_export(by=self.person, count=len(rows), filters=form.filters())
        name = f"cong-chuc.{timezone.localdate():%Y-%m-%d}.xlsx"
        response = FileResponse(staff_file(rows), as_attachment=True, filename=name, content_type=XLSX)
        response["X-Content-Type-Options"] = "nosniff"
        return response


class OfficerAddScreen(FormScreen):
    """Add an officer with a first posting."""

    above = LIST
    page_title = _("Add an officer")
    header_icon = "plus"
    form_class = OfficerAddForm
    opens_to = staticmethod(can_staff)
    success_message = _("The officer has been added.")
    explanation = _(
        "Only what evaluations need is kept: no date of birth, no telephone number. "
        "Who comes from another agency of the province is transferred, not added."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.person}

    def perform(self, form: forms.BaseForm) -> None:
        values = {name: form.cleaned_data.get(name) for name in ("code", "name", "category", "account")}
        actions.add_officer(by=self.person, posting=form.values(), **values)  # type: ignore[attr-defined,arg-type]


class OfficerScreen(FormScreen):
    """Something about one officer, who can see who read it. Officers whom the person does not see are not found."""

    above = LIST
    header_icon = "user"
    opens_to = staticmethod(can_staff)

    @cached_property
    def officer(self) -> Officer:
        """Return the officer of the address."""
        return get_object_or_404(Officer.objects.visible_to(self.person), pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actions.note_read(by=self.person, officer=self.officer, what=OfficerData.STAFF_RECORD)
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def get_page_subtitle(self) -> str:
        return str(self.officer)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.person}

    def get_success_url(self) -> str:
        return reverse("organisations:officer_edit", args=[self.officer.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"officer": self.officer, "back_url": self.get_success_url()}


class OfficerEditScreen(OfficerScreen):
    """One officer: all postings that the person may see, the form, ways to what else can be done."""

    template_name = "organisations/officer_edit.html"
    page_title = _("Officer")
    form_class = OfficerEditForm
    opens_to = staticmethod(can_see_officers)
    success_message = _("The officer has been saved.")

    def may_open(self, request: HttpRequest) -> bool:
        """Return whether the person may read this, or, when something is sent, write any officer at all."""
        return super().may_open(request) if request.method in ("GET", "HEAD") else can_staff(request.user)

    def get_initial(self) -> dict[str, Any]:
        account = self.officer.account.username if self.officer.account else ""
        return {"name": self.officer.name, "category": self.officer.category, "account": account}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the postings, each with whether the person may change it."""
        own = Posting.objects.writable_by(self.person).values("pk")
        seen = self.officer.postings.visible_to(self.person).select_related("agency", "position__group")
        writable = set(self.officer.postings.filter(pk__in=own).values_list("pk", flat=True))
        today = timezone.localdate()
        may_edit = Officer.objects.writable_by(self.person, today).filter(pk=self.officer.pk).exists()
        # The agency that an officer left is not told where they are now, nor who manages them there.
        is_here = seen.on(today).filter(is_main=True).exists()
        return super().get_context_data(**kwargs) | {
            "postings": seen, "writable": writable, "today": today, "may_edit": may_edit,
            "may_post": can_staff(self.person), "back_url": reverse(LIST[0]),
            **self._beliefs(),
            "manager": manager_of(self.officer, today) if is_here else None,
        }  # fmt: skip

    def _beliefs(self) -> dict[str, Any]:
        """Return what was written down about the postings lately, and what was believed, when that is asked."""
        facts = PostingFact.objects.visible_to(self.person).filter(officer=self.officer).with_names()
        asks = "about" in self.request.GET
        form = BeliefForm(self.request.GET if asks else None)
        believed = None
        if asks and form.is_valid():
            days = form.cleaned_data
            believed = facts.believed_on(days["believed"]).about(days["about"]).order_by("-is_main", "pk")
        return {"belief_form": form, "believed": believed, "facts": facts.order_by("-pk")[:_FACTS]}

    def perform(self, form: forms.BaseForm) -> HttpResponse | None:
        actions.edit_officer(by=self.person, officer=self.officer, **form.cleaned_data)
        return None
