"""A ledger that is being written to is checked as it stood at one moment: nothing is reported that is not so."""

import io
import threading

import pytest
from django.core.management import call_command
from django.db import connection

from cms.audit.actions import record
from cms.audit.models import AuditHead
from tests.factories.agencies import make_province

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_no_false_alarm_beside_a_writer():
    root = make_province().root
    stop, failures = threading.Event(), []

    def write():
        try:
            while not stop.is_set():
                record(by=None, action="test.act", subject=root)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    before = AuditHead.objects.get().sequence
    writer.start()
    try:
        for _run in range(40):
            call_command("verify_audit", stdout=io.StringIO())
    finally:
        stop.set()
        writer.join(30)
    assert not failures
    assert AuditHead.objects.get().sequence > before + 40
