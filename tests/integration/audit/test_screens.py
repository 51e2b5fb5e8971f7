import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.audit import views
from cms.audit.actions import record
from cms.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
LIST = "/admin/audit/"


@pytest.fixture
def events(people, province):
    """Return one event of each kind of belonging, by name."""

    def act(by, agency):
        return record(
            by=by, action="agency.edit", subject=agency, agency_code=agency.code, before={}, after={"name": "x"}
        )

    return {
        "own": act(people["agency_head"], province.statistics),
        "below": act(None, province.division),
        "uploader": act(people["uploader"], province.office),
        "other": act(people["other_uploader"], province.office),
    }


@pytest.mark.parametrize(
    ("role", "readable"),
    [
        ("editor", {"own", "below", "uploader", "other"}),
        ("approver", {"own", "below", "uploader", "other"}),
        ("provincial_approver", {"own", "below", "uploader", "other"}),
        ("technical_admin", {"own", "below", "uploader", "other"}),
        ("agency_head", {"own", "below"}),
        ("other_agency_head", {"uploader", "other"}),
        ("uploader", {"uploader"}),
        ("other_uploader", {"other"}),
    ],
)
def test_who_reads_what(client, people, events, role, readable):
    client.force_login(people[role])

    listed = {row.event.pk for row in client.get(LIST).context["rows"]}

    assert {name for name, event in events.items() if event.pk in listed} == readable
    for name, event in events.items():
        status = client.get(reverse("audit:event", args=[event.sequence])).status_code
        assert status == (200 if name in readable else 404), name


def test_an_event_of_others_answers_as_one_that_is_not_there(client, people, events):
    client.force_login(people["uploader"])

    foreign = client.get(reverse("audit:event", args=[events["other"].sequence]))
    missing = client.get(reverse("audit:event", args=[10**9]))

    assert foreign.status_code == missing.status_code == 404
    assert len(foreign.content) == len(missing.content)


def test_nothing_is_written_through_the_screens(client, people, events):
    client.force_login(people["technical_admin"])
    before = AuditEvent.objects.count()

    assert client.post(LIST).status_code == 405
    assert client.delete(reverse("audit:event", args=[events["own"].sequence])).status_code == 405
    assert AuditEvent.objects.count() == before


def test_filters_narrow_by_person_agency_action_and_day(client, people, events):
    client.force_login(people["editor"])

    def found(**query):
        return {row.event.pk for row in client.get(LIST, query).context["rows"]}

    people["uploader"].full_name = "Đỗ Văn Ước"
    people["uploader"].save()
    assert found(person="do uoc") == {events["uploader"].pk}
    assert found(agency="phong tong hop", action="agency.edit") == {events["below"].pk}
    assert events["own"].pk in found(first="01/01/2020")
    assert found(last="01/01/2020") == set()
    assert found(agency="không có cơ quan này") == set()


def test_older_pages_show_every_event_once_at_the_same_cost(client, people, events, monkeypatch):
    monkeypatch.setattr(views, "PAGE_SIZE", 5)
    client.force_login(people["editor"])
    seen, below, costs = [], "", set()

    while below is not None:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            context = client.get(LIST, {"below": below}).context
        costs.add(len(queries))
        seen += [row.event.sequence for row in context["rows"]]
        below = context["older"]

    assert seen == list(AuditEvent.objects.order_by("-sequence").values_list("sequence", flat=True))
    assert len(costs) == 1


def test_a_broken_seal_is_shown(client, people, events, unguarded):
    AuditEvent.objects.filter(pk=events["own"].pk).update(reason="sửa lén")
    client.force_login(people["editor"])

    page = client.get(reverse("audit:event", args=[events["own"].sequence])).content.decode()

    assert "Niêm phong của sự kiện này đã bị phá" in page
