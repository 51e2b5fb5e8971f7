"""The work of those whom an officer manages, by person and by day: for managers without a role in the admin."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.assignments import actions
from cms.assignments.board import loads_in
from cms.assignments.enums import WorkState
from cms.assignments.models import Signal, WorkAssignment, WorkQuerySet
from cms.assignments.permissions import postings_given_work_by
from cms.assignments.working_days import ONE_DAY, WorkCalendar, days_had, month_span, read_calendar
from cms.core.errors import DomainError
from cms.organisations.access import access_for
from cms.organisations.actions import note_read
from cms.organisations.enums import OfficerData
from cms.organisations.models import Officer, Posting, of_managed
from cms.organisations.personal.screens import PersonalScreen

SIZE = 50
# Of a month so many pieces stand in the calendar; the list of a person has all.
MOST_IN_A_MONTH = 400


class TeamScreen(PersonalScreen):
    """Each person's work by state and load, what is late or soon is, and what waits: confirmed at once or returned."""

    name = "team"
    template_name = "assignments/team.html"

    @property
    def managed(self) -> frozenset[int]:
        """Return the keys of the officers whom the person manages today."""
        return access_for(self.request.user).managed

    @property
    def work(self) -> WorkQuerySet:
        """Return the work of these officers that stands, as the manager sees it."""
        managed = WorkAssignment.objects.filter(of_managed(self.request.user))
        return managed.exclude(state=WorkState.WITHDRAWN)

    @cached_property
    def month(self) -> datetime.date:
        """Return the first day of the month of the address (2026-11), or of this one."""
        try:
            return datetime.date.fromisoformat(f"{self.request.GET.get('thang', '')}-01")
        except ValueError:
            return timezone.localdate().replace(day=1)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = Posting.objects.on(timezone.localdate()).filter(is_main=True).select_related("position", "agency")
        people = Officer.objects.filter(pk__in=self.managed).order_by("code")
        pages = Paginator(people.prefetch_related(Prefetch("postings", held, to_attr="present")), SIZE)
        listed: Any = pages.get_page(self.request.GET.get("trang"))
        keys = [officer.pk for officer in listed]
        loads, days = loads_in(self.work, keys, self.month), days_had(keys, *month_span(self.month))
        for officer in listed:
            officer.load, officer.days = loads[officer.pk], days[officer.pk]
            officer.share = officer.load.share(officer.days)
            officer.per_day = officer.load.per_day(officer.days)
        waiting = WorkAssignment.objects.confirmable_by(self.request.user).filter(officer__in=self.managed)
        return super().get_context_data(**kwargs) | {
            "listed": listed,
            "month": self.month,
            "waiting": waiting.select_related("officer")[:SIZE],
            "late": self.work.open().late().select_related("officer")[:SIZE],
            "soon": self.work.soon_due().select_related("officer")[:SIZE],
            "signals": Signal.objects.visible_to(self.request.user).standing()[:SIZE],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm what was chosen, return one piece with a word, or dismiss a signal with a word."""
        acts = {"confirm": self._confirm, "return": self._return, "dismiss": self._dismiss}
        act = acts.get(next((name for name in acts if name in request.POST), ""))
        if act is None:
            raise Http404
        try:
            messages.success(request, act())
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return redirect("personal:team")

    def _waiting(self, keys: list[str]) -> list[WorkAssignment]:
        chosen = {key for key in keys if key.isdecimal()}
        waiting = WorkAssignment.objects.confirmable_by(self.request.user).filter(officer__in=self.managed)
        found = list(waiting.filter(pk__in=sorted(chosen)[:200]))
        if not found or len(found) != len(chosen):
            raise DomainError(_("Choose work that waits for your confirmation; nothing was confirmed."))
        return found

    def _confirm(self) -> str:
        user: Any = self.request.user
        done = len(actions.confirm_work(by=user, work=self._waiting(self.request.POST.getlist("work"))))
        text = ngettext(
            "%(count)d piece of work has been confirmed.", "%(count)d pieces of work have been confirmed.", done
        )
        return text % {"count": done}

    def _return(self) -> str:
        user: Any = self.request.user
        (work,) = self._waiting([self.request.POST["return"]])
        reason = self.request.POST.get(f"word-{work.pk}", "")[:2000]
        actions.return_work(by=user, work=work, reason=reason)
        return _("The work has been returned.")

    def _dismiss(self) -> str:
        user: Any = self.request.user
        key = self.request.POST["dismiss"]
        signal = Signal.objects.visible_to(user).filter(pk=key if key.isdecimal() else 0).first()
        if signal is None:
            raise Http404
        actions.dismiss_signal(by=user, signal=signal, words=self.request.POST.get(f"word-{signal.pk}", "")[:2000])
        return _("The signal has been dismissed.")


@dataclass(frozen=True)
class CalendarDay:
    """A day of the grid: whether it belongs to the month and is worked, its holiday, and the work that is due on it."""

    day: datetime.date
    is_inside: bool
    is_today: bool
    is_off: bool
    holiday: str
    works: list[WorkAssignment]


class TeamCalendarScreen(TeamScreen):
    """The month as a grid of days and as the table of the same: work by its last day."""

    template_name = "assignments/team_calendar.html"
    http_method_names = ["get", "head"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        first, last = month_span(self.month)
        due = self.work.filter(due_on__gte=first, due_on__lte=last).select_related("officer").order_by("due_on", "pk")
        works = list(due[: MOST_IN_A_MONTH + 1])
        # Not the board's lists: a month alone.
        context = PersonalScreen.get_context_data(self, **kwargs)
        return context | {
            "month": first,
            "before": (first - ONE_DAY).replace(day=1),
            "after": last + ONE_DAY,
            "weeks": list(_weeks(first, last, works[:MOST_IN_A_MONTH])),
            "works": works[:MOST_IN_A_MONTH],
            "is_cut": len(works) > MOST_IN_A_MONTH,
        }


def _weeks(first: datetime.date, last: datetime.date, works: list[WorkAssignment]) -> Any:
    begin, today = first - first.weekday() * ONE_DAY, timezone.localdate()
    known: WorkCalendar = read_calendar(begin, last + 7 * ONE_DAY)
    while begin <= last:
        days = [begin + number * ONE_DAY for number in range(7)]
        yield [
            CalendarDay(
                day, first <= day <= last, day == today, not known.is_working(day), known.off.get(day, ""),
                [w for w in works if w.due_on == day],
            )
            for day in days
        ]  # fmt: skip
        begin += 7 * ONE_DAY


class TeamPersonScreen(TeamScreen):
    """One person's open work, which the person can see was read, and the ways to what is done about it."""

    template_name = "assignments/team_person.html"
    http_method_names = ["get", "head"]

    @cached_property
    def person(self) -> Officer:
        """Return the officer of the address, whom the person manages today."""
        officer = Officer.objects.filter(pk__in=self.managed, pk=self.kwargs["pk"]).first()
        if officer is None:
            raise Http404
        return officer

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        note_read(by=request.user, officer=self.person, what=OfficerData.WORK)  # type: ignore[arg-type]
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = self.work.filter(officer=self.person)
        held = postings_given_work_by(self.request.user).filter(officer=self.person)
        return PersonalScreen.get_context_data(self, **kwargs) | {
            "person": self.person,
            "open": list(own.open()[:200]),
            "waits": list(own.filter(state=WorkState.DONE)[:SIZE]),
            "absences": self.person.absences.filter(withdrawn_at=None, last_day__gte=timezone.localdate()),
            "posting": held.order_by("-is_main", "pk").first(),
        }
