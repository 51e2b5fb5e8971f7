"""A ledger that is being written to is checked as it stood at one moment: nothing is reported that is not so."""

import io
import threading
from itertools import count

import pytest
from django.core.management import call_command
from django.db import connection

from cms.audit.actions import record
from cms.audit.models import AuditHead
from tests.factories.agencies import make_province

CHECKS = 40
ENTRIES = 40

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_no_false_alarm_beside_a_writer():
    root = make_province().root
    stop, failures = threading.Event(), []

    def write():
        try:
            while not stop.is_set():
                record(by=None, action="round.edit", subject=root)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    before = AuditHead.objects.get().sequence
    writer.start()
    try:
        # Which of the two is the faster differs by machine and database: go on until both have done their part.
        for run in count(1):
            call_command("verify_audit", stdout=io.StringIO())
            written = AuditHead.objects.get().sequence - before
            if (run >= CHECKS and written >= ENTRIES) or not writer.is_alive():
                break
    finally:
        stop.set()
        writer.join(30)
    assert not failures
    assert written >= ENTRIES
