"""Work over the API, as an integrator and as an attacker would ask: one program, its systems, and nobody else's."""

import json
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from cms.assignments import actions
from cms.assignments.enums import WorkState
from cms.assignments.models import ExternalSystem, OutsideMessage, OutsideWork, WorkAssignment
from tests.factories.outside import make_client, make_system, raw_message

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/assignments/"


class Program:
    """Asks with a token."""

    def __init__(self, token):
        self.headers = {"Authorization": f"Bearer {token}"}

    def ask(self, method, path, body=None, raw=None, **headers):
        content = raw if raw is not None else json.dumps(body) if body is not None else ""
        client = Client(raise_request_exception=False)
        return client.generic(method, ROOT + path, content, "application/json", headers=self.headers | headers)

    def put(self, outside_id, system="van-ban", version=1, **changes):
        body = raw_message(outside_id, version, **changes)
        del body["outside_id"]
        return self.ask("PUT", f"systems/{system}/{outside_id}/", body)

    def bulk(self, *messages, system="van-ban"):
        return self.ask("POST", "bulk/", {"system": system, "messages": list(messages)})


@pytest.fixture
def program(outside):
    return Program(outside.token)


def test_an_outside_id_with_slashes_is_put_twice_and_stands_once(program, outside):
    first, second = program.put("412/UBND-VX"), program.put("412/UBND-VX")
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["status"] == "unchanged"
    assert OutsideWork.objects.get().outside_id == "412/UBND-VX"
    found = program.ask("GET", "systems/van-ban/412/UBND-VX/").json()
    assert (found["identity"], found["outside_id"]) == (first.json()["identity"], "412/UBND-VX")


def test_a_client_of_another_system_writes_and_reads_nothing_of_this_one(program, outside, province):
    program.put("CV-1")
    other_client, token = make_client(province.statistics, name="Phần mềm khác")
    make_system(province.statistics, code="khac", clients=[other_client])
    stranger = Program(token)

    missing = stranger.ask("PUT", "systems/khong-co/CV-1/", {}).json()
    for answer in (stranger.put("CV-1", version=9, state="Đã hủy"), stranger.bulk(raw_message("CV-1", 9))):
        assert answer.status_code == 404
        assert answer.json()["detail"] == missing["detail"]
    assert stranger.ask("GET", "systems/van-ban/CV-1/").status_code == 404
    assert outside.work.state == WorkState.GIVEN
    # The same id in its own system is another piece of work.
    assert stranger.put("CV-1", system="khac").json()["code"] == "no_person"


def test_a_program_without_a_system_sees_no_work_and_a_token_without_the_scope_none_at_all(program, outside, province):
    program.put("CV-1")
    alone = Program(make_client(province.statistics, name="Chưa có hệ thống")[1])
    assert alone.ask("GET", "").json()["results"] == []
    assert alone.ask("GET", f"{outside.work.identity}/").status_code == 404
    narrow = Program(make_client(province.statistics, ["catalogs:read"], "Chỉ đọc danh mục")[1])
    assert narrow.ask("GET", "").json()["code"] == "scope_missing"
    reads = Program(make_client(province.statistics, ["assignments:read"], "Chỉ đọc")[1])
    assert reads.put("CV-2").json()["code"] == "scope_missing"


def test_no_program_reports_confirms_or_returns(program, outside):
    program.put("CV-1", state="Hoàn thành", done_on=timezone.localdate().isoformat())
    work = outside.work
    for act, body in (("confirm", {}), ("return", {"reason": "x"}), ("report", {"completed": "1"})):
        assert program.ask("POST", f"{work.identity}/{act}/", body).status_code == 403
    assert outside.work.state == WorkState.DONE


def test_each_message_of_a_bulk_is_judged_alone(program, outside):
    today = timezone.localdate().isoformat()
    answer = program.bulk(
        raw_message("CV-1"), "no object", raw_message("CV-2", due_on="x", version=-1), raw_message("CV-1"),
        raw_message("CV-1", 2, state="Hoàn thành", done_on=today), {"outside_id": "CV-3", "la": 1},
        raw_message("CV-4", person="\ud800"),
    ).json()  # fmt: skip
    assert [each["status"] for each in answer["results"]] == [
        "created", "refused", "refused", "unchanged", "changed", "refused", "refused",
    ]  # fmt: skip
    assert {error["field"] for error in answer["results"][2]["errors"]} == {"due_on", "version"}
    assert answer["counts"]["refused"] == 4
    assert outside.work.state == WorkState.DONE


def test_ten_thousand_messages_at_once_are_refused_before_any_is_read(program):
    answer = program.bulk(*[raw_message("CV-1")] * 10_000)
    assert answer.status_code == 400
    assert not OutsideWork.objects.exists()
    assert not OutsideMessage.objects.exists()


@pytest.mark.parametrize("raw", [
    "", "[]", "null", "{", '{"version": 1e400}', '{"person": {"a": 1}}', '{"version": true}', '"x"', "[" * 100_000,
    '{"version": 99999999999999999999999}', '{"assigned": "NaN"}', '{"assigned": 1e999999}',
    '{"changed_at": "9999-99-99"}',
])  # fmt: skip
def test_hostile_bodies_are_answered_400(program, raw):
    answer = program.ask("PUT", "systems/van-ban/CV-1/", raw=raw)
    assert answer.status_code == 400, answer.content
    assert not OutsideMessage.objects.exists()


def test_a_time_far_ahead_cannot_make_everything_later_look_old(outside, province):
    client, token = make_client(province.statistics, name="Theo thời gian")
    make_system(province.statistics, code="thoi-gian", clients=[client], order="time")
    answer = Program(token).put("CV-1", system="thoi-gian", changed_at="2099-01-01T00:00:00Z")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "in_future"


def test_what_waits_is_listed_for_the_program_and_for_whoever_maps(program, outside):
    program.put("CV-1", person="nv99")
    [kept] = program.ask("GET", "messages/?state=waiting").json()["results"]
    assert (kept["outside_id"], kept["missing"]) == ("CV-1", [{"about": "person", "key": "nv99"}])
    head = Client()
    head.force_login(outside.people["agency_head"], backend="cms.organisations.backends.MembershipBackend")
    assert len(head.get(ROOT + "messages/").json()["results"]) == 1
    other = Client()
    other.force_login(outside.people["other_agency_head"], backend="cms.organisations.backends.MembershipBackend")
    assert other.get(ROOT + "messages/").json()["results"] == []


@pytest.mark.parametrize("outside_id", ["%00", "CV%0A1", "a" * 300, "..", "%ff"])
def test_an_id_that_nothing_can_have_is_not_there(program, outside_id):
    assert program.ask("GET", f"systems/van-ban/{outside_id}/").status_code == 404


def test_a_system_out_of_use_takes_nothing(program, outside):
    ExternalSystem.objects.update(is_active=False)
    assert program.put("CV-1").status_code == 404


def test_the_list_costs_the_same_however_long_it_is(program, outside, django_assert_max_num_queries):
    program.bulk(*(raw_message(f"CV-{number}") for number in range(60)))
    with django_assert_max_num_queries(14):
        page = program.ask("GET", "?page_size=50").json()
    assert (len(page["results"]), bool(page["next"])) == (50, True)
    assert WorkAssignment.objects.count() == 60


def test_a_program_hears_of_what_people_did_with_the_work_of_its_systems_and_of_no_other(outside, people, province):
    """The feed of events, which webhooks send too, reaches no further than the systems that the program speaks for."""
    head = people["agency_head"]
    outside.send(state="Hoàn thành", done_on=timezone.localdate().isoformat())
    actions.return_work(by=head, work=outside.work, reason="Thiếu phụ lục")
    officer = outside.officer.account
    actions.finish_work(by=officer, work=outside.work, completed=Decimal(1), done_on=timezone.localdate())
    actions.confirm_work(by=head, work=[outside.work])
    actions.correct_work(by=head, work=outside.work, reason="Đếm lại", completed=Decimal("0.5"))
    _other, without_system = make_client(province.statistics, name="Phần mềm khác")
    _blind, without_scope = make_client(province.statistics, scopes=["catalogs:read"], name="Phần mềm danh mục")

    def heard(token):
        answer = Client().get("/api/v1/events/?page_size=100", headers={"Authorization": f"Bearer {token}"})
        return [event for event in answer.json()["results"] if event["type"].startswith("work.")]

    reported = heard(outside.token)
    assert [event["type"] for event in reported] == ["work.returned", "work.confirmed", "work.corrected"]
    data = reported[0]["data"]
    assert data.keys() == {"agency", "assignment", "url"}
    found = Client().get(data["url"], headers={"Authorization": f"Bearer {outside.token}"}).json()
    assert (found["identity"], found["outside_id"]) == (data["assignment"], "CV-1")
    assert heard(without_system) == heard(without_scope) == []
