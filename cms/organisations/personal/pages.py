"""The pages that are there for every officer: who I am here, who has read my data, my account, help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.personal import PersonalPage, register
from cms.organisations.models import Agency, Officer, PositionVersion, Posting
from cms.organisations.personal.managers import manager_page, reports_page
from cms.organisations.personal.readers import readers_page
from cms.organisations.personal.screens import PersonalScreen


@dataclass(frozen=True)
class ShownPosting:
    """A posting, the agencies above its own, from the province down, and what its position is today, if approved."""

    posting: Posting
    above: list[Agency]
    version: PositionVersion | None


class PostingsScreen(PersonalScreen):
    """Where the officer works, worked and will work: three queries whatever the province holds."""

    name = "postings"
    template_name = "personal/postings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        shown = list(_with_places(_postings(self.officer)))
        return super().get_context_data(**kwargs) | {
            "present": [one for one in shown if one.posting.is_on(today)],
            "coming": [one for one in shown if one.posting.valid_from > today],
            "past": [one for one in shown if one.posting.is_over(today)],
        }


class OwnAccountScreen(PersonalScreen):
    """With what the officer signs in; to change it leads to the pages that everybody with an account has."""

    name = "account"
    template_name = "personal/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        has_second_factor = Authenticator.objects.filter(user=self.officer.account_id).exists()
        return super().get_context_data(**kwargs) | {"has_second_factor": has_second_factor}


class HelpScreen(PersonalScreen):
    """What is found here, what is kept about a person, and whom to ask."""

    name = "help"
    template_name = "personal/help.html"


def register_pages() -> None:
    """Put the pages at their addresses."""
    register(
        PersonalPage(
            "postings", "cong-tac", gettext_lazy("Who I am here"), 100, PostingsScreen.as_view(), card=_present_lines
        ),
        manager_page(),
        reports_page(),
        readers_page(),
        PersonalPage(
            "account", "tai-khoan", gettext_lazy("My account"), 800, OwnAccountScreen.as_view(), card=_login_line
        ),
        PersonalPage("help", "tro-giup", gettext_lazy("Help"), 900, HelpScreen.as_view()),
    )


def _present_lines(officer: Officer) -> Iterable[str | Promise]:
    """Name the postings of today, the main one first."""
    present = [str(one) for one in map(_in_words, _postings(officer).on(timezone.localdate()))]
    return present or [_("You hold no posting today.")]


def _in_words(posting: Posting) -> str:
    return f"{posting.position} – {posting.agency}"


def _login_line(officer: Officer) -> Iterable[str | Promise]:
    username = officer.account.get_username() if officer.account else ""
    return [_("You sign in as %(username)s.") % {"username": username}]


def _postings(officer: Officer) -> Any:
    order = ("-is_main", "-valid_from", "-pk")
    return Posting.objects.filter(officer=officer).select_related("agency", "position__group").order_by(*order)


def _with_places(postings: Iterable[Posting]) -> Iterator[ShownPosting]:
    listed = list(postings)
    agencies = {agency.path: agency for agency in Agency.objects.above({one.agency.path for one in listed})}
    today = timezone.localdate()
    unended = [one.position_id for one in listed if not one.is_over(today)]
    versions = {one.position_id: one for one in PositionVersion.objects.on(today).filter(position__in=unended)}
    for posting in listed:
        path = posting.agency.path
        above = [agency for place, agency in agencies.items() if path.startswith(place)]
        yield ShownPosting(posting, above, None if posting.is_over(today) else versions.get(posting.position_id))
