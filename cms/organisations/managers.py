"""Who manages whom on a day: it follows from postings, the tree of agencies and recorded delegations, never a guess."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.dates import format_date_vi
from cms.core.text import fold
from cms.organisations.enums import LEADING_ROLES, NO_GAPS, DelegationKind, Hole, PostingRole
from cms.organisations.models import Agency, Delegation, Officer, Posting


@dataclass(frozen=True)
class Answer:
    """Who, and why in words; or a hole, and why in words that nobody can be named."""

    reason: str
    officer: Officer | None = None
    hole: Hole | None = None

    @property
    def is_gap(self) -> bool:
        """Whether somebody ought to be there and is not: above the top nobody is missing."""
        return self.hole is not None and self.hole not in NO_GAPS


def manager_of(officer: Officer, day: datetime.date) -> Answer:
    """Return the direct manager of an officer on a day."""
    return managers_of([officer.pk], day)[officer.pk]


def managers_of(officers: Iterable[int], day: datetime.date) -> dict[int, Answer]:
    """Return the direct manager of each officer, by key; so many queries a rung of the tree, whatever their number."""
    return ManagerChart(day).managers(officers)


def managers_at(agency: Agency, day: datetime.date) -> list[tuple[Posting, Answer]]:
    """Return the main postings at an agency and below it on a day, each with its officer's direct manager."""
    found = Posting.objects.on(day).within(agency).filter(is_main=True)
    postings = list(found.select_related("officer", "agency", "position").order_by("agency__path", "officer__code"))
    managers = managers_of([posting.officer_id for posting in postings], day)
    return [(posting, managers[posting.officer_id]) for posting in postings]


def reports_of(manager: Officer, day: datetime.date) -> list[int]:
    """Return the keys of the officers whose direct manager somebody is on a day, by the officers' codes."""
    managers = managers_of(possible_reports(manager, day), day)
    own = [pk for pk, answer in managers.items() if answer.officer and answer.officer.pk == manager.pk]
    return list(Officer.objects.filter(pk__in=own).order_by("code").values_list("pk", flat=True))


def leading(officer: Officer, day: datetime.date) -> QuerySet[Officer]:
    """Return the officer where somebody could be managed by them on a day, else nobody: asked before the rules are."""
    leads = Posting.objects.on(day).filter(officer=officer, role__in=LEADING_ROLES)
    received = Delegation.objects.on(day).filter(to_officer=officer)
    return Officer.objects.filter(Exists(leads) | Exists(received), pk=officer.pk)


def leads_anybody(officer: Officer, day: datetime.date) -> bool:
    """Return whether somebody could be managed by the officer on a day: one query."""
    return leading(officer, day).exists()


def managed_by_account(account: int) -> frozenset[int]:
    """Return the keys of the officers whom an account's officer manages today."""
    officer, today = Officer.objects.filter(account=account).first(), timezone.localdate()
    return frozenset(reports_of(officer, today)) if officer and leads_anybody(officer, today) else frozenset()


def led_units(
    officer: Officer, day: datetime.date, *, roles: Iterable[PostingRole] = LEADING_ROLES
) -> list[Agency]:  # fmt: skip
    """Return the agencies that somebody leads on a day: by a posting, acting, or for one who delegated to them."""
    exceptions = Delegation.objects.on(day)
    given = exceptions.filter(to_officer=officer, kind=DelegationKind.DELEGATION)
    leaders = [officer.pk, *given.values_list("from_officer", flat=True)]
    led = Q(pk__in=Posting.objects.on(day).filter(officer__in=leaders, role__in=roles).values("agency"))
    led |= Q(pk__in=exceptions.filter(kind=DelegationKind.ACTING, to_officer__in=leaders).values("agency"))
    return list(Agency.objects.filter(led))


def possible_reports(manager: Officer, day: datetime.date) -> set[int]:
    """Everybody whom the rules could lead to this manager: from the units led, one rung below, and exceptions."""
    units = led_units(manager, day)
    below = Q(pk__in=[])
    for unit in units:
        below |= Q(agency__path__startswith=unit.path, agency__depth=unit.depth + 1, role=PostingRole.HEAD)
    exceptions = Delegation.objects.on(day)
    main = Posting.objects.on(day).filter(Q(agency__in=units) | below, is_main=True)
    moved = exceptions.filter(kind=DelegationKind.SECONDMENT, to_agency__in=units)
    named = exceptions.filter(to_officer=manager, kind=DelegationKind.NAMED)
    return {
        *main.values_list("officer", flat=True),
        *moved.values_list("from_officer", flat=True),
        *named.values_list("from_officer", flat=True),
    }


class ManagerChart:
    """Postings, agencies and delegations of a day around some officers, read in rounds, and what follows from them."""

    def __init__(self, day: datetime.date) -> None:
        self.day = day
        self._main: dict[int, Posting | None] = {}
        self._agencies: dict[str, Agency] = {}
        self._leaders: dict[int, list[Posting]] = {}
        self._acting: dict[int, list[Delegation]] = {}
        # Of each kind, by the officer whom it is from.
        self._from: dict[str, dict[int, Delegation]] = {kind: {} for kind in DelegationKind.values}
        self._managers: dict[int, Answer] = {}

    def managers(self, officers: Iterable[int]) -> dict[int, Answer]:
        """Return the direct manager of each; those above are read until the top, for circles show only from there."""
        asked = list(dict.fromkeys(officers))
        unread = {pk for pk in asked if pk not in self._main}
        while unread:
            self.read(unread)
            found = (self._follow(pk).officer for pk in unread)
            unread = {officer.pk for officer in found if officer and officer.pk not in self._main}
        return {pk: self._without_circle(pk) for pk in asked}

    def read(self, officers: Iterable[int]) -> None:
        """Read what the managers of some officers follow from: five queries."""
        officers = set(officers)
        held = Posting.objects.on(self.day).filter(officer__in=officers, is_main=True)
        self._main |= dict.fromkeys(officers) | {
            posting.officer_id: posting for posting in held.select_related("officer", "agency", "position")
        }
        exceptions = Delegation.objects.on(self.day).with_names().order_by("valid_from", "pk")
        self._take(exceptions.filter(from_officer__in=officers))
        moved = [
            one.to_agency.path
            for pk, one in self._from[DelegationKind.SECONDMENT].items()
            if pk in officers and one.to_agency
        ]
        self.read_agencies([*(posting.agency.path for posting in self._main.values() if posting), *moved])

    def read_agencies(self, paths: Iterable[str]) -> None:
        """Read who leads the agencies at these paths and above them: three queries, none for what is read."""
        step = Agency.steplen
        unread = {path[:end] for path in paths for end in range(step, len(path) + 1, step)} - set(self._agencies)
        if not unread:
            return
        agencies = {agency.pk: agency for agency in Agency.objects.filter(path__in=unread)}
        self._agencies |= {agency.path: agency for agency in agencies.values()}
        leading = Posting.objects.on(self.day).filter(agency__in=agencies, role__in=LEADING_ROLES)
        for posting in leading.select_related("officer", "position").order_by("role", "officer__code", "-is_main"):
            self._leaders.setdefault(posting.agency_id, []).append(posting)
        leaders = [posting.officer_id for pk in agencies for posting in self._leaders.get(pk, ())]
        exceptions = Delegation.objects.on(self.day).with_names().order_by("valid_from", "pk")
        given = Q(kind=DelegationKind.DELEGATION, from_officer__in=leaders)
        self._take(exceptions.filter(given | Q(kind=DelegationKind.ACTING, agency__in=agencies)))

    def main_posting(self, officer: int) -> Posting | None:
        """Return the main posting of an officer who was read."""
        return self._main.get(officer)

    def lineage(self, agency: Agency) -> Iterator[Agency]:
        """Yield an agency that was read, and those above it, from it up to the province."""
        step = Agency.steplen
        for end in range(len(agency.path), 0, -step):
            if above := self._agencies.get(agency.path[:end]):
                yield above

    def head_of(self, agency: Agency, subject: int | None, why: str) -> Answer:
        """Return who heads an agency for a subject, by delegation or acting where that is so; never the subject."""
        heads = self._heads(agency)
        names = ", ".join(officer.name for officer, _why in heads)
        if not heads:
            return _hole(Hole.NO_HEAD, _("%(agency)s has no head on this day."), agency=agency)
        if len(heads) > 1:
            sentence = _("%(agency)s has several heads on this day: %(names)s.")
            return _hole(Hole.TWO_HEADS, sentence, agency=agency, names=names)
        officer, acting = heads[0]
        return self._deliver(officer, subject, f"{why} {acting}".strip())

    def heads(self, agency: Agency) -> set[int]:
        """Return the keys of those who head an agency that was read."""
        return {officer.pk for officer, _why in self._heads(agency)}

    def _take(self, delegations: Iterable[Delegation]) -> None:
        for one in delegations:
            if one.kind == DelegationKind.ACTING:
                known = self._acting.setdefault(one.agency_id, [])
                known += [one] if one not in known else []
            else:
                self._from[one.kind].setdefault(one.from_officer_id or 0, one)

    def _heads(self, agency: Agency) -> list[tuple[Officer, str]]:
        """Return the heads; who acts counts where nobody is posted as head."""
        posted = [one.officer for one in self._leaders.get(agency.pk, ()) if one.role == PostingRole.HEAD]
        if posted:
            return [(officer, "") for officer in dict.fromkeys(posted)]
        sentence = _("Acts for the vacant post of head from %(day)s: %(reason)s.")
        return [(one.to_officer, _filled(sentence, one)) for one in self._acting.get(agency.pk, ()) if one.to_officer]

    def _deliver(self, officer: Officer, subject: int | None, why: str) -> Answer:
        """Return the officer, or to whom they have delegated; what is delegated to the subject stays with the giver."""
        given = self._from[DelegationKind.DELEGATION].get(officer.pk)
        if given is None or given.to_officer is None or given.to_officer_id == subject:
            return Answer(why, officer)
        delegated = _filled(_("By delegation of %(giver)s from %(day)s: %(reason)s."), given, giver=officer.name)
        return Answer(f"{why} {delegated}", given.to_officer)

    def _follow(self, officer: int) -> Answer:
        if officer not in self._managers:
            self._managers[officer] = self._by_rule(officer)
        return self._managers[officer]

    def _by_rule(self, officer: int) -> Answer:
        named = self._from[DelegationKind.NAMED].get(officer)
        if named is not None and named.to_officer:
            return Answer(_filled(_("Named as manager from %(day)s: %(reason)s."), named), named.to_officer)
        posting, seconded = self._main[officer], self._from[DelegationKind.SECONDMENT].get(officer)
        if posting is None:
            return _hole(Hole.NO_POSTING, _("Holds no main posting on this day."))
        if seconded is not None and seconded.to_agency:
            sentence = _("Heads %(agency)s, to which the officer is seconded from %(day)s: %(reason)s.")
            return self._head(seconded.to_agency, officer, _filled(sentence, seconded, agency=seconded.to_agency))
        return self._by_posting(posting)

    def _by_posting(self, posting: Posting) -> Answer:
        agency, officer = posting.agency, posting.officer_id
        if posting.role == PostingRole.HEAD:
            return self._superior(agency, officer)
        if posting.role == PostingRole.DEPUTY:
            why = _("Heads %(agency)s, whose deputy head the officer is.")
            return self._head(agency, officer, why % {"agency": agency})
        in_charge = self._in_charge(posting)
        if len({one.officer_id for one, _field in in_charge}) > 1:
            sentence = _("Several deputies of %(agency)s are in charge of what the officer works in: %(names)s.")
            names = ", ".join(dict.fromkeys(one.officer.name for one, _field in in_charge))
            return _hole(Hole.TWO_DEPUTIES, sentence, agency=agency, names=names)
        if in_charge:
            deputy, field = in_charge[0]
            sentence = _("Deputy head of %(agency)s in charge of “%(field)s”, in which the officer works.")
            return self._deliver(deputy.officer, officer, sentence % {"agency": agency, "field": field})
        return self._head(agency, officer, _("Heads %(agency)s, where the officer works.") % {"agency": agency})

    def _in_charge(self, posting: Posting) -> list[tuple[Posting, str]]:
        """Return the deputies of the agency in charge of a field in which the officer works, each with the field."""
        works_in = {fold(field) for field in posting.fields_in_charge}
        return [
            (one, field)
            for one in self._leaders.get(posting.agency_id, ())
            if one.role == PostingRole.DEPUTY and one.officer_id != posting.officer_id
            for field in one.fields_in_charge
            if fold(field) in works_in
        ]

    def _head(self, agency: Agency, officer: int, why: str) -> Answer:
        """Return the head of the agency; whoever heads it, though posted otherwise, has the superior of its head."""
        return self._superior(agency, officer) if officer in self.heads(agency) else self.head_of(agency, officer, why)

    def _superior(self, agency: Agency, officer: int) -> Answer:
        above = self._agencies.get(agency.path[: -Agency.steplen])
        if above is None:
            return _hole(Hole.TOP, _("Heads %(agency)s, above which no agency of the province stands."), agency=agency)
        if above.block != agency.block:
            sentence = _("%(above)s, above %(agency)s, is of another block: name the manager by a decision.")
            return _hole(Hole.OTHER_BLOCK, sentence, agency=agency, above=above)
        why = _("Heads %(above)s, the agency above %(agency)s, which the officer heads.")
        return self._head(above, officer, why % {"above": above, "agency": agency})

    def _without_circle(self, officer: int) -> Answer:
        """Return the manager, unless the officer is met again on the way up."""
        answer, way = self._follow(officer), [officer]
        following = answer.officer
        while following is not None and following.pk not in way:
            way.append(following.pk)
            following = self._follow(following.pk).officer
        if following is None or following.pk != officer:
            return answer
        names = [self._follow(pk).officer for pk in way]
        sentence = _("Managers stand in a circle: %(names)s.")
        return _hole(Hole.CYCLE, sentence, names=" → ".join(one.name for one in [following, *names] if one))


def _hole(hole: Hole, sentence: str, **values: object) -> Answer:
    return Answer(sentence % values, hole=hole)


def _filled(sentence: str, delegation: Delegation, **values: object) -> str:
    own = {"day": format_date_vi(delegation.valid_from), "reason": delegation.reason.rstrip(".")}
    return sentence % (own | values)
