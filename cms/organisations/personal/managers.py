"""The pages that tell an officer who manages, evaluates and classifies them and why, and whom they manage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.personal import PersonalPage
from cms.organisations import actions
from cms.organisations.authority import AuthorityChart
from cms.organisations.enums import AuthorityAct, OfficerData
from cms.organisations.managers import Answer, leading
from cms.organisations.models import Delegation, Officer, Posting
from cms.organisations.personal.screens import PersonalScreen

SIZE = 30


class ManagerScreen(PersonalScreen):
    """Who manages, evaluates and classifies the officer today, each with the reason, and exceptions that hold."""

    name = "manager"
    template_name = "personal/manager.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        chart = AuthorityChart(today)
        chart.read([self.officer.pk], [])
        answers: list[tuple[Any, Answer]] = [(_("Direct manager"), chart.manager_of(self.officer.pk))]
        answers += [(act.label, chart.of_officer(self.officer.pk, act)) for act in AuthorityAct]
        exceptions = Delegation.objects.visible_to(self.request.user).overlapping(today, None).with_names()
        own = exceptions.filter(from_officer=self.officer) | exceptions.filter(to_officer=self.officer)
        shown = answers[:1] + [one for one in answers[1:] if one[1].officer or one[1].is_gap]
        return super().get_context_data(**kwargs) | {"answers": shown, "exceptions": own}


class ReportsScreen(PersonalScreen):
    """The officers whom the officer manages today, by code, with what they are posted as."""

    name = "reports"
    template_name = "personal/reports.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        managed = Officer.objects.managed_by(self.request.user).order_by("code")
        pages = Paginator(managed.prefetch_related(Prefetch("postings", _present(), to_attr="present")), SIZE)
        return super().get_context_data(**kwargs) | {"listed": pages.get_page(self.request.GET.get("trang"))}


class ReportScreen(PersonalScreen):
    """One officer whom the officer manages today, who can see that it was read; anybody else is not found."""

    name = "reports"
    template_name = "personal/report.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        managed = Officer.objects.managed_by(request.user)
        report = get_object_or_404(
            managed.prefetch_related(Prefetch("postings", _present(), to_attr="present")), pk=kwargs["pk"]
        )
        actions.note_read(by=request.user, officer=report, what=OfficerData.AS_MANAGER)  # type: ignore[arg-type]
        response: HttpResponse = super().get(request, *args, report=report, **kwargs)
        return response


def manager_page() -> PersonalPage:
    title = gettext_lazy("My manager and why")
    return PersonalPage("manager", "nguoi-quan-ly", title, 200, ManagerScreen.as_view(), card=_about)


def reports_page() -> PersonalPage:
    return PersonalPage(
        "reports", "toi-quan-ly", gettext_lazy("Whom I manage"), 210, ReportsScreen.as_view(), rows=_leading
    )


def _about(officer: Officer) -> Iterable[str | Promise]:
    return [_("Who manages, evaluates and classifies you today.")]


def _leading(officer: Officer) -> QuerySet[Officer]:
    return leading(officer, timezone.localdate())


def _present() -> QuerySet[Posting]:
    held = Posting.objects.on(timezone.localdate()).select_related("agency", "position__group")
    return held.order_by("-is_main", "-valid_from")
