"""Screens of the desk: who reviews an objection, complaints before the decision, cancelling a locked result."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.evaluations import actions
from cms.evaluations.consequences import consequences
from cms.evaluations.forms import CancellationForm, ComplaintForm, ConclusionForm, ReviewerForm
from cms.evaluations.models import Cancellation, Complaint, Objection
from cms.evaluations.views import EvaluationFormScreen


class AppointReviewerScreen(EvaluationFormScreen):
    """Appoint who reviews an objection."""

    page_title = gettext_lazy("Appoint the reviewer")
    form_class = ReviewerForm
    submit_label = gettext_lazy("Appoint")
    explanation = gettext_lazy("Somebody who had no part in any step of this evaluation, and no authority over it.")
    success_message = gettext_lazy("The reviewer has been appointed.")

    def perform(self, form: forms.BaseForm) -> None:
        waiting = get_object_or_404(Objection.objects.open(), evaluation=self.evaluation)
        reviewer: Any = form.cleaned_data["code"].account
        actions.appoint_reviewer(by=self.person, objection=waiting, reviewer=reviewer)


class OrderVerificationScreen(EvaluationFormScreen):
    """Order that a complaint is verified before the decision."""

    page_title = gettext_lazy("Order a verification")
    form_class = ComplaintForm
    submit_label = gettext_lazy("Order the verification")
    serious = True
    explanation = gettext_lazy("Until somebody else has concluded it, the evaluation is not decided.")
    success_message = gettext_lazy("The verification has been ordered.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.order_verification(by=self.person, evaluation=self.evaluation, **form.cleaned_data)


class ConcludeVerificationScreen(EvaluationFormScreen):
    """End what somebody else ordered, with its outcome in words."""

    page_title = gettext_lazy("Conclude the verification")
    form_class = ConclusionForm
    submit_label = gettext_lazy("Conclude")
    success_message = gettext_lazy("The conclusion has been recorded; the evaluation can be decided.")

    def perform(self, form: forms.BaseForm) -> None:
        waiting = get_object_or_404(Complaint.objects.open(), evaluation=self.evaluation)
        actions.conclude_verification(by=self.person, complaint=waiting, **form.cleaned_data)


class _Cancelling(EvaluationFormScreen):
    """Shows what follows before anybody decides it."""

    serious = True

    @property
    def explanation(self) -> Any:
        following = consequences(self.evaluation)
        if not following:
            return _("Nothing else rests on this result. It stays to be read.")
        rows = format_html_join("", "<li>{}</li>", ((each.words,) for each in following))
        return format_html("{}<ul>{}</ul>", _("What follows from it; the cancelled result stays to be read:"), rows)


class ProposeCancellationScreen(_Cancelling):
    """Propose to cancel a locked result."""

    page_title = gettext_lazy("Propose to cancel the result")
    form_class = CancellationForm
    submit_label = gettext_lazy("Propose")
    success_message = gettext_lazy("The cancellation has been proposed. It waits for the head of the agency.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.propose_cancellation(by=self.person, evaluation=self.evaluation, **form.cleaned_data)


class ApproveCancellationScreen(_Cancelling):
    """Cancel, as the second person."""

    page_title = gettext_lazy("Cancel the result")
    form_class = forms.Form
    submit_label = gettext_lazy("Cancel the result")
    success_message = gettext_lazy("The result has been cancelled; the evaluation is open again.")

    def perform(self, form: forms.BaseForm) -> None:
        waiting = get_object_or_404(Cancellation, evaluation=self.evaluation, approved_at=None)
        actions.approve_cancellation(by=self.person, cancellation=waiting)
