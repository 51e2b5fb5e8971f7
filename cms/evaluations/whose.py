"""In which post, and at which agency, an officer is evaluated in a period, and the sentences that say so.

Who changed agency, holds several posts, is seconded or was newly appointed: each follows the framework's setting.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.core.dates import format_date_vi
from cms.frameworks.applicable import FrameworksOn
from cms.organisations.enums import DelegationKind, PostingRole
from cms.organisations.models import Agency, Delegation, Posting
from cms.scoring.definition.periods import Procedure

_RANKS = {PostingRole.HEAD: 0, PostingRole.DEPUTY: 1, PostingRole.STAFF: 2}


@dataclass(frozen=True)
class Days:
    """The first and last day of a period."""

    first: datetime.date
    last: datetime.date

    def held(self, posting: Posting) -> int:
        """Return how many days of the period a posting was held."""
        until = min(posting.valid_to or self.last, self.last)
        return (until - max(posting.valid_from, self.first)).days + 1


@dataclass(frozen=True)
class Chosen:
    """The posting by which an officer is evaluated, the agency that does it, and what was applied, in sentences."""

    posting: Posting
    agency: Agency
    applied: tuple[str, ...] = ()


def chosen_at(agency: Agency, first: datetime.date, last: datetime.date) -> list[Chosen]:
    """Return whom an agency and its units evaluate in a period, in the order of their codes; a few queries for all."""
    days, held = Days(first, last), Posting.objects.overlapping(first, last)
    seconded = _secondments(last)
    here = {*held.within(agency).values_list("officer", flat=True)}
    here |= {officer for officer, one in seconded.items() if _is_below(one.to_agency, agency)}
    postings = held.filter(officer__in=here).select_related("officer", "agency", "position__group")
    own: dict[int, list[Posting]] = {}
    for posting in postings.order_by("valid_from", "pk"):
        own.setdefault(posting.officer_id, []).append(posting)
    mains = {officer: main for officer, listed in own.items() if (main := _last_main(listed)) is not None}
    frameworks = FrameworksOn(last).for_postings(mains.values())
    found = []
    for main, applicable in zip(mains.values(), frameworks, strict=True):
        rules = applicable.version.definition.procedure if applicable.version else Procedure()
        found.append(choose(own[main.officer_id], days, rules, seconded.get(main.officer_id)))
    below = (each for each in found if _is_below(each.agency, agency))
    return sorted(below, key=lambda each: each.posting.officer.code)


def choose(postings: list[Posting], days: Days, rules: Procedure, secondment: Delegation | None = None) -> Chosen:
    """Return what holds for one officer: ``postings`` are all that were held in the period, the earliest first."""
    main = _last_main(postings)
    assert main is not None  # noqa: S101 (asked of officers with a main posting alone)
    posting, applied = _after_transfer([each for each in postings if each.is_main], days, rules.changed_agency.value)
    beside = [each for each in postings if not each.is_main and each.is_on(days.last)]
    if beside and posting == main:
        posting, sentence = _of_several([main, *beside], days, rules.several_posts.value)
        applied.append(sentence)
    if postings[0].valid_from > days.first:
        applied.append(
            _("Newly posted on %(day)s: only the time worked from then on counts.")
            % {"day": format_date_vi(postings[0].valid_from)}
        )
    if secondment is None or secondment.to_agency is None:
        return Chosen(posting, posting.agency, tuple(applied))
    place, sentence = _seconded(posting, secondment.to_agency, rules.seconded.value)
    return Chosen(posting, place, (*applied, sentence))


def _after_transfer(mains: list[Posting], days: Days, rule: str) -> tuple[Posting, list[str]]:
    last = mains[-1]
    agencies = list(dict.fromkeys(_top(each.agency) for each in mains))
    if len(agencies) == 1:
        return last, []
    said = {"from": mains[0].agency, "to": last.agency, "day": format_date_vi(last.valid_from)}
    if rule == "new_agency":
        sentence = _(
            "Moved from %(from)s to %(to)s on %(day)s: the new agency evaluates; work and results of earlier periods "
            "come along."
        )
        return last, [sentence % said]
    worked = {top: sum(days.held(each) for each in mains if _top(each.agency) == top) for top in agencies}
    longest = max(reversed(agencies), key=lambda top: worked[top])
    posting = [each for each in mains if _top(each.agency) == longest][-1]
    sentence = _(
        "Moved from %(from)s to %(to)s on %(day)s: the agency of the longest time evaluates, which is %(agency)s."
    )
    return posting, [sentence % {**said, "agency": posting.agency}]


def _of_several(postings: list[Posting], days: Days, rule: str) -> tuple[Posting, str]:
    if rule == "highest_post":
        posting = min(postings, key=lambda each: (_RANKS[PostingRole(each.role)], each.agency.depth, not each.is_main))
        sentence = _("Holds %(count)d posts: evaluated in the highest, %(position)s at %(agency)s.")
    else:
        posting = max(postings, key=lambda each: (days.held(each), each.is_main))
        sentence = _("Holds %(count)d posts: evaluated in that of the most time, %(position)s at %(agency)s.")
    return posting, sentence % {
        "count": len(postings), "position": posting.position, "agency": posting.agency,
    }  # fmt: skip


def _seconded(posting: Posting, receiving: Agency, rule: str) -> tuple[Agency, str]:
    said = {"agency": receiving, "home": posting.agency}
    if rule == "receiving_agency":
        return receiving, _("Seconded to %(agency)s, which evaluates.") % said
    if rule == "home_agency":
        return posting.agency, _("Seconded to %(agency)s: the home agency %(home)s evaluates.") % said
    sentence = _(
        "Seconded to %(agency)s: the decision says who evaluates; where it says nothing, %(home)s, which has the main "
        "posting, does."
    )
    return posting.agency, sentence % said


def _secondments(day: datetime.date) -> dict[int, Delegation]:
    """Return the secondments that hold on a day, by officer."""
    held = Delegation.objects.on(day).filter(kind=DelegationKind.SECONDMENT).select_related("to_agency")
    return {each.from_officer_id: each for each in held if each.from_officer_id is not None}


def _last_main(postings: Iterable[Posting]) -> Posting | None:
    return next((each for each in reversed(list(postings)) if each.is_main), None)


def _top(agency: Agency) -> str:
    """Return the path of the department or commune that an agency is or belongs to."""
    return agency.path[: 2 * Agency.steplen]


def _is_below(agency: Agency | None, top: Agency) -> bool:
    return agency is not None and agency.path.startswith(top.path)
