"""Results as figures with a chart and a table, for editors and for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from catalog_pages.surveys.results import QuestionResult, SurveyResults
from catalog_pages.transparency.figures import Drawing, Figure, FigureColumn
from catalog_pages.transparency.presenters import FigurePresentation, present_figure
from cms.organisations.models import Agency

ShownResult = tuple[QuestionResult, FigurePresentation | None]


def public_results(survey: Any) -> dict[str, Any]:
    """Return what everybody may see: of all together, without a text."""
    results = SurveyResults(survey)
    shown = [each for each in results.of_all(with_texts=False) if each.answers]
    return {"answers": results.answers, "questions": draw(shown)}


def editors_results(survey: Any, agency: Agency | None) -> dict[str, Any]:
    """Return what those who hold surveys see: of all with texts, or about one agency without them."""
    results = SurveyResults(survey)
    found = results.of_agency(agency) if agency else results.of_all(with_texts=True)
    return {
        "answers": results.answers, "questions": draw(found), "measured": results.measured,
        "agencies": results.by_agency(),
    }  # fmt: skip


def draw(results: Iterable[QuestionResult]) -> list[ShownResult]:
    """Return each result with its figure, where there is something to draw."""
    return [(each, present_figure(_figure(each)) if each.counts else None) for each in results]


def _figure(result: QuestionResult) -> Figure:
    columns = (
        FigureColumn("value", _("Answer")), FigureColumn("people", _("People"), "number"),
        FigureColumn("share", _("Percent of those who answered"), "decimal"),
    )  # fmt: skip
    rows = tuple((value, count, str(share)) for value, count, share in result.counts)
    return Figure(
        code=result.name, title=result.label, summary="", columns=columns, rows=rows,
        drawing=Drawing("value", ("people",)),
    )  # fmt: skip
