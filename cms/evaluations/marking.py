"""The table in which many people are marked at once: people as rows, what is marked as columns.

What is typed is kept against the act of marks that counted when the table was shown: where somebody else has marked
meanwhile, their marks stand where nothing was typed, and each cell in which both typed says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

from cms.core.periods import CalendarPeriod
from cms.evaluations import actions
from cms.evaluations.actions.marking import Marking, MarksRefused, marked_by
from cms.evaluations.actions.steps import takes_marks
from cms.evaluations.enums import Act
from cms.evaluations.forms import typed_marks
from cms.evaluations.marking_forms import MarkColumn, MarkRowForm, as_text
from cms.evaluations.models import Evaluation, EvaluationAct, Finding, Period, Result
from cms.evaluations.permissions import can_keep
from cms.evaluations.scoring_inputs import marks_of
from cms.frameworks.models import FrameworkVersion
from cms.organisations.actions import note_reads
from cms.organisations.enums import OfficerData
from cms.users.models import User

# On a page, and at most marked at once.
SIZE = 50
# A list of several periods is compared for the first of them: each costs three queries.
_MOST_PERIODS = 3


@dataclass(frozen=True)
class Before:
    """What came of the period before: the level that was decided or, before that, of the points; and its total."""

    result: Result | None
    level: str
    marks: Mapping[str, Any]

    def moved(self, now: Result | None) -> Decimal | None:
        """Return by how many points the total has moved since; None where one of them is not there."""
        if self.result is None or now is None or self.result.total is None or now.total is None:
            return None
        return (now.total - self.result.total).normalize()


@dataclass(frozen=True)
class MarkCell:
    """One mark of one person, with what the person said of it and what was given in the period before."""

    column: MarkColumn
    field: BoundField
    beside: list[BoundField]
    own: str
    before: str

    @property
    def errors(self) -> list[str]:
        """Return what is wrong with the mark itself."""
        return [str(each) for each in self.field.errors]


@dataclass
class MarkRow:
    """One person; ``shown`` are the marks that counted when the table was shown, by field."""

    evaluation: Evaluation
    last: EvaluationAct | None
    shown: dict[str, Any]
    own: dict[str, Any]
    before: Before | None
    result: Result | None
    level: str
    form: MarkRowForm | None

    @property
    def cells(self) -> list[MarkCell]:
        """Return the cells in the order of the columns."""
        if self.form is None:
            return []
        earlier = self.before.marks if self.before else {}
        return [
            MarkCell(
                each, self.form[each.name], self.form.beside(each.name), self._words(each, self.own),
                self._words(each, earlier),
            )
            for each in self.form.columns
        ]  # fmt: skip

    def _words(self, column: MarkColumn, marks: Mapping[str, Any]) -> str:
        value = marks.get(column.name)
        choices = dict(getattr(self.form.fields[column.name], "choices", ()))  # type: ignore[union-attr]
        return as_text(choices.get(value, value))


@dataclass
class MarkGroup:
    """People of one framework and role, whose marks are the same columns."""

    framework: FrameworkVersion
    role: str
    columns: list[MarkColumn]
    rows: list[MarkRow] = field(default_factory=list)


class MarkTable:
    """What one person marks on a page of a period; ``typed`` is the form as it was sent."""

    def __init__(
        self, period: Period, evaluations: Iterable[Evaluation], by: User, typed: QueryDict | None = None
    ) -> None:
        self.period, self.by = period, by
        self.evaluations = list(evaluations)
        self.typed = typed.copy() if typed is not None else None
        self.rows = self._read()

    @property
    def groups(self) -> list[MarkGroup]:
        """Return the rows by framework and role, those who cannot be marked now by themselves at the end."""
        found: dict[Any, MarkGroup] = {}
        for row in self.rows:
            if row.form is None:
                continue
            one = row.evaluation
            assert one.framework is not None  # noqa: S101 (``to_mark`` asked)
            key = (one.framework_id, one.role, tuple(row.form.fields))
            if key not in found:
                found[key] = MarkGroup(one.framework, one.get_role_display(), row.form.columns)
            found[key].rows.append(row)
        return list(found.values())

    @property
    def waiting(self) -> list[MarkRow]:
        """Return those who cannot be marked yet: an earlier step comes first."""
        return [row for row in self.rows if row.form is None]

    @property
    def errors(self) -> int:
        """Return in how many rows something is wrong."""
        return sum(bool(row.form and row.form.is_bound and row.form.errors) for row in self.rows)

    def note_reads(self) -> None:
        """Note for everybody on the page that their marks were read."""
        officers = [each.officer for each in self.evaluations if each.officer]
        note_reads(by=self.by, officers=officers, what=OfficerData.RESULT)

    def save(self) -> int | None:
        """Mark everybody for whom anything was typed; None where something is wrong, and then nobody is marked."""
        touched = {row.evaluation.pk: row.form for row in self.rows if row.form and row.form.is_bound}
        clashes = [clash for row in self.rows if row.evaluation.pk in touched for clash in self._meet(row)]
        refused = {pk: form for pk, form in touched.items() if not form.is_valid()}
        for form, name, sentence in clashes:
            form.add_error(name, sentence)
        if refused or clashes:
            return None
        markings = [
            Marking(row.evaluation, row.form.marks(), row.form.cleaned_data["words"], row.last.pk if row.last else 0)
            for row in self.rows
            if row.form and row.form.is_bound
        ]
        try:
            return len(actions.mark_many(by=self.by, markings=markings))
        except MarksRefused as refusal:
            for pk, sentence in refusal.refused.items():
                touched[pk].add_error(None, sentence)
            return None

    def _meet(self, row: MarkRow) -> list[tuple[MarkRowForm, str, str]]:
        """Take over what somebody else has marked meanwhile; return each cell in which both typed, with a sentence."""
        form, last = row.form, row.last
        if form is None or last is None or self.typed is None or form.typed("seen") == str(last.pk):
            return []
        stands, clashes = typed_marks(last.marks), []
        self.typed[form.add_prefix("seen")] = str(last.pk)
        for name in form.fields:
            now, was, typed = as_text(stands.get(name)), as_text(row.shown.get(name)), form.typed(name)
            if name in ("seen", "words") or now in (was, typed):
                continue
            if typed == was:
                self.typed[form.add_prefix(name)] = now
            else:
                sentence = _("%(who)s has given %(mark)s here. Save again to let yours stand.")
                clashes.append((form, name, sentence % {"who": marked_by(last), "mark": now or "–"}))
        return clashes

    def _read(self) -> list[MarkRow]:
        keys = [each.pk for each in self.evaluations]
        versions = FrameworkVersion.objects.select_related("framework").in_bulk(
            {each.framework_id for each in self.evaluations}
        )
        acts: dict[int, list[EvaluationAct]] = {}
        given = EvaluationAct.objects.filter(evaluation__in=keys, act=Act.MARK).select_related("done_by")
        for act in given.order_by("pk"):
            acts.setdefault(act.evaluation_id, []).append(act)
        own, before = marks_of(keys, Act.ASSESS), before_of(self.by, self.period, self.evaluations)
        results = {each.evaluation_id: each for each in Result.objects.of(keys)}
        levels = shown_levels(self.by, self.period, {pk: each.level for pk, each in results.items()})
        rows = []
        for one in self.evaluations:
            one.period, one.framework = self.period, versions[one.framework_id]
            marks = acts.get(one.pk, [])
            row = MarkRow(
                one, marks[-1] if marks else None, {}, typed_marks(own.get(one.pk, {})), before.get(one.pk),
                results.get(one.pk), levels.get(one.pk, ""), None,
            )  # fmt: skip
            if takes_marks(one):
                self._put_form(row, marks)
            rows.append(row)
        return rows

    def _put_form(self, row: MarkRow, acts: list[EvaluationAct]) -> None:
        """Give a row its form: as it was typed where anything was, otherwise with the marks that count."""
        kept: dict[str, Any] = {"evaluation": row.evaluation, "prefix": f"p{row.evaluation.pk}"}
        if self.typed is not None and f"{kept['prefix']}-words" in self.typed:
            form = MarkRowForm(self.typed, **kept)
            seen = next((act for act in acts if str(act.pk) == form.typed("seen")), None)
            row.shown = typed_marks(seen.marks) if seen else {}
            if form.differs(row.shown):
                row.form = form
                return
        row.shown = typed_marks(row.last.marks) if row.last else {}
        row.form = MarkRowForm(initial=row.shown | {"seen": row.last.pk if row.last else ""}, **kept)


def befores_of(by: Any, evaluations: Iterable[Evaluation]) -> dict[int, Before]:
    """Return what came of the period before for a page of evaluations of several periods, by the evaluation's key."""
    by_period: dict[int, list[Evaluation]] = {}
    for each in evaluations:
        if each.officer_id:
            by_period.setdefault(each.period_id, []).append(each)
    found: dict[int, Before] = {}
    for listed in list(by_period.values())[:_MOST_PERIODS]:
        found |= before_of(by, listed[0].period, listed)
    return found


def before_of(by: User, period: Period, evaluations: Iterable[Evaluation]) -> dict[int, Before]:
    """Return what came of the period before for the officers of some evaluations, by the evaluation's key.

    The evaluations are those that the person may read. Of the same agency alone: what another came to is in its own
    history; never what is about the person. Marks stand there where the same framework was marked.
    """
    earlier = CalendarPeriod(period.kind, period.first_day).before
    listed = {each.officer_id: each for each in evaluations}
    found = Evaluation.objects.counted().filter(
        officer__in=[pk for pk in listed if pk], period__agency=period.agency_id, period__kind=period.kind,
        period__first_day=earlier.first_day,
    ).exclude(officer__account=by.pk).order_by()  # fmt: skip
    last = {each.officer_id: each for each in found}
    keys = [each.pk for each in last.values()]
    results, marks = {each.evaluation_id: each for each in Result.objects.of(keys)}, marks_of(keys)
    reached = {one.pk: one.level or (results[one.pk].level if one.pk in results else "") for one in last.values()}
    levels = shown_levels(by, period, reached)
    versions = {each.framework_id or 0 for each in (*last.values(), *listed.values())}
    frameworks = dict(FrameworkVersion.objects.filter(pk__in=versions).values_list("pk", "framework"))
    before = {}
    for officer, one in last.items():
        now, result = listed[officer], results.get(one.pk)
        is_same = frameworks.get(one.framework_id or 0, 0) == frameworks.get(now.framework_id or 0)
        before[now.pk] = Before(
            result, levels.get(one.pk, ""),
            typed_marks(marks.get(one.pk, {})) if is_same else {},
        )  # fmt: skip
    return before


def shown_levels(by: Any, period: Period, levels: Mapping[int, str]) -> dict[int, str]:
    """Return the levels, by evaluation, that tell of no case which is not the person's to know."""
    if can_keep(by, period):
        return dict(levels)
    named = set(Finding.objects.standing().filter(evaluation__in=levels).values_list("evaluation", flat=True))
    return {pk: level for pk, level in levels.items() if pk not in named}
