"""The answers to a survey as counts, shares and means: exact, and never of fewer than five people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Q

from catalog_pages.surveys.models import SurveyAnswer, SurveyLink, SurveyQuestion
from catalog_pages.surveys.questions import COUNTED, MEASURED, possible_values, values_of
from cms.organisations.models import Agency

# Of fewer people nothing is shown.
SMALLEST_GROUP = 5
_FINEST, _HUNDREDTH, _TENTH = Decimal("0.0001"), Decimal("0.01"), Decimal("0.1")


@dataclass
class Tally:
    """What some people answered to one question."""

    answers: int = 0
    values: Counter[str] = field(default_factory=Counter)
    total: Decimal = Decimal(0)

    def add(self, kind: str, answer: Any) -> None:
        """Count one answer."""
        self.answers += 1
        if kind in MEASURED:
            self.total += Decimal(answer)
        self.values.update(values_of(kind, answer))

    def merge(self, other: Tally) -> None:
        """Count what others answered, too."""
        self.answers += other.answers
        self.values.update(other.values)
        self.total += other.total

    @property
    def mean(self) -> Decimal:
        """Return the mean, rounded half up to two places."""
        return (self.total / self.answers).quantize(_HUNDREDTH, ROUND_HALF_UP)

    def measure(self, values: Collection[str]) -> Decimal:
        """Return the percent of those who gave one of some values, or without any the mean, to four places."""
        amount = Decimal(100 * sum(self.values[value] for value in values)) if values else self.total
        return (amount / self.answers).quantize(_FINEST, ROUND_HALF_UP)

    def share(self, value: str) -> Decimal:
        """Return how many percent of those who answered gave a value."""
        return (Decimal(100 * self.values[value]) / self.answers).quantize(_TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class QuestionResult:
    """One question, with how many answered; counts, mean and texts only where these are enough people."""

    name: str
    label: str
    kind: str
    answers: int
    is_shown: bool
    counts: tuple[tuple[str, int, Decimal], ...] = ()
    mean: Decimal | None = None
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class AgencyResult:
    """An agency that answers are about: how many, and the means that may be shown, in the order of the questions."""

    agency: Agency
    answers: int
    means: tuple[Decimal | None, ...]


def shown_groups(sizes: Mapping[Hashable, int]) -> set[Any]:
    """Return the groups that may be shown beside the sum of all; None is the group that has no name.

    Those of five people and more; where the others are together fewer than five, they would be found by subtracting, so
    that the smallest group that could be shown is left out with them.
    """
    shown = {group for group, size in sizes.items() if group is not None and size >= SMALLEST_GROUP}
    others = sum(size for group, size in sizes.items() if group not in shown)
    if 0 < others < SMALLEST_GROUP and shown:
        shown.remove(min(shown, key=lambda group: (sizes[group], str(group))))
    return shown


class SurveyResults:
    """The results of one survey: its answers are read once. Whoever shows them has seen that the survey is over."""

    def __init__(self, survey: Any) -> None:
        self.questions = list(SurveyQuestion.objects.filter(page=survey))
        self._tallies: dict[str, dict[int | None, Tally]] = {question.clean_name: {} for question in self.questions}
        self._sizes: Counter[int | None] = Counter()
        rows = SurveyAnswer.objects.filter(survey=survey).order_by("pk").values_list("agency", "data")
        for agency, data in rows.iterator():
            self._sizes[agency] += 1
            for question in self.questions:
                answer = data.get(question.clean_name)
                if answer is not None and (question.field_type in COUNTED or question.field_type in MEASURED):
                    own = self._tallies[question.clean_name].setdefault(agency, Tally())
                    own.add(question.field_type, answer)
        self._survey = survey

    @property
    def answers(self) -> int:
        """Return how many people answered."""
        return self._sizes.total()

    def of_all(self, *, with_texts: bool) -> list[QuestionResult]:
        """Return what all answered to each question, in the order of the questions."""
        texts = self._texts() if with_texts else {}
        return [self._result(question, self._whole(question), texts) for question in self.questions]

    def of_agency(self, agency: Agency) -> list[QuestionResult]:
        """Return what was answered about one agency, as far as it may be shown; never texts."""
        found = []
        for question in self.questions:
            if question.field_type not in COUNTED | MEASURED:
                continue
            parts = self._tallies[question.clean_name]
            may = agency.pk in self._shown(parts)
            found.append(self._result(question, parts[agency.pk] if may else Tally(), {}))
        return found

    @property
    def measured(self) -> list[SurveyQuestion]:
        """Return the questions of which there are means."""
        return [question for question in self.questions if question.field_type in MEASURED]

    def by_agency(self) -> list[AgencyResult]:
        """Return the agencies that answers are about, in the order of the tree."""
        shown = {each.clean_name: self._shown(self._tallies[each.clean_name]) for each in self.measured}
        return [
            AgencyResult(
                agency, self._sizes[agency.pk],
                tuple(
                    self._tallies[name][agency.pk].mean if agency.pk in groups else None
                    for name, groups in shown.items()
                ),
            )
            for agency in Agency.objects.filter(pk__in=[key for key in self._sizes if key]).order_by("path")
        ]  # fmt: skip

    def measured_by_agency(self, question: SurveyQuestion, values: Collection[str]) -> list[tuple[Agency, Decimal]]:
        """Return of each agency that may be shown the mean, or how many percent gave one of the values."""
        parts = self._tallies[question.clean_name]
        agencies = Agency.objects.filter(pk__in=self._shown(parts)).order_by("path")
        return [(agency, parts[agency.pk].measure(values)) for agency in agencies]

    def _shown(self, parts: Mapping[int | None, Tally]) -> set[Any]:
        return shown_groups({agency: tally.answers for agency, tally in parts.items()})

    def _whole(self, question: SurveyQuestion) -> Tally:
        whole = Tally()
        for part in self._tallies[question.clean_name].values():
            whole.merge(part)
        return whole

    def _result(self, question: SurveyQuestion, tally: Tally, texts: Mapping[str, list[str]]) -> QuestionResult:
        name, kind = question.clean_name, question.field_type
        given = texts.get(name, [])
        answers = tally.answers or len(given)
        if answers < SMALLEST_GROUP:
            return QuestionResult(name, question.label, kind, answers, is_shown=False)
        counts = [(value, tally.values[value], tally.share(value)) for value in _offered(question)]
        mean = tally.mean if kind in MEASURED else None
        return QuestionResult(name, question.label, kind, answers, True, tuple(counts), mean, tuple(given))

    def _texts(self) -> dict[str, list[str]]:
        """Return the texts to each question, in the order of their letters: nothing says who wrote two of them."""
        names = [each.clean_name for each in self.questions if each.field_type not in COUNTED | MEASURED]
        texts: dict[str, list[str]] = {name: [] for name in names}
        if names:
            for data in SurveyAnswer.objects.filter(survey=self._survey).values_list("data", flat=True).iterator():
                for name in names:
                    if data.get(name):
                        texts[name].append(data[name])
        return {name: sorted(given) for name, given in texts.items()}


def _offered(question: SurveyQuestion) -> list[str]:
    return possible_values(question) if question.field_type in COUNTED else []


def links_by_agency(survey: Any) -> list[Any]:
    """Return how many links were made for each agency and how many of them were used, in the order of the tree."""
    links = SurveyLink.objects.filter(survey=survey).values("agency__name", "agency__code", "agency__path")
    return list(links.annotate(made=Count("pk"), used=Count("pk", filter=Q(used=True))).order_by("agency__path"))
