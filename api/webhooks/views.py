"""Screens of webhooks, for technical administrators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from api.clients.models import ApiClient
from api.webhooks import actions
from api.webhooks.forms import DeliveryFilterForm, EndpointAddForm, EndpointFilterForm, EndpointForm, SinceForm
from api.webhooks.models import DeliveryState, WebhookDelivery, WebhookEndpoint
from cms.core.screens import Column
from cms.organisations.forms import ReasonForm
from cms.organisations.views.base import FormScreen, ListScreen, Screen

_LIST = ("webhooks:list", _("Webhooks"))


def _state(endpoint: WebhookEndpoint) -> str:
    return render_to_string("api/webhooks/state.html", {"endpoint": endpoint})


class EndpointListScreen(ListScreen):
    """Every endpoint, whether it is on, and how much has been given up."""

    page_title = _("Webhooks")
    header_icon = "link"
    filter_form_class = EndpointFilterForm
    empty = _("No webhook is like this.")
    columns = (
        Column("url", _("Address"), url_name="webhooks:endpoint"),
        Column("client", _("API client"), "client.name"),
        Column("agency", _("Agency"), "client.agency.name"),
        Column("last_delivered_at", _("Last delivered")),
        Column("state", _("State"), _state),
    )

    def buttons(self) -> list[tuple[str, Any]]:
        return [(reverse("webhooks:add"), _("Add a webhook"))]

    def is_past(self, row: WebhookEndpoint) -> bool:
        return row.state == "off" or row.client.revoked_at is not None

    above = ("api_clients:list", _("API clients"))

    def get_queryset(self) -> QuerySet[WebhookEndpoint]:
        """Return what the filter leaves, by program."""
        filters = self.narrowed
        endpoints = WebhookEndpoint.objects.select_related("client__agency").order_by("client__name", "pk")
        if words := filters.get("q"):
            endpoints = endpoints.filter(Q(client__in=ApiClient.objects.search(words)) | Q(url__icontains=words))
        if filters.get("state"):
            endpoints = endpoints.filter(state=filters["state"])
        return endpoints


class EndpointAddScreen(FormScreen):
    """Add an endpoint; its secret is shown once."""

    above = _LIST
    page_title = _("Add a webhook")
    header_icon = "plus"
    form_class = EndpointAddForm
    submit_label = _("Add, and show its secret")
    explanation = _("Events are sent to an address of a program as they happen, signed with a secret of its own.")

    def get_initial(self) -> dict[str, Any]:
        """Begin with the program that the administrator comes from."""
        return super().get_initial() | {"client": self.request.GET.get("client")}

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        """Add it and show the secret."""
        endpoint, secret = actions.add_endpoint(by=self.person, **form.cleaned_data)
        return _show_secret(self, endpoint, secret)


class _OfEndpoint(Screen):
    above = _LIST
    header_icon = "link"

    @cached_property
    def endpoint(self) -> WebhookEndpoint:
        """Return the endpoint, or answer 404."""
        endpoints = WebhookEndpoint.objects.select_related("client__agency", "client__user")
        return get_object_or_404(endpoints, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Name the program."""
        return self.endpoint.client.name

    def refused_url(self) -> str:
        """Lead back to the endpoint's own screen."""
        return reverse("webhooks:endpoint", args=[self.endpoint.pk])


class EndpointScreen(_OfEndpoint, ListScreen):
    """One endpoint: where it sends what, and the log of its deliveries, the latest first."""

    template_name = "api/webhooks/endpoint.html"
    page_title = _("Webhook")
    filter_form_class = DeliveryFilterForm
    context_object_name = "deliveries"
    empty = _("No delivery is like this.")
    columns = (
        Column("message_id", _("Event"), url_name="webhooks:delivery"),
        Column("type", _("Type of event"), is_code=True),
        Column("made_at", _("Made")),
        Column("attempts", _("Tries")),
        Column("answer", _("Last answer"), lambda made: made.last_status or made.get_last_error_display()),
        Column("state", _("State"), "get_state_display"),
    )

    def is_past(self, row: WebhookDelivery) -> bool:
        return row.state == DeliveryState.DEAD

    def get_queryset(self) -> QuerySet[WebhookDelivery]:
        """Return what the filter leaves."""
        deliveries = self.endpoint.deliveries.all()
        if state := self.narrowed.get("state"):
            deliveries = deliveries.filter(state=state)
        return deliveries

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the endpoint and how many deliveries are on their way and given up."""
        counts = self.endpoint.deliveries.aggregate(
            pending=Count("pk", filter=Q(state=DeliveryState.PENDING)),
            dead=Count("pk", filter=Q(state=DeliveryState.DEAD)),
        )
        return super().get_context_data(**kwargs) | {
            "endpoint": self.endpoint, "counts": counts, "dead": DeliveryState.DEAD, "back_url": reverse(_LIST[0]),
            "is_on": self.endpoint.state == "on",
        }  # fmt: skip


class EndpointEditScreen(_OfEndpoint, FormScreen):
    """Change where events go, and which."""

    page_title = _("Change a webhook")
    form_class = EndpointForm
    success_message = _("The webhook has been changed.")

    def get_initial(self) -> dict[str, Any]:
        """Begin with what it is now."""
        return {"url": self.endpoint.url, "types": self.endpoint.types}

    def perform(self, form: forms.BaseForm) -> None:
        """Change it."""
        actions.edit_endpoint(by=self.person, endpoint=self.endpoint, **form.cleaned_data)


class RotateScreen(_OfEndpoint, FormScreen):
    """Make a new secret."""

    page_title = _("New secret")
    form_class = forms.Form
    submit_label = _("Make a new secret")
    explanation = _(
        "The new secret is shown once. For another 24 hours each event is signed with the earlier one too, so that "
        "nothing is refused meanwhile."
    )

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        """Make it and show it."""
        return _show_secret(self, self.endpoint, actions.rotate_secret(by=self.person, endpoint=self.endpoint))


class SwitchOffScreen(_OfEndpoint, FormScreen):
    """Send nothing more."""

    page_title = _("Switch a webhook off")
    form_class = ReasonForm
    submit_label = _("Switch off")
    explanation = _("Nothing more is sent. What is on its way waits until the webhook is switched on.")
    success_message = _("The webhook has been switched off.")

    def perform(self, form: forms.BaseForm) -> None:
        """Switch it off."""
        actions.switch_off(by=self.person, endpoint=self.endpoint, **form.cleaned_data)


class SwitchOnScreen(_OfEndpoint, FormScreen):
    """Send again."""

    page_title = _("Switch a webhook on")
    form_class = forms.Form
    submit_label = _("Switch on")
    explanation = _("Events are sent from now on. What happened meanwhile is sent by “Send again from a day”.")
    success_message = _("The webhook has been switched on.")

    def perform(self, form: forms.BaseForm) -> None:
        """Switch it on."""
        actions.switch_on(by=self.person, endpoint=self.endpoint)


class TrialDeliveryScreen(_OfEndpoint, FormScreen):
    """Send an event that tells of nothing."""

    page_title = _("Send a trial")
    form_class = forms.Form
    submit_label = _("Send a trial")
    explanation = _("An event of the type webhook.test, which tells of nothing, is sent within a few seconds.")
    success_message = _("The trial is on its way. What came of it stands in the log in a moment.")

    def perform(self, form: forms.BaseForm) -> None:
        """Send it."""
        actions.send_trial(by=self.person, endpoint=self.endpoint)


class AgainSinceScreen(_OfEndpoint, FormScreen):
    """Send everything again from a day on."""

    page_title = _("Send again from a day")
    form_class = SinceForm
    submit_label = _("Send again")
    explanation = _("Every event since then is sent, whether it arrived before or not, under the id that it had.")

    def perform(self, form: forms.BaseForm) -> None:
        """Send them."""
        count = actions.send_again_since(by=self.person, endpoint=self.endpoint, since=form.cleaned_data["day"])
        message = ngettext("%(count)s event is on its way again.", "%(count)s events are on their way again.", count)
        self.success_message = message % {"count": count}


class _OfDelivery(_OfEndpoint):
    @cached_property
    def delivery(self) -> WebhookDelivery:
        """Return the delivery, or answer 404."""
        deliveries = WebhookDelivery.objects.select_related("endpoint__client__agency", "endpoint__client__user")
        return get_object_or_404(deliveries, pk=self.kwargs["pk"])

    @cached_property
    def endpoint(self) -> WebhookEndpoint:
        """Return the endpoint that it goes to."""
        return self.delivery.endpoint

    def refused_url(self) -> str:
        """Lead back to the delivery."""
        return reverse("webhooks:delivery", args=[self.delivery.pk])


class DeliveryScreen(_OfDelivery, TemplateView):
    """One delivery with its latest tries."""

    template_name = "api/webhooks/delivery.html"
    page_title = _("Delivery")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the delivery and its tries, the latest first."""
        return super().get_context_data(**kwargs) | {
            "delivery": self.delivery, "endpoint": self.endpoint, "log": self.delivery.log.all()[:50],
            "is_over": self.delivery.state != DeliveryState.PENDING, "is_at_rest": self.delivery.is_at_rest,
            "back_url": reverse("webhooks:endpoint", args=[self.endpoint.pk]),
        }  # fmt: skip


class AgainScreen(_OfDelivery, FormScreen):
    """Send one event again."""

    page_title = _("Send again")
    form_class = forms.Form
    submit_label = _("Send again")
    explanation = _("The event is sent within a few seconds, under the id that it had: the receiver knows it by that.")
    success_message = _("The event is on its way again.")

    def perform(self, form: forms.BaseForm) -> None:
        """Send it."""
        actions.send_again(by=self.person, delivery=self.delivery)


def _show_secret(screen: FormScreen, endpoint: WebhookEndpoint, secret: str) -> HttpResponse:
    """Answer with the secret itself: it is in no address, session or message that would outlive the page."""
    context = screen.get_context_data(form=None) | {"endpoint": endpoint, "secret": secret}
    return screen.response_class(screen.request, "api/webhooks/secret.html", context)
