"""Which framework an officer or an organisation falls under on a day, and why: one answer for screens and programs."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from cms.core.dates import format_date_vi
from cms.frameworks import candidates
from cms.frameworks.block_labels import label_of
from cms.frameworks.blocks.words import CHOICES
from cms.frameworks.models import ContractStaffChoice, FrameworkVersion
from cms.frameworks.precedence import OWN_AGENCY, Candidate, SubjectFacts, decide, misfits
from cms.frameworks.ties import tied
from cms.organisations.enums import StaffCategory
from cms.organisations.models import Agency, Officer, Posting
from cms.scoring.definition.whole import AppliesTo
from cms.scoring.definition.words import ORGANISATION

# Of the frameworks that do not fit, as many are named as a person reads.
_NEAREST = 5


@dataclass(frozen=True)
class Applicable:
    """The version that judges, or None with the ``problem``; ``reasons`` are sentences on what of the posting fitted.

    ``beaten`` fit too and are not taken; ``suspended`` would fit, had they followed their base.
    """

    version: FrameworkVersion | None = None
    reasons: tuple[str, ...] = ()
    beaten: tuple[FrameworkVersion, ...] = ()
    suspended: tuple[FrameworkVersion, ...] = ()
    problem: str = ""


@dataclass
class FrameworksOn:
    """The frameworks of one day, read once in a constant number of queries, and asked as often as there are people."""

    day: datetime.date
    _versions: dict[int, FrameworkVersion] = field(init=False)

    def __post_init__(self) -> None:
        held, suspended = (
            list(found.select_related("framework__agency", "decision").order_by("name", "pk"))
            for found in (
                FrameworkVersion.objects.effective_on(self.day),
                FrameworkVersion.objects.suspended_on(self.day),
            )
        )
        self._versions = {each.pk: each for each in (*held, *suspended)}
        every = candidates.of_versions([*held, *suspended])
        self._held, self._suspended = every[: len(held)], every[len(held) :]

    def for_postings(self, postings: Iterable[Posting]) -> list[Applicable]:
        """Return an answer for each main posting of the day, whose officer, agency and group are read with it."""
        listed = list(postings)
        covered = self._contract_staff_covered(listed)
        return [self._for_posting(each, covered.get(each.pk)) for each in listed]

    def for_organisations(self, agencies: Iterable[Agency]) -> list[Applicable]:
        """Return an answer for each agency."""
        return [self._answer(_organisation_facts(each)) for each in agencies]

    def without_framework(self, postings: QuerySet[Posting]) -> QuerySet[Posting]:
        """Keep the main postings of the day for which no framework is there, in one query whatever their number."""
        covered = Coalesce(ContractStaffChoice.objects.nearest(self.day), Value(False))
        main = postings.filter(pk__in=Posting.objects.on(self.day).filter(is_main=True).values("pk"))
        contract = Q(officer__category=StaffCategory.CONTRACT)
        judged = self._condition("officer", candidates.at_postings, "agency__path")
        return main.annotate(contract_covered=covered).exclude(judged & (~contract | Q(contract_covered=True)))

    def organisations_without(self, agencies: Any) -> Any:
        """Keep the agencies that stand on the day and that no framework judges as organisations."""
        standing = agencies.filter(Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=self.day))
        return standing.exclude(self._condition(ORGANISATION, candidates.at_agencies, "path"))

    def _condition(self, subject: str, condition_of: Any, path: str) -> Q:
        """Return the condition on rows that one framework judges: some fit, and they are not tied."""
        held, condition = [each for each in self._held if each.subject == subject], Q(pk__in=[])
        for each in held:
            # Without any condition it is for everybody.
            condition |= condition_of(each) or Q(pk__isnull=False)
        return condition & ~tied(held, condition_of, path)

    def _for_posting(self, posting: Posting, covered: bool | None) -> Applicable:
        facts = _facts(posting)
        if facts.category == StaffCategory.CONTRACT and not covered:
            if covered is None:
                problem = _("The agency has not recorded yet whether its contract staff are judged by a framework.")
            else:
                problem = _("The agency decided that its contract staff are not judged by a framework.")
            return Applicable(problem=problem)
        return self._answer(facts)

    def _answer(self, facts: SubjectFacts) -> Applicable:
        decision = decide(self._held, facts)
        suspended = tuple(
            self._versions[each.version]
            for each in self._suspended
            if each.subject == facts.subject and not misfits(each, facts)
        )
        if decision.winner is None:
            return Applicable(suspended=suspended, problem=self._problem(decision.tied, facts))
        return Applicable(
            version=self._versions[decision.winner.version],
            reasons=_reasons(decision.winner, facts, self._versions[decision.winner.version]),
            beaten=tuple(self._versions[each.version] for each in decision.beaten),
            suspended=suspended,
        )

    def _problem(self, tied: Sequence[Candidate], facts: SubjectFacts) -> str:
        if tied:
            names = "; ".join(f"“{self._versions[each.version].name}”" for each in tied)
            return _("Several frameworks fit and none is narrower: %(names)s.") % {"names": names}
        others = [each for each in self._held if each.subject == facts.subject]
        if not others:
            return _("No framework for this kind of subject is in force on %(day)s.") % {
                "day": format_date_vi(self.day)
            }  # fmt: skip
        nearest = sorted(others, key=lambda each: len(misfits(each, facts)))[:_NEAREST]
        lines = [
            _("“%(name)s” does not fit by: %(lists)s")
            % {
                "name": self._versions[each.version].name,
                "lists": ", ".join(str(_label(name)).lower() for name in misfits(each, facts)),
            }
            for each in nearest
        ]
        return "; ".join(lines) + "."

    def _contract_staff_covered(self, postings: Sequence[Posting]) -> dict[int, bool | None]:
        asked = [each.pk for each in postings if each.officer.category == StaffCategory.CONTRACT]
        if not asked:
            return {}
        found = Posting.objects.filter(pk__in=asked).annotate(covered=ContractStaffChoice.objects.nearest(self.day))
        return dict(found.values_list("pk", "covered"))


def framework_for(subject: Officer | Agency, day: datetime.date) -> Applicable:
    """Return the version that judges an officer, by the main posting of the day, or an organisation, and why."""
    if isinstance(subject, Agency):
        return FrameworksOn(day).for_organisations([subject])[0]
    postings = Posting.objects.on(day).filter(officer=subject, is_main=True)
    main = postings.select_related("officer", "agency", "position__group").first()
    if main is None:
        return Applicable(problem=_("No main posting on %(day)s.") % {"day": format_date_vi(day)})
    return FrameworksOn(day).for_postings([main])[0]


def _facts(posting: Posting) -> SubjectFacts:
    return SubjectFacts(
        subject="officer",
        agency_code=posting.agency.code,
        agency_kind=posting.agency.kind,
        agency_block=posting.agency.block,
        agency_path=posting.agency.path,
        category=posting.officer.category,
        role=posting.role,
        position_group=posting.position.group.code,
    )


def _organisation_facts(agency: Agency) -> SubjectFacts:
    return SubjectFacts(ORGANISATION, agency.code, agency.kind, agency.block, agency.path)


def _reasons(winner: Candidate, facts: SubjectFacts, version: FrameworkVersion) -> tuple[str, ...]:
    """Return a sentence for each list of the framework that names the subject, and one for its own agency."""
    reasons = [
        f"{_label(name)}: {_value_text(name, facts)}"
        for name in AppliesTo.__dataclass_fields__
        if getattr(winner.applies, name) and not (facts.subject == ORGANISATION and name in ("categories", "roles"))
    ]
    if winner.own_path:
        agency = version.framework.agency
        reasons.append(_("The agency has a framework of its own: %(agency)s") % {"agency": agency})
    return tuple(reasons) or (_("The framework is for everybody whom it can judge."),)


def _value_text(name: str, facts: SubjectFacts) -> str:
    value = facts.values().get(name, facts.agency_code)
    return str(CHOICES.get(f"AppliesTo.{name}", {}).get(value, value))


def _label(name: str) -> Any:
    return _("agency of its own") if name == OWN_AGENCY else label_of(AppliesTo, name)
