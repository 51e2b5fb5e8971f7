"""What the recognition of an organisation waits for: units below it, and tasks that nobody judged yet."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cms.assignments.enums import PlanState
from cms.assignments.models import PlanTask
from cms.evaluations.errors import InvalidEvaluation
from cms.evaluations.models import Evaluation
from cms.evaluations.scoring_inputs import Tree
from cms.organisations.models import Agency

# As many names as a person reads in a refusal.
_NAMED = 5


def require_lower_first(evaluation: Evaluation) -> None:
    """Refuse to recognise an organisation whose units are not decided, or whose reported tasks nobody judged.

    Source: Gia Lai plan, III.4.a: lower organisations are evaluated before higher ones.
    """
    period = evaluation.period
    tree = Tree(period)
    waiting = Evaluation.objects.filter(pk__in=tree.led.get(evaluation.pk, {})).exclude(awaits="")
    names = [str(each.organisation) for each in waiting.select_related("organisation")]
    missing = tree.missing.get(evaluation.pk, [])
    names += [str(each) for each in Agency.objects.filter(code__in=missing)]
    if names:
        raise InvalidEvaluation(_("Lower organisations come first; not decided yet: %(names)s.") % _named(names))
    if evaluation.organisation is None or period.made_of:
        return
    tasks = PlanTask.objects.due_in(evaluation.organisation, period.first_day, period.last_day)
    unjudged = [str(each) for each in tasks.filter(state=PlanState.REPORTED)[: _NAMED + 1]]
    if unjudged:
        raise InvalidEvaluation(_("Tasks were reported and wait to be judged: %(names)s.") % _named(unjudged))


def _named(names: list[str]) -> dict[str, str]:
    more = ["…"] if len(names) > _NAMED else []
    return {"names": "; ".join([*names[:_NAMED], *more])}
