"""Screens of personal identity numbers: one officer's, read whole for a reason, a list of many."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from cms.organisations import actions
from cms.organisations.errors import IdentityNumbersRefused, IdentityNumbersSealed
from cms.organisations.forms import ReasonForm
from cms.organisations.models import Officer
from cms.organisations.permissions import can_staff
from cms.organisations.views.base import FormScreen, Screen
from cms.organisations.views.officers import LIST, XLSX, OfficerScreen
from cms.organisations.workbooks import UnreadableList, read_rows, write_rows

COLUMNS = ("Mã công chức", "Số định danh cá nhân")


class NumberForm(forms.Form):
    """A number that is typed."""

    number = forms.CharField(
        label=_("Personal identity number"), max_length=20, help_text=_("12 digits."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )  # fmt: skip


class NumbersForm(forms.Form):
    """A workbook of numbers."""

    file = forms.FileField(label=_("Excel workbook (.xlsx)"), widget=forms.FileInput(attrs={"accept": ".xlsx"}))


@method_decorator([never_cache, sensitive_post_parameters("number")], name="dispatch")
class IdentityNumberScreen(OfficerScreen):
    """Something about an officer's number."""

    @cached_property
    def officer(self) -> Officer:
        """Return the officer of the address; one whom the person may not change is not found."""
        return get_object_or_404(Officer.objects.writable_by(self.person, timezone.localdate()), pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("by")
        return kwargs

    def get_success_url(self) -> str:
        return reverse("organisations:officer_identity", args=[self.officer.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the masked number, or why there can be none."""
        context = super().get_context_data(**kwargs) | {
            "back_url": reverse("organisations:officer_edit", args=[self.officer.pk])
        }
        try:
            return context | {"masked": actions.masked_identity_number(self.officer)}
        except IdentityNumbersSealed as refusal:
            return context | {"sealed": str(refusal)}


class IdentityNumberEntryScreen(IdentityNumberScreen):
    """The number, masked; another entered in its place."""

    template_name = "organisations/identity_number.html"
    page_title = _("Personal identity number")
    form_class = NumberForm
    submit_label = _("Keep the number")
    success_message = _("The number is kept, sealed.")
    explanation = _(
        "Only for the national database. The number is kept apart from the officer, sealed with a key of this "
        "installation, and stands in no list, search, file or ledger. Who enters or reads it is noted."
    )

    def perform(self, form: forms.BaseForm) -> None:
        actions.enter_identity_number(by=self.person, officer=self.officer, number=form.cleaned_data["number"])


class IdentityNumberReadScreen(IdentityNumberScreen):
    """The whole number for a reason, in this one answer."""

    template_name = "screens/form.html"
    page_title = _("Read the whole number")
    form_class = ReasonForm
    submit_label = _("Show the number")
    explanation = _(
        "Say why you need it. Your name, the day and the reason are noted in the ledger, and the officer sees who "
        "read it."
    )

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        number = actions.read_identity_number(
            by=self.person, officer=self.officer, reason=form.cleaned_data["reason"]
        )  # fmt: skip
        context = self.get_context_data(form=form) | {"number": number}
        return self.response_class(self.request, "organisations/identity_number_read.html", context)


class IdentityNumberRemovalScreen(IdentityNumberScreen):
    """The number forgotten."""

    template_name = "screens/form.html"
    page_title = _("Remove the number")
    form_class = forms.Form
    submit_label = _("Remove")
    success_message = _("The number has been removed.")
    explanation = _("The number is forgotten for good. That you removed it is noted.")
    serious = True

    def perform(self, form: forms.BaseForm) -> None:
        actions.remove_identity_number(by=self.person, officer=self.officer)


class IdentityNumberTemplate(Screen, View):
    """An empty workbook to fill in."""

    opens_to = staticmethod(can_staff)

    def get(self, request: HttpRequest) -> HttpResponse:
        headers = {
            "Content-Disposition": 'attachment; filename="so-dinh-danh.xlsx"', "X-Content-Type-Options": "nosniff"
        }  # fmt: skip
        return HttpResponse(write_rows("SoDinhDanh", COLUMNS, [], {}), content_type=XLSX, headers=headers)


@method_decorator(never_cache, name="dispatch")
class IdentityNumberUploadScreen(FormScreen):
    """A workbook of many numbers, kept whole or not at all. The file itself is kept nowhere."""

    above = LIST
    template_name = "organisations/identity_numbers_upload.html"
    page_title = _("Bring in identity numbers")
    header_icon = "upload"
    form_class = NumbersForm
    opens_to = staticmethod(can_staff)
    submit_label = _("Check and keep")
    explanation = _(
        "Two columns: the officer's code and the number, its cells formatted as text. Either every number is kept or "
        "none, and then everything that is wrong stands here. The file itself is not kept."
    )

    def perform(self, form: forms.BaseForm) -> HttpResponse | None:
        rows = [
            actions.IdentityRow(row.number, str(row.values[COLUMNS[0]]), str(row.values[COLUMNS[1]]))
            for row in read_rows(form.cleaned_data["file"].read(), COLUMNS)
        ]
        if not rows:
            raise UnreadableList(_("The first sheet is empty."))
        try:
            count = actions.write_identity_numbers(by=self.person, rows=rows)
        except IdentityNumbersRefused as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form, problems=refusal.problems))
        self.success_message = ngettext("%(count)d number is kept.", "%(count)d numbers are kept.", count) % {
            "count": count
        }
        return None
