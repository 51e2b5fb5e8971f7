"""Who evaluates and classifies whom on a day: the table of the block names a post, postings say who holds it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.dates import format_date_vi
from cms.organisations.enums import (
    NEEDED_ACTS,
    AgencyKind,
    AuthorityAct,
    AuthorityPost,
    AuthoritySubject,
    Hole,
    PostingRole,
)
from cms.organisations.managers import Answer, ManagerChart, leads_anybody, led_units, possible_reports
from cms.organisations.models import Agency, AuthorityRow, AuthorityTable, Officer, Posting

_AGENCIES = (AgencyKind.DEPARTMENT, AgencyKind.COMMUNE)
# The acts whose holder reads what the officer did; who only takes part is shown it by the others.
_READING_ACTS = (AuthorityAct.EVALUATE, AuthorityAct.CLASSIFY, AuthorityAct.OPINION)


@dataclass(frozen=True)
class Line:
    """What was found for one subject: an officer by their main posting, or the agency itself; no act: the manager."""

    agency: Agency
    posting: Posting | None
    act: AuthorityAct | None
    answer: Answer


def authority_for(subject: Officer | Agency, act: AuthorityAct, day: datetime.date) -> Answer:
    """Return who has authority for an act about an officer or an organisation on a day, and why in words."""
    chart = AuthorityChart(day)
    if isinstance(subject, Agency):
        chart.read([], [subject])
        return chart.of_agency(subject, act)
    chart.read([subject.pk], [])
    return chart.of_officer(subject.pk, act)


def lines_at(agencies: Sequence[Agency], day: datetime.date) -> list[Line]:
    """Return manager and needed authority of everybody, and every organisation, at these agencies and below them.

    Of the province itself only who works there and not below. A number of queries that neither people nor agencies
    raise.
    """
    places = Q(pk__in=[])
    for agency in agencies:
        places |= Q(pk=agency.pk) if agency.is_root() else Q(path__startswith=agency.path)
    units = list(Agency.objects.active().filter(places))
    held = Posting.objects.on(day).filter(agency__in=[unit.pk for unit in units], is_main=True)
    postings: dict[int, list[Posting]] = {}
    for posting in held.select_related("officer", "agency", "position").order_by("officer__code"):
        postings.setdefault(posting.agency_id, []).append(posting)
    chart = AuthorityChart(day)
    chart.read([one.officer_id for here in postings.values() for one in here], units)
    return [line for unit in units for line in chart.lines(unit, postings.get(unit.pk, ()))]


def under_authority_of(holder: Officer, day: datetime.date) -> frozenset[int]:
    """Return the keys of the officers whom somebody evaluates, classifies or is asked about on a day.

    A number of queries that neither the province nor the officers raise: candidates are those to whom a row of a table
    in force could lead from a unit that the holder heads, and nobody else is read.
    """
    candidates = _possible_subjects(holder, day)
    chart = AuthorityChart(day)
    chart.read(candidates, [])
    answers = ((pk, chart.of_officer(pk, act)) for pk in candidates for act in _READING_ACTS)
    return frozenset(pk for pk, answer in answers if answer.officer and answer.officer.pk == holder.pk)


def under_authority_of_account(account: int) -> frozenset[int]:
    """Return the keys of the officers over whom an account's officer has authority today."""
    officer, today = Officer.objects.filter(account=account).first(), timezone.localdate()
    # Whoever heads nothing, and to whom nothing is delegated, can hold no post of a table.
    return under_authority_of(officer, today) if officer and leads_anybody(officer, today) else frozenset()


def _possible_subjects(holder: Officer, day: datetime.date) -> set[int]:
    units = led_units(holder, day, roles=[PostingRole.HEAD])
    found, by_manager = Q(pk__in=[]), False
    tables = AuthorityTable.objects.in_force(day)
    for row in AuthorityRow.objects.filter(table__in=tables, act__in=_READING_ACTS).select_related("table"):
        by_manager |= row.post == AuthorityPost.DIRECT_MANAGER
        about = Q(role=row.subject, agency__kind=row.agency_kind, agency__block=row.table.block)
        for unit in units:
            found |= about & _where(AuthorityPost(row.post), unit)
    held = Posting.objects.on(day).filter(found, is_main=True).values_list("officer", flat=True)
    return {*held, *(possible_reports(holder, day) if by_manager else ())} - {holder.pk}


def _where(post: AuthorityPost, unit: Agency) -> Q:
    """Return where those are posted for whom the head of a unit could hold a post: what ``_place`` says, backwards."""
    below = Q(agency__path__startswith=unit.path)
    if post == AuthorityPost.HEAD_OF_UNIT:
        return Q(agency=unit)
    if post == AuthorityPost.HEAD_ABOVE:
        return below & Q(agency__depth=unit.depth + 1)
    if post == AuthorityPost.PROVINCIAL_CHAIR:
        return below if unit.is_root() else Q(pk__in=[])
    is_held = post == AuthorityPost.HEAD_OF_AGENCY and unit.kind in _AGENCIES
    return below if is_held else Q(pk__in=[])


class AuthorityChart:
    """The tables in force on a day, with who holds which post around some officers and agencies."""

    def __init__(self, day: datetime.date) -> None:
        self.day = day
        self._people = ManagerChart(day)
        self._managers: dict[int, Answer] = {}
        self._tables: dict[str, AuthorityTable] = {}
        self._rows: dict[tuple[int, str, str, str], AuthorityRow] = {}

    def read(self, officers: Iterable[int], agencies: Iterable[Agency]) -> None:
        """Read what the answers about these follow from."""
        units = list(agencies)
        self._managers = self._people.managers(officers)
        self._people.read_agencies(unit.path for unit in units)
        # Who manages the head of an organisation may have authority over it.
        self._managers |= self._people.managers(pk for unit in units for pk in self._people.heads(unit))
        self._tables = {table.block: table for table in AuthorityTable.objects.in_force(self.day)}
        rows = AuthorityRow.objects.filter(table__in=[table.pk for table in self._tables.values()])
        self._rows = {(row.table_id, row.agency_kind, row.subject, row.act): row for row in rows}

    def manager_of(self, officer: int) -> Answer:
        """Return the direct manager of an officer who was read."""
        return self._managers[officer]

    def lines(self, agency: Agency, postings: Iterable[Posting]) -> list[Line]:
        """Return what is found for an agency and those posted there."""
        found = [Line(agency, None, act, self.of_agency(agency, act)) for act in NEEDED_ACTS[False]]
        for posting in postings:
            found.append(Line(agency, posting, None, self._managers[posting.officer_id]))
            found += [Line(agency, posting, act, self.of_officer(posting.officer_id, act)) for act in NEEDED_ACTS[True]]
        return found

    def of_officer(self, officer: int, act: AuthorityAct) -> Answer:
        """Return the authority over an officer, by the main posting of the day."""
        posting = self._people.main_posting(officer)
        if posting is None:
            return Answer(_("Holds no main posting on this day."), hole=Hole.NO_POSTING)
        return self._answer(posting.agency, AuthoritySubject(posting.role), act, posting)

    def over(self, posting: Posting, agency: Agency, act: AuthorityAct) -> Answer:
        """Return the authority over who works at an agency otherwise than by the main posting: another post,
        secondment. The officer and the agency were read.
        """
        return self._answer(agency, AuthoritySubject(posting.role), act, posting)

    def of_agency(self, agency: Agency, act: AuthorityAct) -> Answer:
        """Return the authority over an organisation."""
        return self._answer(agency, AuthoritySubject.ORGANISATION, act, None)

    def _answer(
        self, agency: Agency, subject: AuthoritySubject, act: AuthorityAct, posting: Posting | None
    ) -> Answer:  # fmt: skip
        if agency.is_root() and subject in (AuthoritySubject.HEAD, AuthoritySubject.ORGANISATION):
            sentence = _("No agency of the province stands above %(agency)s.")
            return Answer(sentence % {"agency": agency}, hole=Hole.TOP)
        table = self._tables.get(agency.block)
        if table is None:
            sentence = _("The block %(block)s has no authority table in force on this day.")
            return Answer(sentence % {"block": agency.get_block_display()}, hole=Hole.NO_TABLE)
        row = self._rows.get((table.pk, agency.kind, subject, act))
        if row is not None:
            return self._by_row(row, table, agency, posting)
        asked = {"table": table, "kind": agency.get_kind_display(), "subject": subject.label, "act": act.label}
        sentence = _("%(table)s says nothing of: %(kind)s, %(subject)s, %(act)s.")
        needed = act in NEEDED_ACTS[posting is not None]
        return Answer(sentence % asked, hole=Hole.NO_ROW if needed else Hole.NOT_ASKED)

    def _by_row(self, row: AuthorityRow, table: AuthorityTable, agency: Agency, posting: Posting | None) -> Answer:
        found = self._holder(row, agency, posting)
        by_table = _("%(table)s (in effect from %(day)s)") % {
            "table": table, "day": format_date_vi(table.effective_from or self.day),
        }  # fmt: skip
        why = f"{by_table}: {row}{f' ({row.basis})' if row.basis else ''}. {found.reason}".strip()
        own = posting.officer_id if posting else None
        heads = {own} if own else self._people.heads(agency)
        if found.officer and found.officer.pk in heads:
            return Answer(f"{why} {_('Nobody is their own authority.')}", hole=Hole.ONESELF)
        return Answer(why, found.officer, found.hole)

    def _holder(self, row: AuthorityRow, agency: Agency, posting: Posting | None) -> Answer:
        if row.post == AuthorityPost.DIRECT_MANAGER:
            return self._managers[posting.officer_id] if posting else self._manager_of_head(agency)
        place = self._place(AuthorityPost(row.post), agency)
        if place is None:
            return Answer(_("No such agency stands above."), hole=Hole.NO_AGENCY)
        why = _("Heads %(agency)s.") % {"agency": place}
        return self._people.head_of(place, posting.officer_id if posting else None, why)

    def _manager_of_head(self, agency: Agency) -> Answer:
        """Return who manages the one head of an organisation, whose authority it then is over the organisation too."""
        one_head = self._people.head_of(agency, None, "")
        if one_head.hole is not None:
            return one_head
        (head,) = self._people.heads(agency)
        manager = self._managers[head]
        why = _("Manages the head of %(agency)s.") % {"agency": agency}
        return Answer(f"{why} {manager.reason}", manager.officer, manager.hole)

    def _place(self, post: AuthorityPost, agency: Agency) -> Agency | None:
        """Return the agency whose head holds the post, seen from where the subject is."""
        line = list(self._people.lineage(agency))
        if post == AuthorityPost.HEAD_OF_UNIT:
            return agency
        if post == AuthorityPost.HEAD_ABOVE:
            return line[1] if len(line) > 1 else None
        if post == AuthorityPost.PROVINCIAL_CHAIR:
            return line[-1]
        return next((one for one in line if one.kind in _AGENCIES), None)
