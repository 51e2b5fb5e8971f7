"""The lists of agencies and of positions as workbooks: out, and in with a preview."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
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
from cms.organisations.forms import SmallListForm
from cms.organisations.permissions import can_edit_positions, can_see_agencies
from cms.organisations.position_list import export_positions, plan_positions
from cms.organisations.resources import export_agencies, plan_import
from cms.organisations.views.base import FormScreen, Screen
from cms.organisations.workbooks import MAX_BYTES, UnreadableList

_LIST = ("organisations:agency_list", gettext_lazy("Agencies"))
_POSITIONS = ("organisations:position_list", gettext_lazy("Positions"))
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ListDownload(Screen, View):
    """A whole list as one workbook."""

    name: str
    export: Callable[[], bytes]

    def get(self, request: HttpRequest) -> HttpResponse:
        name = f"{self.name}-{timezone.localdate():%Y-%m-%d}.xlsx"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
        return HttpResponse(self.export(), content_type=_XLSX, headers=headers)


class ListUploadScreen(FormScreen):
    """Take a workbook and lead to its preview; nothing is written yet."""

    header_icon = "upload"
    form_class = SmallListForm
    submit_label = gettext_lazy("Check and preview")
    explanation = gettext_lazy("Nothing is written before you have seen and confirmed what the list changes.")
    folder: str
    plan: Callable[[bytes], Any]
    preview: str

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        """Check that the file is such a list, and keep it for the preview."""
        upload = form.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise UnreadableList(_("The file is larger than 2 MB."))
        content = upload.read()
        self.plan(content)
        place = _place(self.folder, self.request)
        _storage().delete(place)
        _storage().save(place, ContentFile(content))
        return redirect(self.preview)


class ListPreviewScreen(Screen, TemplateView):
    """What the kept workbook would change, or everything that is wrong with it; confirmed, it is written at once."""

    template_name = "organisations/list_preview.html"
    page_title = gettext_lazy("Preview of the list")
    header_icon = "view"
    folder: str
    plan: Callable[[bytes], Any]
    upload: str
    # What a row is called, and a sentence about what the list does not name.
    row_label: Any
    left_out: Any
    write: Callable[..., Any]
    written: Any

    @property
    def place(self) -> str:
        return _place(self.folder, self.request)

    @cached_property
    def content(self) -> bytes:
        """Return the bytes that the person uploaded last; raise ``WrongState`` when there are none."""
        if not _storage().exists(self.place):
            raise WrongState(_("There is no list to confirm. Upload it first."))
        with _storage().open(self.place) as file:
            return bytes(file.read())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = self.plan(self.content)
        pages = Paginator(plan.errors or plan.changes, 100)
        return super().get_context_data(**kwargs) | {
            "plan": plan,
            "page_obj": pages.get_page(self.request.GET.get("page")),
            "seal": _seal(self.content, plan),
            "upload_url": reverse(self.upload),
            "row_label": self.row_label,
            "left_out": self.left_out,
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        """Write the list, if it and what is there are still what the preview showed."""
        plan = self.plan(self.content)
        if plan.errors or request.POST.get("seal") != _seal(self.content, plan):
            messages.error(request, _("The list or the tree changed since the preview. Look at it again."))
            return redirect(request.path)
        written = self.write(by=self.person, rows=plan.rows)
        _storage().delete(self.place)
        messages.success(request, self.written % {"added": written.added, "changed": written.changed})
        return redirect(self.refused_url())


class AgencyDownload(ListDownload):
    opens_to = staticmethod(can_see_agencies)
    name = "co-quan"
    export = staticmethod(export_agencies)


class AgencyUploadScreen(ListUploadScreen):
    above = _LIST
    page_title = gettext_lazy("Bring in a list of agencies")
    folder = "agency-lists"
    plan = staticmethod(plan_import)
    preview = "organisations:agency_preview"


class AgencyPreviewScreen(ListPreviewScreen):
    above = _LIST
    folder = "agency-lists"
    plan = staticmethod(plan_import)
    upload = "organisations:agency_upload"
    row_label = gettext_lazy("Agency")
    left_out = gettext_lazy("Agencies that the list leaves out stay as they are.")
    write = staticmethod(actions.write_agency_rows)
    written = gettext_lazy("%(added)d agencies added, %(changed)d changed.")


class PositionDownload(ListDownload):
    """What editors keep, drafts included: it is theirs alone."""

    opens_to = staticmethod(can_edit_positions)
    name = "vi-tri-viec-lam"
    export = staticmethod(export_positions)


class PositionUploadScreen(ListUploadScreen):
    above = _POSITIONS
    opens_to = staticmethod(can_edit_positions)
    page_title = gettext_lazy("Bring in a list of positions")
    folder = "position-lists"
    plan = staticmethod(plan_positions)
    preview = "organisations:position_preview"


class PositionPreviewScreen(ListPreviewScreen):
    above = _POSITIONS
    opens_to = staticmethod(can_edit_positions)
    folder = "position-lists"
    plan = staticmethod(plan_positions)
    upload = "organisations:position_upload"
    row_label = gettext_lazy("Job position")
    left_out = gettext_lazy("Positions that the list leaves out stay as they are.")
    write = staticmethod(actions.write_position_rows)
    written = gettext_lazy("%(added)d positions added, %(changed)d changed.")


def _storage() -> Storage:
    return storages["private"]


def _place(folder: str, request: HttpRequest) -> str:
    """Return where a person's list waits: one file a person, so that nothing piles up."""
    return f"{folder}/{request.user.pk}.xlsx"


def _seal(content: bytes, plan: Any) -> str:
    """Return a hash of the file and of what it would do now: neither may change between preview and confirmation."""
    return hashlib.sha256(content + repr((plan.errors, plan.changes, plan.rows)).encode()).hexdigest()
