"""Every write about webhooks by a person. Administrators keep them; each act is in the ledger, no secret ever is."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from api.clients.models import ApiClient
from api.events.reading import first_since
from api.webhooks.addresses import check_address
from api.webhooks.messages import TRIAL
from api.webhooks.models import DeliveryState, EndpointState, OffReason, WebhookDelivery, WebhookEndpoint
from api.webhooks.outbox import begin_now, events_for, make_deliveries
from api.webhooks.secrets import new_secret, seal
from cms.audit.actions import record
from cms.audit.acts import events as known_events
from cms.core.errors import DomainError, WrongState
from cms.organisations.permissions import require_administrator
from cms.users.models import User

# For so long after a rotation both secrets sign, so that nothing is refused while the new one is put in place.
OVERLAP = datetime.timedelta(hours=24)
# More events than this are not sent again in one go.
MOST_AGAIN = 10_000
# Endpoints that one program has at the most.
MOST_ENDPOINTS = 10


class InvalidWebhook(DomainError):
    """The webhook cannot be: unknown types, too many, or the platform sends none at all."""

    code = "invalid_webhook"


@transaction.atomic
def add_endpoint(
    *, by: User | None, client: ApiClient, url: str, types: Sequence[str] = ()
) -> tuple[WebhookEndpoint, str]:
    """Add an endpoint of a client, and return it with its secret, shown once.

    It gets the events of these types (all, without any) that the client may read, from now on. Raises NotAllowed,
    WrongState, BadAddress and InvalidWebhook.
    """
    require_administrator(by)
    if not settings.THUOCDO_WEBHOOK_HOSTS:
        raise InvalidWebhook(_("This platform sends no webhooks: no machines are named in its settings."))
    client = ApiClient.objects.select_for_update(of=("self",)).select_related("agency").get(pk=client.pk)
    if client.revoked_at:
        raise WrongState(_("This API client has been revoked already."))
    if client.webhooks.count() >= MOST_ENDPOINTS:
        raise InvalidWebhook(_("A program has at most %(most)s webhooks.") % {"most": MOST_ENDPOINTS})
    check_address(url)
    secret = new_secret()
    endpoint = WebhookEndpoint.objects.create(
        client=client, url=url, types=_known(types), since=begin_now(), secret=seal(secret), added_by=by
    )
    _record(by, endpoint, "webhook.add", {"url": url, "types": endpoint.types})
    return endpoint, secret


@transaction.atomic
def edit_endpoint(*, by: User | None, endpoint: WebhookEndpoint, url: str, types: Sequence[str] = ()) -> None:
    """Send elsewhere, or other types; what is on its way goes to the new address. Raises as ``add_endpoint`` does."""
    require_administrator(by)
    endpoint = _locked(endpoint)
    check_address(url)
    before = {"url": endpoint.url, "types": endpoint.types}
    endpoint.url, endpoint.types = url, _known(types)
    endpoint.save(update_fields=["url", "types"])
    _record(by, endpoint, "webhook.edit", {"url": url, "types": endpoint.types}, before=before)


@transaction.atomic
def rotate_secret(*, by: User | None, endpoint: WebhookEndpoint) -> str:
    """Return a new secret; for a day the earlier one signs too. Raises NotAllowed."""
    require_administrator(by)
    endpoint = _locked(endpoint)
    secret = new_secret()
    endpoint.previous_secret, endpoint.previous_until = endpoint.secret, timezone.now() + OVERLAP
    endpoint.secret = seal(secret)
    endpoint.save(update_fields=["secret", "previous_secret", "previous_until"])
    _record(by, endpoint, "webhook.rotate")
    return secret


@transaction.atomic
def switch_off(*, by: User | None, endpoint: WebhookEndpoint, reason: str) -> None:
    """Send nothing more; what is on its way waits. Raises NotAllowed and WrongState."""
    require_administrator(by)
    endpoint = _locked(endpoint)
    if endpoint.state == EndpointState.OFF:
        raise WrongState(_("This webhook is switched off already."))
    endpoint.state, endpoint.off_reason = EndpointState.OFF, OffReason.BY_HAND
    endpoint.save(update_fields=["state", "off_reason"])
    _record(by, endpoint, "webhook.switch_off", reason=reason)


@transaction.atomic
def switch_on(*, by: User | None, endpoint: WebhookEndpoint) -> None:
    """Send again, from now on; what happened meanwhile is sent by ``send_again_since``. Raises as adding one does."""
    require_administrator(by)
    endpoint = _locked(endpoint)
    if endpoint.state == EndpointState.ON:
        raise WrongState(_("This webhook is switched on already."))
    check_address(endpoint.url)
    endpoint.state, endpoint.off_reason, endpoint.failing_since = EndpointState.ON, "", None
    endpoint.since = begin_now()
    endpoint.save(update_fields=["state", "off_reason", "failing_since", "since"])
    _record(by, endpoint, "webhook.switch_on")


@transaction.atomic
def send_trial(*, by: User | None, endpoint: WebhookEndpoint) -> WebhookDelivery:
    """Send an event without content. Raises NotAllowed and WrongState."""
    require_administrator(by)
    endpoint = _sending(endpoint)
    trial = endpoint.deliveries.create(sequence=0, type=TRIAL)
    _record(by, endpoint, "webhook.test")
    return trial


@transaction.atomic
def send_again(*, by: User | None, delivery: WebhookDelivery) -> None:
    """Put one delivery that is over, or waits for a later try, on its way again now, under the same id.

    The program itself may do so too. Raises NotAllowed and WrongState.
    """
    if by is None or delivery.endpoint.client.user_id != by.pk:
        require_administrator(by)
    endpoint = _sending(delivery.endpoint)
    delivery = WebhookDelivery.objects.select_for_update().get(pk=delivery.pk)
    if not delivery.is_at_rest:
        raise WrongState(_("This delivery is on its way already."))
    _begin_anew(WebhookDelivery.objects.filter(pk=delivery.pk))
    _record(by, endpoint, "webhook.replay", {"event": delivery.message_id})


@transaction.atomic
def send_again_since(*, by: User | None, endpoint: WebhookEndpoint, since: datetime.datetime) -> int:
    """Send every event since a moment, sent before or not, and return how many. Raises NotAllowed and WrongState."""
    require_administrator(by)
    endpoint = _sending(endpoint)
    first = first_since(since)
    events = list(events_for(endpoint).filter(sequence__gte=first)[: MOST_AGAIN + 1])
    if len(events) > MOST_AGAIN:
        raise WrongState(
            _("More than %(most)s events: choose a later time, or let the program read the feed.")
            % {"most": MOST_AGAIN}
        )
    _begin_anew(endpoint.deliveries.filter(sequence__gte=max(first, 1)).at_rest())
    make_deliveries(endpoint, events)
    _record(by, endpoint, "webhook.replay", {"again_since": timezone.localdate(since), "events": len(events)})
    return len(events)


def _begin_anew(deliveries: Any) -> None:
    deliveries.update(state=DeliveryState.PENDING, attempts=0, next_try_at=timezone.now())


def _known(types: Sequence[str]) -> list[str]:
    if not set(types) <= known_events().keys():
        raise InvalidWebhook(_("Choose among the types of events that there are."))
    return [type_ for type_ in known_events() if type_ in types]


def _locked(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    found = WebhookEndpoint.objects.select_for_update(of=("self",)).select_related("client__agency", "client__user")
    return found.get(pk=endpoint.pk)


def _sending(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    endpoint = _locked(endpoint)
    if endpoint.state == EndpointState.OFF or endpoint.client.revoked_at:
        raise WrongState(_("Nothing is sent there: switch the webhook on first."))
    return endpoint


def _record(by: User | None, endpoint: WebhookEndpoint, action: str, after: Any = None, **more: Any) -> None:
    record(
        by=by, action=action, subject=endpoint, agency_code=endpoint.client.agency.code, after=after, **more
    )  # fmt: skip
