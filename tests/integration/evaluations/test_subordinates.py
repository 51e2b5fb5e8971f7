"""Who has authority over an officer today reads their evaluation, beside who was named when the period was opened."""

import pytest

from cms.evaluations.models import Evaluation
from cms.organisations.actions import revoke_delegation
from tests.factories.delegations import make_delegation

pytestmark = pytest.mark.django_db


def read_by(house, name):
    seen = Evaluation.objects.visible_to(house.account(name))
    return {reader for reader, officer in house.people.items() if seen.filter(officer=officer).exists()}


def test_a_delegation_opens_the_evaluations_of_its_day_and_never_ones_own(house):
    house.open()
    assert read_by(house, "binh") == set()

    delegation = make_delegation("delegation", house.people["division"], house.people["binh"])

    assert read_by(house, "binh") == {"an"}
    revoke_delegation(by=None, delegation=delegation, reason="Hết việc")
    assert read_by(house, "binh") == set()
