"""Scoring a period from the database: results with their receipts, calculated anew until they are locked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.evaluations.models import Evaluation, Period, Result
from cms.evaluations.scoring_inputs import (
    Found,
    Leading,
    OrganisationInputs,
    PeriodInputs,
    found_of,
    inputs_of,
    leading_of,
    longer_subjects,
)
from cms.frameworks.calculation_longer import calculate_periods
from cms.frameworks.models import FrameworkVersion
from cms.organisations.models import Agency
from cms.scoring import engine
from cms.scoring.answer import answer
from cms.scoring.canonical import canonical_bytes, content_hash
from cms.scoring.engine import ENGINE_VERSION
from cms.scoring.exact import read_number

LONGER_SCHEMA = "thuocdo.period/1"
_BATCH = 200


@dataclass(frozen=True)
class Computed:
    """What scoring one evaluation brought, ready to be stored: canonical JSON in text."""

    evaluation: Evaluation
    status: str
    total: str | None
    level: str | None
    receipt_text: str
    part_text: str
    content_hash: str
    components: Mapping[str, Any]

    @property
    def found(self) -> Found:
        """Return what leaders' results are made of."""
        return (None if self.total is None else read_number(self.total)), self.evaluation.level or self.level


@transaction.atomic
def compute(period: Period, only: Iterable[int] | None = None) -> list[Evaluation]:
    """Score the evaluations of a period and keep what changed; return the decided ones that the facts left behind.

    With ``only`` (keys) those and all who answer for them. What was decided keeps its figures: where they would be
    others now it is returned and nothing of it is written; where only words or lines behind the same figures changed,
    its receipt follows until the lock.
    """
    # One at a time for a period: those who mark at the same moment share the results of who leads.
    Period.objects.select_for_update(of=("self",), no_key=True).get(pk=period.pk)
    leading = leading_of(period)
    wanted = None if only is None else {pk for own in only for pk in (own, *leading.above(own))}
    left_behind = _keep(score_all(period, leading, _to_score(period, wanted)))
    if period.is_of_organisations:
        _compute_above(period, wanted)
    return left_behind


def _compute_above(period: Period, wanted: set[int] | None) -> None:
    """Calculate anew, in open periods of the same days, what rests on the results of a period's organisations.

    Those are the organisations directly above them and, where a framework says so, the officers who head them. What was
    decided keeps its figures: where they would be others, the lock of its period names it.
    """
    evaluated = _to_score(period, wanted).values_list("organisation", "organisation__path")
    paths = [path[: -Agency.steplen] for _organisation, path in evaluated]
    organisations = [organisation for organisation, _path in evaluated]
    above = Q(organisation__path__in=paths) | Q(officer__isnull=False, role="head", agency__in=organisations)
    others = Evaluation.objects.counted().filter(
        above, framework__isnull=False, period__kind=period.kind, period__first_day=period.first_day,
        period__locked_at=None, period__made_of="",
    ).exclude(period=period)  # fmt: skip
    by_period: dict[int, list[Evaluation]] = {}
    for each in others.select_related("period").order_by("period", "pk"):
        by_period.setdefault(each.period_id, []).append(each)
    for listed in by_period.values():
        compute(listed[0].period, [each.pk for each in listed])


def score_all(period: Period, leading: Leading, evaluations: Iterable[Evaluation]) -> list[Computed]:
    """Score evaluations, those who are led before those who lead; nothing is kept."""
    own = {each.pk: each for each in evaluations if each.framework_id is not None}
    return _longer(period, own) if period.made_of else _scored(inputs_of(period, own, leading))


def _to_score(period: Period, wanted: set[int] | None) -> Any:
    found = period.evaluations.counted().select_related("officer", "organisation", "agency", "posting")
    return found if wanted is None else found.filter(pk__in=wanted)


def _scored(inputs: PeriodInputs | OrganisationInputs) -> list[Computed]:
    leading, own = inputs.leading, inputs.evaluations
    versions = _versions(own.values())
    others = {pk for each in own for pk in leading.led.get(each, ())} - own.keys()
    found, computed = found_of(others), []
    for pk in leading.in_order(own):
        version = versions[own[pk].framework_id]
        subject = inputs.subject(pk, version.definition, found)
        score = engine.score(
            version.definition, subject, version=version.number, definition_hash=version.content_hash
        )  # fmt: skip
        said = answer(score)
        computed.append(_computed(own[pk], said, said["receipt"], said["part"], said["receipt"]["hash"]))
        found[pk] = computed[-1].found
    return computed


def _longer(period: Period, own: Mapping[int, Evaluation]) -> list[Computed]:
    subjects, computed = longer_subjects(period, own.values()), []
    for version in _versions(own.values()).values():
        theirs = [each for each in own.values() if each.framework_id == version.pk]
        asked = {
            "framework": version.framework.code, "version": version.number, "period": period.kind,
            "made_of": period.made_of,
        }  # fmt: skip
        request = asked | {"subjects": [subjects[each.pk] for each in theirs]}
        for each, said in zip(theirs, calculate_periods(request, most=None)["results"], strict=True):
            # What can be sent to the calculation again, so that anybody can check the result.
            inputs = asked | {"subjects": [subjects[each.pk]]}
            receipt = {"schema": LONGER_SCHEMA, "engine": ENGINE_VERSION, "inputs": inputs, "result": said}
            part = {"total": said["total"], "status": said["status"], "role": each.role}
            computed.append(_computed(each, said, receipt, part, content_hash(receipt)))
    return computed


def _versions(evaluations: Iterable[Evaluation]) -> dict[Any, FrameworkVersion]:
    keys = {each.framework_id for each in evaluations}
    return FrameworkVersion.objects.select_related("framework").in_bulk(keys)


def _computed(
    evaluation: Evaluation, said: dict[str, Any], receipt: dict[str, Any], part: dict[str, Any], code: str
) -> Computed:
    return Computed(
        evaluation=evaluation,
        status=said["status"],
        total=said["total"],
        level=said["level"],
        receipt_text=canonical_bytes(receipt).decode(),
        part_text=canonical_bytes(part).decode(),
        content_hash=code,
        components=said["components"],
    )


def _keep(computed: list[Computed]) -> list[Evaluation]:
    """Store what is new or different; what is frozen is followed by a row of the next number."""
    stand = {each.evaluation_id: each for each in Result.objects.of([each.evaluation.pk for each in computed])}
    new, changed, left_behind = [], [], []
    for each in computed:
        before, is_decided = stand.get(each.evaluation.pk), each.evaluation.is_decided
        if before is not None and before.content_hash == each.content_hash:
            continue
        if is_decided and before is not None and _figures(before) != (each.total, each.level, each.components):
            each.evaluation.moved = _what_moved(before, each)
            left_behind.append(each.evaluation)
        elif is_decided and before is not None and before.frozen_at:
            continue
        elif before is None or before.frozen_at:
            new.append(_filled(Result(evaluation=each.evaluation, number=before.number + 1 if before else 1), each))
        else:
            before.moved = _what_moved(before, each)
            changed.append(_filled(before, each))
    fields = [each.name for each in Result._meta.concrete_fields if not each.primary_key]
    Result.objects.bulk_create(new, batch_size=_BATCH)
    Result.objects.bulk_update(changed, fields, batch_size=_BATCH)
    return left_behind


def _figures(result: Result) -> tuple[Any, ...]:
    """Return what was decided about: total, level by the points, and what both follow from."""
    said = result.receipt["result"]
    return said["total"], said["level"], said["components"]


def _filled(result: Result, computed: Computed) -> Result:
    result.status, result.engine = computed.status, ENGINE_VERSION
    result.total = None if computed.total is None else Decimal(computed.total)
    result.level, result.content_hash = computed.level or "", computed.content_hash
    result.receipt_text, result.part_text = computed.receipt_text, computed.part_text
    result.computed_at = timezone.now()
    return result


def _what_moved(before: Result, now: Computed) -> str:
    """Say in a sentence which figures changed since the result was calculated before."""
    receipt = before.receipt
    was = receipt["result"].get("components", {}) | {_("total"): receipt["result"]["total"]}
    own = dict(now.components) | {_("total"): now.total}
    changed = [
        f"{name}: {_shown(was.get(name))} → {_shown(value)}" for name, value in own.items() if was.get(name) != value
    ]
    return "; ".join(changed) or _("Figures are the same; lines or words behind them changed.")


def _shown(figure: str | None) -> str:
    return "–" if figure is None else figure.replace(".", ",")
