"""The adapters of the guide, run against recorded messages: a task list that is polled, a register's webhooks."""

import datetime
import http.server
import json
import runpy
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from standardwebhooks import Webhook

from cms.assignments import actions
from cms.assignments.enums import MessageOrder, NameKind
from cms.assignments.models import Evidence, OutsideMessage, WorkAssignment
from cms.organisations.actions import edit_officer
from tests.factories.catalogs import make_approved
from tests.factories.officers import make_officer
from tests.factories.outside import make_client, make_system, map_kind, map_person

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

PROGRAMS = settings.BASE_DIR / "docs" / "examples"
RECORDED = Path(__file__).parent / "recorded"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OF_TASKS = {"ASSIGNED": "give", "DOING": "report", "FINISHED": "finish"}
OF_REGISTER = {"Chờ xử lý": "give", "Đã trả lời": "finish"}


@pytest.fixture
def connected(province, people, live_server, monkeypatch):
    """Return the token of a program that speaks for a task system and a document register."""
    version = make_approved(people, province.statistics, effective_from=datetime.date(2026, 1, 1))
    officer = make_officer(province.statistics, code="CC-100")
    edit_officer(by=None, officer=officer, name="Công chức 0100")
    client, token = make_client(province.statistics)
    for code, states in (("nhiem-vu", OF_TASKS), ("van-ban", OF_REGISTER)):
        system = make_system(province.statistics, code=code, clients=[client], order=MessageOrder.TIME)
        for key, act in states.items():
            actions.map_name(by=None, system=system, about=NameKind.STATE, key=key, act=act)
        map_person(system, officer)
        map_kind(system, version.items.in_order()[0], "BAO-CAO")
        map_kind(system, version.items.in_order()[1], "VB-DEN")
    monkeypatch.setenv("THUOCDO_TOKEN", token)
    return token


def serve(handler):
    """Serve on a port of this machine until the test is over; return the server."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class TaskList(http.server.BaseHTTPRequestHandler):
    """Answers with what a task system once answered."""

    asked: list[str] = []

    def do_GET(self):
        self.asked.append(self.path)
        body = (RECORDED / ("tasks-2.json" if "page=2" in self.path else "tasks-1.json")).read_bytes()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def test_a_task_list_is_polled_page_by_page_and_a_second_time_without_harm(connected, live_server, tmp_path, capsys):
    server = serve(TaskList)
    program = runpy.run_path(str(PROGRAMS / "poll_task_list.py"))
    address = f"http://127.0.0.1:{server.server_port}/api/tasks"
    arguments = [address, live_server.url, "--system", "nhiem-vu", "--place", str(tmp_path / "place.txt")]
    try:
        program["main"](arguments)
        program["main"](arguments)
    finally:
        server.shutdown()

    said = capsys.readouterr()
    assert said.out.splitlines() == ["created 2, changed 1, waiting 1", "unchanged 2, older 1, waiting 1"]
    assert "NV-2026-0103: waiting: Chưa ánh xạ “da-nghi-viec” là ai." in said.err
    work = {each.outside_id: each for each in WorkAssignment.objects.all()}
    assert work["NV-2026-0101"].state == "in_progress"
    done = work["NV-2026-0102"]
    assert (done.state, done.assigned, done.completed, done.result) == ("done", 2, 2, "Số 15/BC")
    assert Evidence.objects.get().url == "https://nhiemvu.example.gov.vn/tasks/102"
    assert "updated_since=2026-11-09" in TaskList.asked[-2]


def post(url, body, headers):
    request = urllib.request.Request(url, body, headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        return refusal.code


def signed(number, event, at=None, secret=SECRET):
    body, moment = json.dumps(event), at or datetime.datetime.now(tz=datetime.UTC)
    signature = Webhook(secret).sign(f"msg_{number}", moment, body)
    headers = {"webhook-id": f"msg_{number}", "webhook-timestamp": str(int(moment.timestamp()))}
    return body.encode(), headers | {"webhook-signature": signature}


def test_webhooks_of_a_register_are_checked_taken_in_any_order_and_replayed_without_harm(connected, live_server):
    program = runpy.run_path(str(PROGRAMS / "take_in_register.py"))
    server = serve(program["receiver"](live_server.url, "van-ban", connected, SECRET))
    url = f"http://127.0.0.1:{server.server_port}/"
    given, replied = json.loads((RECORDED / "register.json").read_text("utf-8"))
    try:
        for number in (2, 1, 2, 1):
            assert post(url, *signed(number, {1: given, 2: replied}[number])) == 204
        forged, headers = signed(3, given, secret="whsec_" + "A" * 32)
        assert post(url, forged, headers) == 400
        old = datetime.datetime.now(tz=datetime.UTC) - datetime.timedelta(minutes=6)
        assert post(url, *signed(4, given, at=old)) == 400
        body, headers = signed(5, given)
        assert post(url, body.replace(b"412", b"413"), headers) == 400
        assert post(url, *signed(6, {"data": {}})) == 400
    finally:
        server.shutdown()

    work = WorkAssignment.objects.get()
    assert (work.outside_id, work.state, work.done_on) == ("412/UBND-VX", "done", datetime.date(2026, 11, 16))
    assert Evidence.objects.get().document_number == "96/BC-CTK"
    assert not OutsideMessage.objects.exists()
