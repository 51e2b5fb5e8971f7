"""Where everybody chooses when e-mails of messages come to them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cms.notices import actions
from cms.notices.enums import Pace
from cms.notices.inbox import frame_context
from cms.notices.kinds import all_groups, all_kinds
from cms.notices.models import EmailChoice, QuietHours

_HOURS = [("", "–"), *((str(hour), f"{hour:02}:00") for hour in range(24))]


class EmailForm(forms.Form):
    """A pace for each group of messages, and the quiet hours, both or none."""

    quiet_from = forms.TypedChoiceField(
        label=_("no e-mail from (hour)"), choices=_HOURS, coerce=int, required=False, empty_value=None
    )
    quiet_until = forms.TypedChoiceField(
        label=_("no e-mail until (hour)"), choices=_HOURS, coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in all_groups():
            self.fields[group.key] = forms.ChoiceField(label=group.label, choices=Pace.choices, initial=Pace.AT_ONCE)

    def clean(self) -> dict[str, Any]:
        """Refuse half of the quiet hours, and hours that end where they begin."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if not self.errors and (first is None) != (last is None):
            self.add_error("quiet_until", _("Choose both hours, or none."))
        elif first is not None and first == last:
            self.add_error("quiet_until", _("Quiet hours end at another hour than they begin."))
        return cleaned

    @property
    def of_groups(self) -> list[forms.BoundField]:
        """Return the fields of the groups."""
        return [self[group.key] for group in all_groups()]

    @property
    def of_hours(self) -> list[forms.BoundField]:
        """Return the fields of the quiet hours."""
        return [self["quiet_from"], self["quiet_until"]]


class EmailScreen(LoginRequiredMixin, TemplateView):
    """Choose for each group of messages when e-mails come, and from which hour until which none does."""

    template_name = "notices/emails.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"form": EmailForm(initial=self._chosen()), "lawful": [each for each in all_kinds() if each.is_lawful]}
        return super().get_context_data(**(shown | frame_context(self.request.user) | kwargs))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep what was chosen."""
        form = EmailForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        asked = form.cleaned_data
        quiet = (asked["quiet_from"], asked["quiet_until"]) if asked["quiet_from"] is not None else None
        paces = {group.key: Pace(asked[group.key]) for group in all_groups()}
        actions.choose_emails(by=request.user, paces=paces, quiet=quiet)  # type: ignore[arg-type]
        messages.success(request, gettext("Your choice has been saved."))
        return redirect("inbox:emails")

    def _chosen(self) -> dict[str, Any]:
        own = {"user": self.request.user}
        paces: dict[str, Any] = dict(EmailChoice.objects.filter(**own).values_list("group", "pace"))
        hours = QuietHours.objects.filter(**own).values("quiet_from", "quiet_until").first()
        return paces | dict(hours or {})
