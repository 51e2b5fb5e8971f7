"""Results by agency as figures of an indicator, in a file that the upload of figures from outside takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _

from catalog_pages.surveys.enums import SurveyState
from catalog_pages.surveys.models import SurveyQuestion
from catalog_pages.surveys.page import SurveyPage
from catalog_pages.surveys.questions import COUNTED, MEASURED, QuestionKind, possible_values
from catalog_pages.surveys.results import SurveyResults
from cms.core.cached_files import temporary_file
from cms.core.dates import format_date_vi
from cms.core.errors import WrongState
from cms.core.table_files import write_file
from cms.core.workbooks import ExportTable
from cms.evaluations.permissions import EVALUATING_KINDS
from cms.organisations.models import Agency

# As the upload reads them (importers.kinds.figures), which stands above.
_HEADINGS = (
    "Mã cơ quan, đơn vị", "Tên công chức, cơ quan", "Mã chỉ tiêu", "Số liệu", "Ngày đo", "Nguồn số liệu",
)  # fmt: skip
_LONGEST_SOURCE = 300
_GOOD = ("4", "5")


@dataclass(frozen=True)
class Measure:
    """What is measured of the answers to a question: their mean, or how many percent gave one of these values."""

    question: SurveyQuestion
    values: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Return what a form sends for it."""
        return f"{self.question.pk}:{'|'.join(self.values)}"

    @property
    def label(self) -> str:
        """Return what it is, for a choice."""
        if not self.values:
            return _("%(question)s: mean") % {"question": self.question.label}
        named = ", ".join(self.values)
        return _("%(question)s: percent who chose %(values)s") % {"question": self.question.label, "values": named}


def measures_of(survey: SurveyPage) -> Iterator[Measure]:
    """Yield what can be measured of a survey."""
    for question in SurveyQuestion.objects.filter(page=survey):
        if question.field_type in MEASURED:
            yield Measure(question)
        if question.field_type == QuestionKind.SCALE:
            yield Measure(question, _GOOD)
        elif question.field_type in COUNTED:
            yield from (Measure(question, (value,)) for value in possible_values(question))


def figures_file(
    survey: SurveyPage, measure: Measure, indicator: str, *, above: Agency | None = None
) -> tuple[IO[bytes], str]:
    """Return a workbook with a figure for each agency of which the measure may be shown, and its name.

    A file is one verifier's: of departments and communes, or of the units of the agency ``above``. Raises WrongState
    while the survey may be answered, and where nothing may be shown of any of them.
    """
    if survey.state != SurveyState.OVER:
        raise WrongState(_("Results are counted when the survey is over."))
    day, source = format_date_vi(survey.closes_on), f"{survey.title}: {measure.label}"[:_LONGEST_SOURCE]
    found = SurveyResults(survey).measured_by_agency(measure.question, measure.values)
    rows: list[tuple[Any, ...]] = [
        (agency.code, agency.name, indicator, value, day, source)
        for agency, value in found if _is_verified_with(agency, above)
    ]  # fmt: skip
    if not rows:
        raise WrongState(_("Of no agency did at least 5 people answer, so there is no figure."))
    table = ExportTable("SoLieu", _HEADINGS, (18, 40, 20, 12, 13, 60), rows)
    name = f"so-lieu-{survey.slug}"
    return temporary_file(lambda file: write_file("xlsx", [table], file, title=name, is_long=False)), f"{name}.xlsx"


def _is_verified_with(agency: Agency, above: Agency | None) -> bool:
    """Return whether the figures of an agency are recorded by those who record the file's."""
    if above is None:
        return agency.kind in EVALUATING_KINDS
    return agency.kind not in EVALUATING_KINDS and agency.path.startswith(above.path) and agency.pk != above.pk
