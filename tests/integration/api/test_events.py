"""The feed of events: who hears of what, that whoever walks on misses nothing, and that it tells nothing more."""

import base64
import datetime
import json

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api.clients.actions import add_client
from cms.audit.models import AuditEvent
from cms.catalogs import actions
from cms.organisations.actions import edit_agency
from importers import actions as imports
from tests.authorisation.world import officers_file
from tests.factories import catalogs
from tests.factories.figures import publish_figures
from tests.factories.frameworks import published
from tests.integration.api.conftest import CANARY

REASON = "lydochimhoangyen"


def reported(api, by=None, **params):
    """Return what the whole feed tells somebody, as (type, agency, version)."""
    events = [event for page in _walk(api, "events/?page_size=7", by, **params) for event in page["results"]]
    return [(event["type"], event["data"].get("agency"), event["data"].get("version")) for event in events]


def _walk(api, path, by=None, **params):
    page = api.json(path, by, **params)
    while not page["at_end"]:
        yield page
        page = api.json(page["next"], by)
    yield page


def cursor(*values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def types(found, agency="thong-ke"):
    return [type_ for type_, of, _version in found if of == agency and type_ != "agency.changed"]


def test_everybody_hears_of_what_was_published_and_of_nothing_else(api, world):
    found = reported(api)

    assert [event for event in found if event[0].startswith("catalog")] == [
        ("catalog.version.published", "thong-ke", 1),
        ("catalog.version.published", "thong-ke", 2),
        ("catalog.version.superseded", "thong-ke", 1),
        ("catalog.version.published", "van-phong", 1),
    ]
    assert {type_ for type_, _agency, _version in found} <= {
        "catalog.version.published", "catalog.version.superseded", "agency.changed",
    }  # fmt: skip


@pytest.mark.parametrize("role", ["uploader", "agency_head", "api_client"])
def test_an_agency_hears_of_its_own_work_and_never_of_another_agencys(api, world, people, role):
    found = reported(api, people[role])

    steps = ["started", "changed", "submitted", "accepted", "approved", "published"]
    assert types(found)[:6] == [f"catalog.version.{step}" for step in steps]
    assert types(found)[-2:] == ["catalog.version.started", "catalog.version.changed"]
    assert set(types(found, "van-phong")) == {"catalog.version.published"}


def test_the_division_below_is_heard_by_the_agency_above_it(api, people, province):
    catalogs.make_version(people["uploader"], province.division)

    assert "catalog.version.started" in types(reported(api, people["uploader"]), "phong-tong-hop")
    assert "catalog.version.started" not in types(reported(api, people["other_uploader"]), "phong-tong-hop")


def test_the_department_hears_of_all_work_and_the_chairman_from_its_submission_on(api, world, people):
    for role in ("editor", "approver"):
        assert "catalog.version.started" in types(reported(api, people[role]), "van-phong")
    chairman = types(reported(api, people["provincial_approver"]), "van-phong")
    assert "catalog.version.submitted" in chairman and "catalog.version.started" not in chairman
    for role in ("technical_admin", "nobody"):
        assert reported(api, people[role]) == reported(api)


def test_what_is_told_is_what_may_be_read(api, people, province):
    """Whoever hears of a version can read it at the address that the event gives."""
    catalogs.make_submitted(people, province.statistics)
    catalogs.make_approved(people, province.office)
    for role in (None, "uploader", "other_uploader", "editor", "provincial_approver", "technical_admin"):
        for event in api.json("events/?page_size=100", people.get(role))["results"]:
            assert api.get(event["data"]["url"], people.get(role)).status_code == 200, (role, event)


def test_frameworks_and_figures_are_told_with_their_addresses(api, province):
    published("nd335")
    publish_figures()

    framework, release = api.results("events/", type="framework.published,transparency.released")

    assert (framework["data"]["framework"], framework["data"]["version"]) == ("nd335", 1)
    assert api.get(framework["data"]["url"]).status_code == 200
    assert release["data"] == {"release": 1, "url": "http://testserver/api/v1/transparency/releases/1/"}
    assert api.get(release["data"]["url"]).status_code == 200


def test_a_draft_taken_away_is_told_with_its_number_and_no_address(api, people, province):
    draft = catalogs.make_version(people["uploader"], province.statistics)
    actions.discard_version(by=people["uploader"], version=draft)

    last = api.results("events/", people["uploader"], agency="thong-ke")[-1]

    assert last["type"] == "catalog.version.discarded"
    assert last["data"] == {"agency": "thong-ke", "version": 1, "url": None}


@pytest.fixture
def uploads(people, province, samples):
    """Return an upload of a catalog that was checked and written, beside one of officers."""
    file = ContentFile((samples / "thong-ke.v1.xlsx").read_bytes())
    sent = {"by": people["uploader"], "agency": province.statistics, "wait": True}
    batch = imports.upload(file=file, name=f"{CANARY}.xlsx", **sent)
    imports.commit(by=people["uploader"], batch=batch, missing="keep", seen=batch.checked_at.isoformat())
    imports.upload(file=officers_file(), name="a.csv", kind="officers", **sent)
    return batch


def test_uploads_of_catalogs_are_told_to_those_who_see_them_and_lists_of_officers_to_nobody(api, people, uploads):
    def readable(role):
        return [event for event in api.results("events/?page_size=100", people[role]) if "import" in event["type"]]

    for role in ("uploader", "agency_head", "editor"):
        assert [(event["type"], event["data"]["state"]) for event in readable(role)] == [
            ("import.checked", "previewed"), ("import.committed", "committed"),
        ]  # fmt: skip
        assert api.get(readable(role)[0]["data"]["url"], people[role]).status_code == 200
    for role in ("approver", "provincial_approver", "other_uploader", "technical_admin"):
        assert readable(role) == []


def test_a_token_hears_of_what_its_scopes_open(api, people, province, uploads):
    def readable(*scopes):
        day = timezone.localdate() + datetime.timedelta(30)
        _client, secret = add_client(by=None, name="P", agency=province.statistics, scopes=scopes, last_day=day)
        headers = {"Authorization": f"Bearer {secret}"}
        events = api.get("events/?page_size=100", headers=headers).json()["results"]
        return {event["type"].partition(".")[0] for event in events} - {"agency"}

    assert readable("catalogs:read") == {"catalog"}
    assert readable("imports:write") == {"import"}
    assert readable("catalogs:read", "imports:write") == {"catalog", "import"}


def test_no_name_no_reason_no_word_of_a_draft_is_told_to_anybody(api, world, people, uploads):
    catalogs.submit(world.draft, people["uploader"])
    actions.leave_note(by=people["editor"], version=world.draft, text=REASON)
    catalogs.send_back(world.draft, people["editor"], REASON)
    for role in (None, *people):
        for page in _walk(api, "events/?page_size=100", people.get(role)):
            said = json.dumps(page, ensure_ascii=False)
            assert CANARY not in said and REASON not in said
            assert not any(str(person) in said or person.username in said for person in people.values())


def test_a_poller_at_the_end_goes_on_from_there(api, people, province):
    at_end = list(_walk(api, "events/?page_size=3&type=agency.changed"))[-1]
    waiting = api.json(at_end["next"])

    edit_agency(by=None, agency=province.office, name="Văn phòng mới")
    later = api.json(waiting["next"])

    assert (waiting["results"], waiting["at_end"]) == ([], True)
    assert [event["data"]["agency"] for event in later["results"]] == ["van-phong"]
    assert api.json(later["next"])["results"] == []
    assert api.get(later["next"])["Link"] == f'<{api.json(later["next"])["next"]}>; rel="next"'


def test_the_word_end_stands_for_the_place_after_the_last_event(api, province):
    now = api.json("events/", after="end")
    edit_agency(by=None, agency=province.office, name="Văn phòng mới")

    assert now["results"] == [] and len(api.json(now["next"])["results"]) == 1


def test_the_id_of_an_event_is_a_place_too(api, world):
    first, *later = api.results("events/")

    assert api.results("events/", after=first["id"]) == later
    assert api.problem("events/", 400, after="evt_999999999")["code"] == "bad_cursor"


def test_a_cursor_from_elsewhere_or_from_beyond_the_end_is_refused(api, province):
    beyond = AuditEvent.objects.order_by("sequence").last().sequence + 1

    for bad in ("abc", cursor("a", 1), cursor("a"), cursor(2**64), cursor(beyond)):
        assert api.problem("events/", 400, after=bad)["code"] == "bad_cursor"
    assert api.json("events/", after=cursor(beyond - 1))["at_end"]


@pytest.mark.parametrize("empty", ["", ",", ",catalog.version.superseded,"])
def test_a_type_without_a_name_counts_as_not_sent(api, world, empty):
    named = {"type": empty.strip(",")} if empty.strip(",") else {}

    assert api.results("events/", type=empty) == api.results("events/", **named)


def test_types_and_agencies_narrow_and_others_are_refused(api, world):
    assert [event["data"]["version"] for event in api.results("events/", type="catalog.version.superseded")] == [1]
    assert {agency for _type, agency, _version in reported(api, agency="van-phong")} == {"van-phong"}
    for wrong in ({"type": "catalog.version.publish"}, {"before": "x"}, {"ordering": "id"}):
        assert api.problem("events/", 400, **wrong)["errors"][0]["field"] in wrong


def test_a_page_of_events_of_every_kind_costs_few_queries(api, world, people):
    published("nd335")
    publish_figures()
    api.get("events/?page_size=100", people["editor"])

    with CaptureQueriesContext(connection) as queries:
        events = api.results("events/?page_size=100", people["editor"])

    assert len(events) > 20 and {event["type"].partition(".")[0] for event in events} > {"catalog", "framework"}
    assert len(queries) <= 11
