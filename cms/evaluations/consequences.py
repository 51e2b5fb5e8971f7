"""What follows when a result is cancelled or replaced: shown before anybody decides it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from cms.evaluations.models import Evaluation, Period
from cms.evaluations.scoring_inputs import Leading


@dataclass(frozen=True)
class Consequence:
    """One thing that rests on the result: ``kind`` is superior, longer, cap or locked; ``words`` say it to people."""

    kind: str
    evaluation: int | None
    words: str


def consequences(evaluation: Evaluation) -> list[Consequence]:
    """Return what rests on an evaluation's result, in five queries whatever the agency's size."""
    return [*_superiors(evaluation), *_longer(evaluation), *_caps(evaluation), *_locked(evaluation)]


def chain_of(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Return the consequences as they are kept with the act."""
    return [asdict(each) for each in consequences(evaluation)]


def _superiors(evaluation: Evaluation) -> list[Consequence]:
    above = Leading(evaluation.period).above(evaluation.pk)
    found = Evaluation.objects.filter(pk__in=above).select_related("officer", "organisation").order_by("pk")
    sentence = _("%(who)s: the result of who is led enters the indicator d.")
    return [Consequence("superior", each.pk, sentence % {"who": each.subject}) for each in found]


def _longer(evaluation: Evaluation) -> list[Consequence]:
    period = evaluation.period
    over = Period.objects.filter(
        made_of=period.kind, first_day__lte=period.first_day, last_day__gte=period.last_day
    )  # fmt: skip
    own = {"officer": evaluation.officer, "organisation": evaluation.organisation}
    found = Evaluation.objects.filter(period__in=over, **own).select_related("period").order_by("period__first_day")
    sentence = _("%(period)s is made of this result.")
    return [Consequence("longer", each.pk, sentence % {"period": each.period}) for each in found]


def _caps(evaluation: Evaluation) -> list[Consequence]:
    if evaluation.framework is None:
        return []
    caps = evaluation.framework.definition.classification.caps
    if not caps or evaluation.level not in ("excellent", "good"):
        return []
    return [Consequence("cap", None, _("The count of the cap on Excellent in this agency and group changes."))]


def _locked(evaluation: Evaluation) -> list[Consequence]:
    if not evaluation.period.is_locked:
        return []
    words = _("The locked result was reported; the report and the national database have to be corrected.")
    return [Consequence("locked", None, words)]
