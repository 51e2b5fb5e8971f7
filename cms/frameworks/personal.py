"""An officer's page: the framework that judges me today, and why it is mine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.personal import PersonalPage, register
from cms.frameworks.applicable import framework_for
from cms.frameworks.presenters import public_address
from cms.organisations.models import Officer, Posting
from cms.organisations.personal.screens import PersonalScreen


class OwnFrameworkScreen(PersonalScreen):
    """Today's framework, what of the posting fitted, what it wins over, and what is suspended."""

    name = "framework"
    template_name = "personal/framework.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        answer = framework_for(self.officer, today)
        posting = Posting.objects.on(today).filter(officer=self.officer, is_main=True)
        return super().get_context_data(**kwargs) | {
            "answer": answer,
            "posting": posting.select_related("agency", "position").first(),
            "public_address": public_address(answer.version) if answer.version else "",
        }


def register_pages() -> None:
    """Put the page at its address."""
    register(
        PersonalPage(
            "framework", "khung", gettext_lazy("My framework"), 200, OwnFrameworkScreen.as_view(), card=_card_lines
        )
    )


def _card_lines(officer: Officer) -> Iterable[str | Promise]:
    version = framework_for(officer, timezone.localdate()).version
    return [version.name if version else _("No framework judges you today.")]
