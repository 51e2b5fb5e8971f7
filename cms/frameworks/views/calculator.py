"""The calculator: one subject by a draft or a published version, with the receipt below the form; nothing is stored."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.frameworks import conversion
from cms.frameworks.actions import trying
from cms.frameworks.errors import NotPublishable
from cms.frameworks.messages import described
from cms.frameworks.models import FrameworkVersion
from cms.frameworks.trials.shown import group_names
from cms.frameworks.views.calculator_form import FIRST_ROWS, MORE_ROWS, CalculationBasis, CalculatorForm
from cms.frameworks.views.screens import FrameworkScreen, RoomScreen, editor_url, json_file
from cms.scoring.answer import answer
from cms.scoring.document import document

# What the buttons of the form ask for.
CALCULATE, ADD_ROWS, FILE = "calculate", "rows", "json"


class CalculatorView(RoomScreen):
    """What the calculators share; subclasses say by what is calculated."""

    template_name = "frameworks/calculator.html"
    page_title = gettext_lazy("Calculator")
    header_icon = "edit"

    @cached_property
    def chosen(self) -> CalculationBasis | None:
        """Return by what is calculated; None for a draft that makes no sense yet."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the form, as far as it was filled in already."""
        form = self._drawn(request.GET) if self.chosen else None
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Calculate, hand out the answer as a file, or draw the form anew with more rows or another role."""
        if self.chosen is None:
            return self.get(request)
        act = request.POST.get("act", "")
        if act not in (CALCULATE, FILE):
            more = MORE_ROWS if act == ADD_ROWS else 0
            return self.render_to_response(self.get_context_data(form=self._drawn(request.POST, more)))
        form = self._form(request.POST, bound=True)
        if not form.is_valid() or form.score is None:
            return self.render_to_response(self.get_context_data(form=form), status=400)
        result = answer(form.score)
        if act == FILE:
            return json_file(result, f"{self.chosen.definition.code}.json")
        laid_out = document(result["receipt"], names=group_names())
        return self.render_to_response(self.get_context_data(form=form, receipt=laid_out))

    def _drawn(self, data: QueryDict, more: int = 0) -> CalculatorForm:
        return self._form(data, more=more)

    def _form(self, data: QueryDict, *, bound: bool = False, more: int = 0) -> CalculatorForm:
        assert self.chosen is not None  # noqa: S101 (both callers asked)
        roles = self.chosen.definition.roles
        role = data.get("role", "")
        rows = data.get("row_count", "")
        shape: dict[str, Any] = {
            "chosen": self.chosen,
            "role": role if role in roles else roles[0],
            "position_group": data.get("position_group", ""),
            "rows": (int(rows) if rows.isdecimal() and len(rows) < 4 else FIRST_ROWS) + more,
        }
        typed = {name: data.getlist(name) if name == "flags" else data[name] for name in data}
        return CalculatorForm(data, **shape) if bound else CalculatorForm(initial=typed, **shape)


class DraftCalculatorView(CalculatorView, FrameworkScreen):
    """By a draft, as it stands now."""

    @cached_property
    def chosen(self) -> CalculationBasis | None:
        """Return the draft; None while there is something to mend."""
        try:
            return CalculationBasis(trying.readable_draft(self.framework))
        except NotPublishable as refusal:
            self.refusal = refusal
            return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what has to be mended in the draft first."""
        problems = []
        if self.chosen is None:
            data = conversion.definition_data(self.framework.get_latest_revision_as_object())
            problems = described(self.refusal.problems, data)
        of = _("the draft as it stands now")
        context = {"draft_problems": problems, "of": of, "editor_url": editor_url(self.framework)}
        return super().get_context_data(**context, **kwargs)


class VersionCalculatorView(CalculatorView):
    """By a published version: those are public."""

    @cached_property
    def version(self) -> FrameworkVersion:
        """Return the version of the address."""
        return get_object_or_404(FrameworkVersion, pk=self.kwargs["pk"])

    @cached_property
    def chosen(self) -> CalculationBasis:
        return CalculationBasis(self.version.definition, self.version.number, self.version.content_hash)

    def get_page_subtitle(self) -> str:
        return self.version.name

    def trail(self) -> list[dict[str, Any]]:
        """Name the framework; its draft may be another's."""
        return [{"url": "", "label": self.version.name}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        of = _("Version %(number)s") % {"number": self.version.number}
        return super().get_context_data(of=of, **kwargs)
