"""Whom reminders do not reach, at the desk of their agency."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from cms.assignments.models import Reminder
from cms.assignments.views import LIST, WorkScreen
from cms.core.screens import Column, ListScreen, below


class BounceListScreen(WorkScreen, ListScreen):
    """Officers whose last mail did not arrive at the address that they still have, until that is another."""

    page_title = gettext_lazy("Mail that did not arrive")
    above = LIST
    order = ("officer__code", "pk")
    empty = gettext_lazy("Every mail of the last 30 days arrived, as far as mail systems tell.")
    explanation = gettext_lazy(
        "Correct the address on the page of the officer's account; the line then goes. Set-up links that came back "
        "stand among the accounts of officers."
    )
    columns = [
        Column("officer", gettext_lazy("Officer"), "officer.name", below=lambda row: below(row.officer.code)),
        Column("address", gettext_lazy("E-mail address"), "refused_address"),
        Column("day", gettext_lazy("Mail of")),
        Column("refusal", gettext_lazy("What the mail system says")),
    ]  # fmt: skip

    def buttons(self) -> list[tuple[str, object]]:
        return [(reverse("organisations:invitation_list"), gettext_lazy("Accounts of officers"))]

    def get_queryset(self) -> QuerySet[Reminder]:
        return Reminder.objects.undelivered().at_desk_of(self.person).select_related("officer")
