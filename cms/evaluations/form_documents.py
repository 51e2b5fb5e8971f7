"""Forms 01 and 02 of the decree (Annex II) as Word documents, filled from rows: what no row says stays blank.

What each form holds is known from its published parts; see ``docs/adr``. Nothing is worked out here.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import docx
from django.utils import timezone
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from cms.core.dates import format_date_vi
from cms.evaluations import form_words as words
from cms.evaluations.enums import Act, Step
from cms.evaluations.explained import applied_lines, case_title
from cms.evaluations.models import Evaluation, EvaluationAct, Result
from cms.frameworks.blocks.words import LEVELS
from cms.scoring.criteria import is_for
from cms.scoring.definition.sections import Criterion, Section
from cms.scoring.exact import to_vietnamese
from cms.scoring.vocabulary import every_criterion, every_indicator

_FONT, _SIZE = "Times New Roman", Pt(12)


@dataclass(frozen=True)
class FormSource:
    """What a form is filled from: only what its reader may see stands in ``acts`` and ``result``."""

    evaluation: Evaluation
    acts: Sequence[EvaluationAct]
    result: Result | None
    findings: Sequence[str] = ()

    def last(self, act: str) -> EvaluationAct | None:
        """Return the act of a kind that counts: the last."""
        return next((each for each in reversed(self.acts) if each.act == act), None)

    def marks(self, act: str) -> dict[str, Any]:
        """Return the marks that an act gave."""
        found = self.last(act)
        return dict(found.marks) if found else {}

    @property
    def receipt(self) -> dict[str, Any]:
        """Return the receipt; empty before there is a result to be read."""
        return self.result.receipt if self.result else {}


def source_of(evaluation: Evaluation, *, is_own: bool) -> FormSource:
    """Return what a form is filled from: of one's own, before it may be read, the self-assessment alone."""
    acts = evaluation.acts.select_related("done_by", "decision")
    if is_own and not evaluation.is_readable:
        return FormSource(evaluation, list(acts.filter(act=Act.ASSESS)), None)
    findings = [f"{case_title(evaluation, each.code)} ({each.document})" for each in evaluation.findings.standing()]
    return FormSource(evaluation, list(acts), Result.objects.of([evaluation.pk]).first(), findings)


def form_01(source: FormSource) -> bytes:
    """Return Form 01: the common criteria, the work with its percentages, what was said and by whom."""
    paper = _begun(source, words.FORM_01, words.FORM_01_SOURCE)
    framework = source.evaluation.framework
    sections = framework.definition.sections if framework else ()
    for number, section in enumerate(sections, 1):
        title = words.SECTION.format(number=_roman(number), title=section.title, most=to_vietnamese(section.max))
        _heading(paper, title)
        if section.kind == "indicators":
            _work(paper, source)
            _indicators(paper, source, section)
        else:
            _criteria(paper, source, section)
        points = source.receipt.get("result", {}).get("sections", {}).get(section.code)
        _line(paper, words.POINTS.format(points=_number(points)))
    _total(paper, source)
    _remarks(paper, source)
    _signatures(paper, source)
    return _bytes(paper)


def form_02(source: FormSource) -> bytes:
    """Return Form 02: the results of the year's periods, the levels proposed, and the decision."""
    paper = _begun(source, words.FORM_02, words.FORM_02_SOURCE)
    parts = source.receipt.get("result", {}).get("parts", [])
    if parts:
        _heading(paper, words.PARTS)
        rows = [(each.get("label", ""), _number(each.get("total")), each.get("note", "")) for each in parts]
        _table(paper, words.PARTS_HEADINGS, rows, (5, 3, 8))
    _total(paper, source)
    for sentence, act in (
        (words.PROPOSED, Act.ASSESS), (words.PROPOSED_BY_USER, Act.MARK), (words.VERIFIED, Act.VERIFY),
        (words.DECIDED, Act.DECIDE),
    ):  # fmt: skip
        found = source.last(act)
        if act in (Act.VERIFY,) and Step.VERIFY not in source.evaluation.step_values:
            continue
        _line(paper, sentence.format(level=_level(found.level if found else "")))
    decided = source.last(Act.DECIDE)
    if decided and decided.decision:
        _line(paper, words.DECISION.format(number=decided.decision))
    for finding in source.findings:
        _line(paper, words.FINDINGS.format(finding=finding))
    _remarks(paper, source)
    _signatures(paper, source)
    return _bytes(paper)


FORMS = {1: form_01, 2: form_02}


# Parts -----------------------------------------------------------------------------------------------------------


def _begun(source: FormSource, title: str, of_decree: str) -> Document:
    one, paper = source.evaluation, docx.Document()
    style = paper.styles["Normal"]
    style.font.name, style.font.size = _FONT, _SIZE
    page = paper.sections[0]
    page.page_width, page.page_height, page.left_margin, page.right_margin = Cm(21), Cm(29.7), Cm(3), Cm(2)
    head = paper.add_table(rows=1, cols=2).rows[0].cells
    head[0].text = str(one.period.agency.name).upper()
    head[1].text = f"{words.COUNTRY}\n{words.MOTTO}"
    for cell in head:
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, bold in ((title, True), (of_decree, False)):
        _centred(paper, text, bold)
    period = one.period
    first, last = format_date_vi(period.first_day), format_date_vi(period.last_day)
    _centred(paper, words.PERIOD.format(period=period, first=first, last=last), False)
    _line(paper, words.NAME.format(name=one.subject.name, code=one.subject.code))
    position = one.posting.position.name if one.posting else words.BLANK
    _line(paper, words.POSITION.format(position=position, role=one.get_role_display()))
    _line(paper, words.AGENCY.format(agency=one.agency.name))
    _line(paper, words.FRAMEWORK.format(framework=one.framework.name if one.framework else words.BLANK))
    for line in applied_lines(one):
        _line(paper, words.APPLIED.format(line=line))
    return paper


def _criteria(paper: Document, source: FormSource, section: Section) -> None:
    own, counted = source.marks(Act.ASSESS), source.marks(Act.MARK)
    rows = [
        (each.code, each.title, to_vietnamese(each.max), *_marks(each, own, counted))
        for each in every_criterion(section.criteria) if is_for(each.roles, source.evaluation.role)
    ]  # fmt: skip
    _table(paper, words.CRITERIA_HEADINGS, rows, (1.4, 6.6, 1.7, 1.7, 2, 2.6))


def _marks(each: Criterion, own: dict[str, Any], counted: dict[str, Any]) -> tuple[str, str, str]:
    """Return both marks and the comment of a criterion; of a group nothing."""
    if each.criteria:
        return "", "", ""
    given = (marks.get("criteria", {}).get(each.code) for marks in (own, counted))
    comment = counted.get("comments", {}).get(each.code) or own.get("comments", {}).get(each.code) or ""
    mark, second = (words.BLANK if value is None else _number(value) for value in given)
    return mark, second, str(comment)


def _work(paper: Document, source: FormSource) -> None:
    lines = source.receipt.get("inputs", {}).get("work") or []
    if not lines:
        return
    _line(paper, words.WORK_TITLE)
    rows = [
        (str(number), each.get("title", ""), _number(each["coefficient"]), _number(each["assigned"]),
         _number(each["completed"]), _faults(each, "quality_failures", "quality_exempt"),
         _faults(each, "late_occurrences", "late_exempt"))
        for number, each in enumerate(lines, 1)
    ]  # fmt: skip
    _table(paper, words.WORK_HEADINGS, rows, (1.2, 6, 1.6, 1.7, 1.9, 1.9, 1.7))


def _faults(line: dict[str, Any], count: str, exempt: str) -> str:
    found = line.get(count, 0)
    return words.EXEMPT.format(count=found) if found and line.get(exempt) else str(found or "")


def _indicators(paper: Document, source: FormSource, section: Section) -> None:
    percents = source.receipt.get("result", {}).get("components", {})
    rows = [
        (each.code, each.title, _number(percents.get(each.code)))
        for each in every_indicator(section.indicators) if is_for(each.roles, source.evaluation.role)
    ]  # fmt: skip
    _table(paper, words.INDICATOR_HEADINGS, rows, (1.6, 11.4, 3))


def _total(paper: Document, source: FormSource) -> None:
    total = source.result.shown_total if source.result else None
    level = source.result.level if source.result else ""
    _line(paper, words.TOTAL.format(total=_number(total), level=_level(level)), bold=True)


def _remarks(paper: Document, source: FormSource) -> None:
    _heading(paper, words.REMARKS)
    for act, label in words.BY_WHOM.items():
        if act not in source.evaluation.step_values:
            continue
        found = source.last(act)
        _line(paper, f"{label}: {found.words if found and found.words else words.BLANK}")


def _signatures(paper: Document, source: FormSource) -> None:
    one = source.evaluation
    named = (
        one.subject.name, one.evaluator.name if one.evaluator else words.BLANK,
        one.decider.name if one.decider else words.BLANK,
    )  # fmt: skip
    days = [source.last(act) for act in (Act.ASSESS, Act.MARK, Act.DECIDE)]
    table = paper.add_table(rows=1, cols=3)
    for cell, label, name, act in zip(table.rows[0].cells, words.SIGNED, named, days, strict=True):
        day = format_date_vi(timezone.localdate(act.done_at)) if act else words.BLANK
        cell.text = f"{words.DATED.format(day=day)}\n{label}\n{words.SIGN_NOTE}\n\n\n{name}"
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    if source.result is not None:
        _line(paper, words.CHECK_CODE.format(code=source.result.check_code))
        if source.result.frozen_at is None:
            _line(paper, words.NOT_FINAL)


# Word ------------------------------------------------------------------------------------------------------------


def _heading(paper: Document, text: str) -> None:
    _line(paper, text, bold=True)


def _line(paper: Document, text: str, *, bold: bool = False) -> None:
    paper.add_paragraph().add_run(text).bold = bold


def _centred(paper: Document, text: str, bold: bool) -> None:
    paragraph = paper.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text).bold = bold


def _table(paper: Document, headings: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float]) -> None:
    table = paper.add_table(rows=1, cols=len(headings), style="Table Grid")
    table.autofit = False
    for cells in (headings, *rows):
        own = table.rows[0].cells if cells is headings else table.add_row().cells
        for cell, text, width in zip(own, cells, widths, strict=True):
            cell.text, cell.width = str(text), Cm(width)
            if cells is headings:
                cell.paragraphs[0].runs[0].bold = True


def _bytes(paper: Document) -> bytes:
    paper.core_properties.author = ""
    kept = io.BytesIO()
    paper.save(kept)
    return kept.getvalue()


def _level(code: str) -> str:
    return str(LEVELS.get(code, words.BLANK)) if code else words.BLANK


def _number(value: Any) -> str:
    return words.BLANK if value is None else str(value).replace(".", ",")


def _roman(number: int) -> str:
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")[min(number, 10) - 1]
