"""Screens of set-up links: whom to give an account, and what became of each link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from cms.core.paging import keyset_page
from cms.core.screens import Column, below
from cms.organisations import actions
from cms.organisations.actions import InvitationRow
from cms.organisations.enums import InvitationState
from cms.organisations.errors import InvalidInvitations
from cms.organisations.invitation_forms import AddressForm, AddressListForm, InvitationFilterForm
from cms.organisations.models import Invitation, Officer
from cms.organisations.officer_forms import OfficerFilterForm
from cms.organisations.permissions import can_staff
from cms.organisations.views.base import FormScreen, ListScreen, Screen
from cms.organisations.workbooks import read_rows

_LIST = ("organisations:invitation_list", gettext_lazy("Accounts of officers"))
_SIZE = 50
_FIELD = "email-"
CODE, ADDRESS = "Mã công chức", "Thư điện tử"


def _failure(invitation: Invitation) -> Any:
    return below(invitation.get_failure_display())


class InvitationListScreen(ListScreen):
    """Each officer's link that counts, and where it stands: what could not be sent is a list to act upon."""

    page_title = _LIST[1]
    header_icon = "mail"
    opens_to = staticmethod(can_staff)
    filter_form_class = InvitationFilterForm
    order = ("officer__code", "pk")
    paginate_by = _SIZE
    empty = gettext_lazy("No link is like this.")
    columns = (
        Column("officer", gettext_lazy("Officer"), "officer.name", url_name="organisations:invitation_again"),
        Column("code", gettext_lazy("Officer code"), "officer.code", is_code=True),
        Column("email", gettext_lazy("E-mail address")),
        Column(
            "state",
            gettext_lazy("State"),
            lambda row: row.state.label,
            below=lambda row: below(row.get_failure_display()),
        ),
        Column("sent_at", gettext_lazy("Sent")),
        Column("expires_at", gettext_lazy("Holds until")),
    )

    def buttons(self) -> list[tuple[str, Any]]:
        return [
            (reverse("organisations:invitation_add"), gettext_lazy("Give accounts")),
            (reverse("organisations:invitation_upload"), gettext_lazy("From a workbook")),
            (reverse("organisations:invitation_retry"), gettext_lazy("Send what could not be sent")),
        ]

    def get_queryset(self) -> QuerySet[Invitation]:
        filters = self.narrowed
        found = Invitation.objects.visible_to(self.request.user).current().select_related("officer")
        if filters.get("q"):
            found = found.filter(officer__in=Officer.objects.search(filters["q"]))
        return found.in_state(filters["state"]) if filters.get("state") else found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say how far the sending has come."""
        counts = Invitation.objects.visible_to(self.request.user).counts()
        summary = ", ".join(f"{InvitationState(state).label}: {count}" for state, count in counts.items() if count)
        return super().get_context_data(**kwargs) | {"count_label": summary}


class InvitationAddScreen(Screen, TemplateView):
    """Officers without an account, chosen by writing an e-mail address beside them."""

    above = _LIST
    template_name = "organisations/invitation_add.html"
    page_title = gettext_lazy("Give accounts")
    header_icon = "plus"
    opens_to = staticmethod(can_staff)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = OfficerFilterForm(self.request.GET or None, by=self.person)
        page = keyset_page(
            form.officers().filter(account=None), order=("code",), size=_SIZE,
            after=self.request.GET.get("after", ""), before=self.request.GET.get("before", ""),
        )  # fmt: skip
        typed = {name.removeprefix(_FIELD): text for name, text in self.request.POST.items() if name.startswith(_FIELD)}
        rows = [(officer, typed.get(officer.code, "")) for officer in page.rows]
        return super().get_context_data(page=page, filter_form=form, rows=rows, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Give an account to each officer beside whom an address stands; a refusal keeps what was typed."""
        rows = [
            InvitationRow(name.removeprefix(_FIELD), str(text))
            for name, text in request.POST.items()
            if name.startswith(_FIELD) and str(text).strip()
        ]
        try:
            return _invited(request, self.person, rows)
        except InvalidInvitations as refusal:
            return self.render_to_response(self.get_context_data(problems=refusal.sentences))


class InvitationUploadScreen(FormScreen):
    """A workbook with codes and addresses: the downloaded staff list with one more column will do."""

    above = _LIST
    page_title = gettext_lazy("Accounts from a workbook")
    header_icon = "upload"
    opens_to = staticmethod(can_staff)
    form_class = AddressListForm
    submit_label = gettext_lazy("Give accounts")
    explanation = gettext_lazy(
        "The first row has the columns “Mã công chức” and “Thư điện tử”; others are passed over. The staff list as "
        "downloaded, with a column of addresses added, will do. Rows without an address are left out. If any row is "
        "wrong, nothing is done."
    )

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        rows = read_rows(form.cleaned_data["file"].read(), (CODE, ADDRESS))
        filled = [InvitationRow(str(row.values[CODE]), str(row.values[ADDRESS])) for row in rows if row.values[ADDRESS]]
        return _invited(self.request, self.person, filled)


class InvitationAgainScreen(FormScreen):
    """Send one officer another link, perhaps to another address."""

    above = _LIST
    page_title = gettext_lazy("Send a link again")
    header_icon = "mail"
    opens_to = staticmethod(can_staff)
    form_class = AddressForm
    submit_label = gettext_lazy("Send a link again")
    explanation = gettext_lazy("The earlier link holds no more.")
    success_message = gettext_lazy("Another link is on its way.")

    @cached_property
    def invitation(self) -> Invitation:
        """Return the invitation of the address."""
        own = Invitation.objects.visible_to(self.person).current().select_related("officer")
        return get_object_or_404(own, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.invitation.officer)

    def get_initial(self) -> dict[str, Any]:
        return {"email": self.invitation.email}

    def perform(self, form: forms.BaseForm) -> None:
        actions.invite_again(by=self.person, invitation=self.invitation, email=form.cleaned_data["email"])


class InvitationRetryScreen(FormScreen):
    """Try everything again that the mail server did not take."""

    above = _LIST
    page_title = gettext_lazy("Send what could not be sent")
    header_icon = "mail"
    opens_to = staticmethod(can_staff)
    form_class = forms.Form
    submit_label = gettext_lazy("Send")
    explanation = gettext_lazy("Links that the mail server did not take, and those that a restart left waiting.")

    def perform(self, form: forms.BaseForm) -> None:
        _report_sent(self.request, actions.retry_invitations(by=self.person))


def _invited(request: HttpRequest, person: Any, rows: list[InvitationRow]) -> HttpResponse:
    if not rows:
        raise InvalidInvitations([_("No e-mail address stands there.")])
    _report_sent(request, len(actions.invite_officers(by=person, rows=rows)))
    return redirect("organisations:invitation_list")


def _report_sent(request: HttpRequest, count: int) -> None:
    sentence = ngettext("%(count)d link is on its way.", "%(count)d links are on their way.", count)
    messages.success(request, sentence % {"count": count})
