"""Links and results as files; their headings are Vietnamese, as of all our files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import IO, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog_pages.surveys.actions import NewLink
from catalog_pages.surveys.enums import SurveyState
from catalog_pages.surveys.page import SurveyPage
from catalog_pages.surveys.results import QuestionResult, SurveyResults
from cms.core.cached_files import temporary_file
from cms.core.errors import WrongState
from cms.core.table_files import MOST_IN_A_SMALL_FILE, write_file
from cms.core.workbooks import ExportTable

_TOO_FEW = "dưới 5 người trả lời"


def links_file(
    survey: SurveyPage, links: Sequence[NewLink], kind: str, absolute: Callable[[str], str]
) -> tuple[IO[bytes], str]:
    """Return the links that were just made as a file, with its name."""
    rows = [
        (link.agency.code if link.agency else "", link.agency.name if link.agency else "",
         absolute(reverse("survey_answer", args=[link.token])))
        for link in links
    ]  # fmt: skip
    table = ExportTable("DuongLink", ("Mã cơ quan", "Tên cơ quan", "Đường link"), (18, 40, 80), rows)
    return _file(kind, [table], f"duong-link-{survey.slug}")


def results_file(survey: SurveyPage) -> tuple[IO[bytes], str]:
    """Return the results as a workbook, with its name. Raises WrongState while the survey may be answered."""
    if survey.state != SurveyState.OVER:
        raise WrongState(_("Results are counted when the survey is over."))
    results = SurveyResults(survey)
    found = results.of_all(with_texts=True)
    tables = [_counts(found), _agencies(results), _texts(found)]
    return _file("xlsx", tables, f"ket-qua-{survey.slug}", is_long=results.answers > MOST_IN_A_SMALL_FILE)


def _counts(found: Sequence[QuestionResult]) -> ExportTable:
    rows: list[tuple[Any, ...]] = []
    for each in found:
        if not each.is_shown:
            rows.append((each.label, each.answers, _TOO_FEW))
            continue
        if each.mean is not None:
            rows.append((each.label, each.answers, "Trung bình", None, None, each.mean))
        rows.extend((each.label, each.answers, value, count, share) for value, count, share in each.counts)
    headings = ("Câu hỏi", "Số người trả lời", "Trả lời", "Số người", "Tỷ lệ (%)", "Điểm trung bình")
    return ExportTable("KetQua", headings, (50, 14, 40, 12, 12, 14), rows)


def _agencies(results: SurveyResults) -> ExportTable:
    labels = [each.label for each in results.measured]
    rows = [
        (each.agency.code, each.agency.name, each.answers, *(_TOO_FEW if mean is None else mean for mean in each.means))
        for each in results.by_agency()
    ]
    headings = ("Mã cơ quan", "Tên cơ quan", "Số người trả lời", *labels)
    return ExportTable("TheoCoQuan", headings, (18, 40, 14, *(24 for _label in labels)), rows)


def _texts(found: Sequence[QuestionResult]) -> ExportTable:
    rows = [(each.label, text) for each in found for text in each.texts]
    return ExportTable("YKien", ("Câu hỏi", "Ý kiến"), (50, 100), rows)


def _file(kind: str, tables: list[ExportTable], name: str, *, is_long: bool = False) -> tuple[IO[bytes], str]:
    file = temporary_file(lambda target: write_file(kind, tables, target, title=name, is_long=is_long))
    return file, f"{name}.{kind}"
