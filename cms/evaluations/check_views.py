"""The public page on which anybody checks the code of a printed result, or the file of a receipt."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from rest_framework.throttling import SimpleRateThrottle

from cms.core.addresses import counted_address
from cms.core.forms import CleanTextField, VietnameseDecimalField
from cms.evaluations import checking

MOST_BYTES = 2 * 1024 * 1024
_ANSWERS = {
    checking.FITS: gettext_lazy("It fits: a final result of this platform has it, and it still stands."),
    checking.REPLACED: gettext_lazy("It fits, but the result was opened again since: a later result stands now."),
    checking.UNKNOWN: gettext_lazy("No final result of this platform fits."),
    checking.CHANGED: gettext_lazy("The file was changed: its content does not fit the code that it carries."),
    checking.UNREADABLE: gettext_lazy("This is no receipt: it is not JSON, or not all of a receipt is in it."),
}


class CheckThrottle(SimpleRateThrottle):
    """How often one address may ask: enough for a pile of papers, too little to guess."""

    scope = "check_code"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """Count by the client's address."""
        return f"throttle_{self.scope}_{counted_address(request) or ''}"


class CheckForm(forms.Form):
    """Either the code with the points that stand beside it, or the receipt's file."""

    code = CleanTextField(label=gettext_lazy("Check code"), required=False, max_length=100)
    total = VietnameseDecimalField(label=gettext_lazy("Points on the paper"), required=False, places=3)
    file = forms.FileField(label=gettext_lazy("Or the file of the receipt (JSON)"), required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("file"):
            if typed["file"].size > MOST_BYTES:
                self.add_error("file", _("A receipt is at most 2 MB."))
        elif not self.errors and (not typed.get("code") or typed.get("total") is None):
            raise forms.ValidationError(_("Type the code and the points that stand on the paper, or choose the file."))
        return typed


@method_decorator(csrf_exempt, name="dispatch")
class CheckScreen(View):
    """Ask, and be told. Nothing is written, and a stranger's page needs no cookie."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, CheckForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        if not CheckThrottle().allow_request(request, self):  # type: ignore[arg-type]
            wait = _("Too many questions from this address. Try again in a minute.")
            return self._page(request, CheckForm(), wait, status=429)
        form = CheckForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form, status=422)
        typed = form.cleaned_data
        found = (
            checking.check_file(typed["file"].read()) if typed.get("file")
            else checking.check_typed(typed["code"], typed["total"])
        )  # fmt: skip
        return self._page(request, form, str(_ANSWERS[found.answer]))

    def _page(self, request: HttpRequest, form: CheckForm, answer: str = "", status: int = 200) -> HttpResponse:
        return render(request, "evaluations/check.html", {"form": form, "answer": answer}, status=status)
