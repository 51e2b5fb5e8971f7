"""Who answers for whom among the officers of one period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from django.utils.translation import gettext as _

from cms.core.text import fold
from cms.evaluations.errors import InvalidPeriod
from cms.evaluations.models import Evaluation, Period
from cms.organisations.enums import LEADING_ROLES, PostingRole
from cms.organisations.leading import Place, answers_for, shared_fields
from cms.organisations.models import Agency


@dataclass
class Leading:
    """Who answers for whom among the evaluations of one period, by key; read in two queries."""

    period: Period
    codes: dict[int, str] = field(default_factory=dict)
    led: dict[int, dict[int, tuple[str, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        counted = (
            self.period.evaluations.counted().exclude(framework=None).exclude(officer=None).order_by("officer__code")
        )
        columns = ("pk", "officer", "officer__code", "agency__path", "role", "posting__fields_in_charge")
        places, written = {}, {}
        for pk, officer, code, path, role, fields in counted.order_by("officer__code").values_list(*columns):
            written[pk] = {fold(each): each for each in fields}
            places[pk] = Place(officer, path, role, frozenset(written[pk]))
            self.codes[pk] = code
        names = self._names() if any(place.role == PostingRole.DEPUTY for place in places.values()) else {}
        for pk, place in places.items():
            if place.role in LEADING_ROLES:
                led = {other: each for other, each in places.items() if answers_for(place, each, names)}
                self.led[pk] = {
                    other: tuple(written[pk][key] for key in sorted(shared_fields(place, each, names)))
                    for other, each in led.items()
                }

    def in_order(self, wanted: Iterable[int]) -> list[int]:
        """Return evaluations with those who are led first; raises ``InvalidPeriod`` where people lead each other."""
        wanted = set(wanted)
        graph = {pk: wanted & self.led.get(pk, {}).keys() for pk in sorted(wanted)}
        try:
            return list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            circle = Evaluation.objects.filter(pk__in=error.args[1]).select_related("officer", "organisation")
            names = ", ".join(str(each.subject) for each in circle)
            raise InvalidPeriod(_("These officers lead each other: %(names)s.") % {"names": names}) from error

    def above(self, evaluation: int) -> set[int]:
        """Return the evaluations of those who answer for an officer, directly or by way of others."""
        return {pk for pk, led in self.led.items() if evaluation in led}

    def _names(self) -> dict[str, frozenset[str]]:
        units = Agency.objects.filter(path__startswith=self.period.agency.path)
        return {
            path: frozenset({fold(code), fold(name)}) for path, code, name in units.values_list("path", "code", "name")
        }
