"""The list of agencies as a workbook: out, and in with a preview."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView

from cms.core.errors import WrongState
from cms.organisations import actions
from cms.organisations.forms import AgencyListForm
from cms.organisations.permissions import can_see_agencies
from cms.organisations.resources import ImportPlan, export_agencies, plan_import
from cms.organisations.views.base import FormScreen, Screen
from cms.organisations.workbooks import MAX_BYTES, UnreadableList

_LIST = ("organisations:agency_list", gettext_lazy("Agencies"))
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class AgencyDownload(Screen, View):
    """All agencies as one workbook."""

    opens_to = staticmethod(can_see_agencies)

    def get(self, request: HttpRequest) -> HttpResponse:
        name = f"co-quan-{timezone.localdate():%Y-%m-%d}.xlsx"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
        return HttpResponse(export_agencies(), content_type=_XLSX, headers=headers)


class AgencyUploadScreen(FormScreen):
    """Take a workbook and lead to its preview; nothing is written yet."""

    above = _LIST
    page_title = gettext_lazy("Bring in a list of agencies")
    header_icon = "upload"
    form_class = AgencyListForm
    submit_label = gettext_lazy("Check and preview")
    explanation = gettext_lazy("Nothing is written before you have seen and confirmed what the list changes.")

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        """Check that the file is such a list, and keep it for the preview."""
        upload = form.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise UnreadableList(_("The file is larger than 2 MB."))
        content = upload.read()
        plan_import(content)
        _forget(self.request)
        _storage().save(_place(self.request), ContentFile(content))
        return redirect("organisations:agency_preview")


class AgencyPreviewScreen(Screen, TemplateView):
    """What the kept workbook would change, or everything that is wrong with it; confirmed, it is written at once."""

    above = _LIST
    template_name = "organisations/agency_preview.html"
    page_title = gettext_lazy("Preview of the list")
    header_icon = "view"

    @cached_property
    def content(self) -> bytes:
        """Return the bytes that the person uploaded last; raise ``WrongState`` when there are none."""
        if not _storage().exists(_place(self.request)):
            raise WrongState(_("There is no list to confirm. Upload it first."))
        with _storage().open(_place(self.request)) as file:
            return bytes(file.read())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = plan_import(self.content)
        pages = Paginator(plan.errors or plan.changes, 100)
        return super().get_context_data(**kwargs) | {
            "plan": plan,
            "page_obj": pages.get_page(self.request.GET.get("page")),
            "seal": _seal(self.content, plan),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        """Write the list, if it and the tree are still what the preview showed."""
        plan = plan_import(self.content)
        if plan.errors or request.POST.get("seal") != _seal(self.content, plan):
            messages.error(request, _("The list or the tree changed since the preview. Look at it again."))
            return redirect("organisations:agency_preview")
        written = actions.write_agency_rows(by=self.person, rows=plan.rows)
        _forget(request)
        counts = {"added": written.added, "changed": written.changed}
        messages.success(request, _("%(added)d agencies added, %(changed)d changed.") % counts)
        return redirect(reverse("organisations:agency_list"))


def _storage() -> Storage:
    return storages["private"]


def _place(request: HttpRequest) -> str:
    """Return where a person's list waits: one file a person, so that nothing piles up."""
    return f"agency-lists/{request.user.pk}.xlsx"


def _forget(request: HttpRequest) -> None:
    _storage().delete(_place(request))


def _seal(content: bytes, plan: ImportPlan) -> str:
    """Return a hash of the file and of what it would do now: neither may change between preview and confirmation."""
    return hashlib.sha256(content + repr((plan.errors, plan.changes, plan.rows)).encode()).hexdigest()
