"""An officer's own result on paper: one A4 page to print, and the receipt's file to calculate it again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property

from cms.evaluations.enums import Act
from cms.evaluations.explained import applied_lines, explained
from cms.evaluations.form_downloads import form_response
from cms.evaluations.models import Evaluation, Result
from cms.evaluations.presenters import laid_out
from cms.organisations.personal.screens import PersonalScreen

_RELATED = (
    "period__agency", "officer", "agency", "posting__position", "framework__framework", "evaluator", "decider",
)  # fmt: skip


class OwnResultScreen(PersonalScreen):
    """What stands on one of the officer's own results, once it may be read; before that it is not there."""

    name = "evaluations"

    @cached_property
    def evaluation(self) -> Evaluation:
        own = Evaluation.objects.own(self.officer).select_related(*_RELATED)
        found = own.filter(identity=self.kwargs["identity"]).first()
        if found is None or not found.is_readable:
            raise Http404
        return found

    @cached_property
    def result(self) -> Result:
        found = Result.objects.of([self.evaluation.pk]).first()
        if found is None:
            raise Http404
        return found


class PrintedResultScreen(OwnResultScreen):
    """One page of A4: the figures, where they come from, what would have changed them, and how to check them."""

    template_name = "evaluations/print.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.evaluation
        shown, receipt = laid_out(self.result), self.result.receipt
        decided = one.acts.filter(act=Act.DECIDE).select_related("decision").last()
        return super().get_context_data(**kwargs) | {
            "evaluation": one,
            "result": self.result,
            "explained": explained(one, self.result),
            "longer": shown.longer,
            "components": receipt["result"].get("components", {}).items() if shown.document else (),
            "applied": applied_lines(one),
            "decided": decided,
            "province": settings.THUOCDO_PROVINCE_NAME,
            "check_url": self.request.build_absolute_uri(reverse("check_receipt")),
        }


class OwnReceiptScreen(OwnResultScreen):
    """The receipt as it is kept, byte for byte: what ``manage.py score --check`` calculates again."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = f"phieu-{self.result.check_code}.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(self.result.receipt_text, content_type="application/json", headers=headers)


class OwnFormScreen(PersonalScreen):
    """Form 01 or 02 of one's own: before the result may be read, with one's self-assessment alone."""

    name = "evaluations"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        own = Evaluation.objects.own(self.officer).select_related(*_RELATED)
        found = own.filter(identity=self.kwargs["identity"]).first()
        if found is None:
            raise Http404
        return form_response(found, self.kwargs["form"], is_own=True)
