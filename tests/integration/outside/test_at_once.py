"""Messages of one work that come at the same moment, or while somebody here changes it: one work, and no fault."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client

from cms.assignments import actions
from cms.assignments.models import OutsideMessage, OutsideWork, WorkAssignment
from cms.core.partitions import next_month
from tests.at_once import at_once
from tests.factories.outside import raw_message

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
TOGETHER = 6


def send(outside, version, **changes):
    """Send one message over the API, as a worker of its own would, and return the answer."""
    body = {"system": outside.system.code, "messages": [raw_message("CV-1", version, **changes)]}
    client = Client(raise_request_exception=False)
    headers = {"Authorization": f"Bearer {outside.token}"}
    return client.post("/api/v1/assignments/bulk/", json.dumps(body), "application/json", headers=headers)


def test_one_outside_id_that_comes_many_times_at_once_gives_one_work_and_the_newest_wins(outside):
    answers = at_once(
        *(lambda version=version: send(outside, version, instruction=f"Bản {version}") for version in range(TOGETHER))
    )
    assert [answer.status_code for answer in answers] == [200] * TOGETHER
    statuses = [answer.json()["results"][0]["status"] for answer in answers]
    assert statuses.count("created") == 1
    assert set(statuses) <= {"created", "changed", "older"}
    assert (WorkAssignment.objects.get().instruction, OutsideWork.objects.get().sequence) == ("Bản 5", 5)
    assert not OutsideMessage.objects.exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no partitions and one writer")
def test_a_message_waits_for_work_that_leaves_its_month_and_is_taken_then(outside):
    assert send(outside, 1).json()["results"][0]["status"] == "created"
    work = outside.work
    later = next_month(work.month) + timedelta(days=4)
    answers = []

    def report():
        try:
            answers.append(send(outside, 2, state="Đang xử lý", completed="0.5"))
        finally:
            connection.close()

    with transaction.atomic():
        actions.edit_work(by=None, work=work, due_on=later, reason="Gia hạn")
        waiting = threading.Thread(target=report)
        waiting.start()
        waiting.join(1)
        assert waiting.is_alive()
    waiting.join(30)

    assert [answer.json()["results"][0]["status"] for answer in answers] == ["changed"]
    assert (outside.work.due_on, outside.work.state) == (later, "in_progress")
