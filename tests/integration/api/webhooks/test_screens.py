"""Webhooks in the admin: added, looked through and sent again by an administrator."""

import re

import pytest
from django.urls import reverse

from api.webhooks.models import DeliveryError, WebhookDelivery, WebhookEndpoint
from api.webhooks.results import abandon
from api.webhooks.secrets import unseal


@pytest.fixture
def admin(client, people):
    """Return the browser of a technical administrator."""
    client.force_login(people["technical_admin"], backend="cms.organisations.backends.MembershipBackend")
    return client


def test_the_secret_is_shown_once(admin, make_endpoint):
    other, _secret = make_endpoint("https://localhost/mot")
    form = {"client": other.client_id, "url": "https://localhost/hai", "types": ["framework.published"]}

    shown = admin.post(reverse("webhooks:add"), form)
    endpoint = WebhookEndpoint.objects.get(url="https://localhost/hai")
    rotated = admin.post(reverse("webhooks:rotate", args=[endpoint.pk]))

    secrets = [re.search(r"whsec_[A-Za-z0-9+/=]+", answer.content.decode())[0] for answer in (shown, rotated)]
    endpoint.refresh_from_db()
    assert [unseal(endpoint.previous_secret), unseal(endpoint.secret)] == secrets
    assert endpoint.types == ["framework.published"]
    for name in ("list", "endpoint", "edit"):
        args = [] if name == "list" else [endpoint.pk]
        assert b"whsec_" not in admin.get(reverse(f"webhooks:{name}", args=args)).content


def test_a_refused_address_is_said_in_the_form(admin, make_endpoint):
    endpoint, _secret = make_endpoint("https://localhost/mot")

    answer = admin.post(reverse("webhooks:edit", args=[endpoint.pk]), {"url": "https://127.0.0.1/"})

    assert answer.status_code == 200 and "Hãy viết địa chỉ như https://" in answer.content.decode()
    endpoint.refresh_from_db()
    assert endpoint.url == "https://localhost/mot"


def test_what_was_given_up_is_found_and_sent_again(admin, make_endpoint):
    endpoint, _secret = make_endpoint("https://localhost/mot")
    screen = reverse("webhooks:endpoint", args=[endpoint.pk])
    for _number in range(2):
        admin.post(reverse("webhooks:test", args=[endpoint.pk]))
    dead, waiting = WebhookDelivery.objects.order_by("pk")
    abandon(dead, DeliveryError.NO_CONNECTION)

    listed = admin.get(screen, {"state": "dead"}).context["deliveries"]
    answer = admin.post(reverse("webhooks:again", args=[dead.pk]), follow=True)

    assert list(listed) == [dead] and "Sự kiện đã được xếp gửi lại." in answer.content.decode()
    assert set(WebhookDelivery.objects.values_list("state", flat=True)) == {"pending"}
    refused = admin.post(reverse("webhooks:again", args=[waiting.pk])).content.decode()
    assert "Sự kiện này đang chờ gửi rồi." in refused


def test_a_page_of_the_log_costs_few_queries(admin, make_endpoint, django_assert_max_num_queries):
    endpoint, _secret = make_endpoint("https://localhost/mot")
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(endpoint=endpoint, sequence=number, type="agency.changed") for number in range(1, 80)
    )
    screen = reverse("webhooks:endpoint", args=[endpoint.pk])
    admin.get(screen)

    with django_assert_max_num_queries(14):
        assert len(admin.get(screen).context["deliveries"]) == 50
