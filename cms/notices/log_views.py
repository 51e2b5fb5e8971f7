"""The log of what was sent, for technical administrators: no text and no whole address stands in it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import View

from cms.core.screens import Column, ListScreen, Screen
from cms.notices import actions
from cms.notices.actions.retrying import RETRIED
from cms.notices.enums import EmailState
from cms.notices.kinds import all_kinds, find_kind
from cms.notices.models import Message, MessageQuerySet
from cms.notices.permissions import can_see_log
from cms.organisations.forms import day_field


class LogFilterForm(forms.Form):
    """Narrows the log."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *EmailState.choices])
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    day = day_field(_("Day"), required=False)
    q = forms.EmailField(label=_("Whole e-mail address"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = [("", _("All")), *((kind.key, kind.label) for kind in all_kinds())]

    def narrow(self) -> MessageQuerySet:
        """Return the messages that were asked for; none where what was asked makes no sense."""
        rows = Message.objects.order_by("-pk")
        if not self.is_bound:
            return rows
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        fields = {"email_state": "state", "kind": "kind", "made_at__date": "day", "address__iexact": "q"}
        return rows.filter(**{field: asked[name] for field, name in fields.items() if asked[name]})


def masked(address: str) -> str:
    """Return an address of which the first letter and the host stand there: enough to see whose server refuses."""
    name, _at, host = address.rpartition("@")
    return f"{name[:1]}***@{host}" if address else ""


def _retry_button(row: Message) -> Any:
    if row.email_state not in RETRIED:
        return ""
    return format_html(
        '<button type="submit" class="button button-small" form="retry" name="pk" value="{}">{}</button>',
        row.pk, _("Try again"),
    )  # fmt: skip


class LogScreen(ListScreen):
    """What was sent, waits or failed, the latest first."""

    opens_to = staticmethod(can_see_log)
    page_title = _("E-mails sent")
    header_icon = "mail"
    template_name = "notices/log.html"
    filter_form_class = LogFilterForm
    empty = _("No message is like this.")
    columns = (
        Column("made_at", _("Made")),
        Column("kind", _("Kind"), lambda row: kind.label if (kind := find_kind(row.kind)) else row.kind),
        Column("address", _("Address"), lambda row: masked(row.address)),
        Column("state", _("State"), "get_email_state_display"),
        Column("error", _("Last error"), "get_error_display"),
        Column("attempts", _("Tries")),
        Column("next_try_at", _("Next try"), lambda row: row.next_try_at if row.email_state == "failed" else None),
        Column("retry", _("Try again"), _retry_button, is_for_acts=True),
    )

    def get_queryset(self) -> MessageQuerySet:
        form: Any = self.filter_form
        rows: MessageQuerySet = form.narrow()
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        failed = self.get_queryset().filter(email_state__in=RETRIED).count()
        return context | {"failed": failed, "asked": self.request.GET.urlencode()}


class RetryAct(Screen, View):
    """Try one message again, or all that the filter leaves."""

    opens_to = staticmethod(can_see_log)
    above = ("message_log:list", _("E-mails sent"))
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = LogFilterForm(request.GET or None).narrow()
        if key := request.POST.get("pk"):
            row = get_object_or_404(Message, pk=int(key) if key.isdecimal() and len(key) < 19 else 0)
            rows = Message.objects.filter(pk=row.pk)
        count = actions.retry_messages(by=self.person, messages=rows)
        said = ngettext("%(count)d e-mail is tried again.", "%(count)d e-mails are tried again.", count)
        messages.success(request, said % {"count": count})
        return redirect(f"{reverse('message_log:list')}?{request.GET.urlencode()}")
