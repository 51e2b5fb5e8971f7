"""A document system that writes for an agency: its program, its mappings, an officer and an item."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from api.clients.models import ApiClient
from cms.assignments import actions
from cms.assignments.models import ExternalSystem, WorkAssignment
from cms.catalogs.models import CatalogItem
from cms.organisations.actions import edit_officer
from cms.organisations.models import Officer
from tests.factories.catalogs import make_approved
from tests.factories.officers import make_officer
from tests.factories.outside import make_client, make_system, map_kind, map_person, message
from tests.factories.people import make_user


@dataclass
class Outside:
    """What a test of another system's messages starts from."""

    system: ExternalSystem
    client: ApiClient
    token: str
    item: CatalogItem
    other_item: CatalogItem
    officer: Officer
    people: dict

    def take(self, *messages, by=None):
        """Take messages as the system's program."""
        return actions.take_messages(by=by or self.client.user, system=self.system, messages=messages)

    def send(self, outside_id="CV-1", version=1, **changes):
        """Take one message, and return what came of it."""
        return self.take(message(outside_id, version, **changes))[0]

    @property
    def work(self) -> WorkAssignment:
        """Return the one piece of work that stands."""
        return WorkAssignment.objects.exclude(state="withdrawn").get()


@pytest.fixture
def outside(province, people, db):
    version = make_approved(people, province.statistics, effective_from=timezone.localdate() - timedelta(days=30))
    officer = make_officer(province.statistics, code="CC-100", name="Công chức 0100")
    edit_officer(by=None, officer=officer, account=make_user("cc-100"))
    officer = Officer.objects.select_related("account").get(pk=officer.pk)
    client, token = make_client(province.statistics)
    system = make_system(province.statistics, clients=[client])
    items = list(version.items.in_order())
    map_person(system, officer)
    map_kind(system, items[0])
    return Outside(system, client, token, items[0], items[1], officer, people)
