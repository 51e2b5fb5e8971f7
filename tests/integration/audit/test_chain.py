"""What is done to the ledger behind its back is found. Each test first takes the guards of the database away."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from cms.audit.actions import record
from cms.audit.models import GENESIS, AuditEvent, AuditHead

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(province):
    """Return a ledger of more than five events, and its head as an outsider wrote it down."""
    for number in range(3):
        record(by=None, action="round.edit", subject=province.root, after={"number": number})
    head = AuditHead.objects.get(pk=1)
    assert head.sequence > 5
    return f"{head.sequence}:{head.hash}"


def problems(capsys, **options):
    with pytest.raises(CommandError):
        call_command("verify_audit", **options)
    return capsys.readouterr().err


def test_a_whole_ledger_is_found_whole(ledger, capsys):
    call_command("verify_audit", head=ledger)

    assert capsys.readouterr().out == f"OK {ledger}\n"


def test_events_go_on_after_a_head_was_kept(ledger, province):
    record(by=None, action="round.edit", subject=province.root)

    call_command("verify_audit", head=ledger)


@pytest.mark.parametrize(
    "change", [{"action": "x.y"}, {"actor_name": "Ai"}, {"after": {"number": 9}}, {"reason": "x"}, {"agency_code": "x"}]
)
def test_a_changed_event_is_found(ledger, unguarded, capsys, change):
    AuditEvent.objects.filter(sequence=4).update(**change)

    assert problems(capsys) == "4: changed\n"


def test_an_event_changed_with_its_own_hash_is_found_by_the_next(ledger, unguarded, capsys):
    event = AuditEvent.objects.get(sequence=4)
    event.actor_name = "Ai"
    AuditEvent.objects.filter(sequence=4).update(actor_name="Ai", hash=event.compute_hash())

    assert problems(capsys) == "5: relinked\n"


@pytest.mark.parametrize("sequence", [1, 4])
def test_a_removed_event_is_found(ledger, unguarded, capsys, sequence):
    AuditEvent.objects.filter(sequence=sequence).delete()

    assert f"{sequence + 1}: removed_or_inserted" in problems(capsys)


def test_an_inserted_event_is_found(ledger, unguarded, capsys):
    forged = AuditEvent.objects.get(sequence=4)
    forged.pk, forged.sequence, forged.hash = None, 1000, ""
    forged.previous_hash = AuditEvent.objects.order_by("sequence").last().hash
    forged.hash = forged.compute_hash()
    forged.save(force_insert=True)

    found = problems(capsys)
    assert "1000: removed_or_inserted" in found
    assert "1000: head_differs" in found


def test_swapped_events_are_found(ledger, unguarded, capsys):
    AuditEvent.objects.filter(sequence=4).update(sequence=1000)
    AuditEvent.objects.filter(sequence=5).update(sequence=4)
    AuditEvent.objects.filter(sequence=1000).update(sequence=5)

    found = problems(capsys)
    assert "4: relinked" in found
    assert "5: changed" in found


def test_a_cut_off_end_is_found_by_the_head(ledger, unguarded, capsys):
    AuditEvent.objects.order_by("sequence").last().delete()

    assert "head_differs" in problems(capsys)


def test_an_end_cut_off_with_its_head_is_found_by_the_head_kept_elsewhere(ledger, unguarded, capsys):
    AuditEvent.objects.order_by("sequence").last().delete()
    last = AuditEvent.objects.order_by("sequence").last()
    AuditHead.objects.update(sequence=last.sequence, hash=last.hash)
    call_command("verify_audit")
    capsys.readouterr()

    assert "cut_off" in problems(capsys, head=ledger)


def test_an_emptied_ledger_is_found_by_the_head_kept_elsewhere(ledger, unguarded, capsys):
    AuditEvent.objects.all().delete()
    AuditHead.objects.update(sequence=0, hash=GENESIS)

    assert "cut_off" in problems(capsys, head=ledger)


def test_a_ledger_written_anew_is_found_by_the_head_kept_elsewhere(ledger, unguarded, capsys, province):
    count = AuditHead.objects.get().sequence
    AuditEvent.objects.all().delete()
    AuditHead.objects.update(sequence=0, hash=GENESIS)
    for _number in range(count):
        record(by=None, action="round.edit", subject=province.root)
    call_command("verify_audit")
    capsys.readouterr()

    assert "head_differs" in problems(capsys, head=ledger)


def test_the_kept_head_moves_on_only_while_all_is_well(ledger, unguarded, tmp_path, province):
    file = tmp_path / "head"
    file.write_text(ledger)
    record(by=None, action="round.edit", subject=province.root)
    call_command("verify_audit", head_file=file)
    kept = file.read_text()
    assert kept != ledger

    AuditEvent.objects.order_by("sequence").last().delete()
    with pytest.raises(CommandError):
        call_command("verify_audit", head_file=file)
    assert file.read_text() == kept


@pytest.mark.parametrize("act", ["update", "delete", "raw_update", "raw_delete"])
def test_the_database_refuses_to_change_or_delete_events(ledger, act):
    acts = {
        "update": lambda: AuditEvent.objects.filter(sequence=4).update(reason="x"),
        "delete": lambda: AuditEvent.objects.filter(sequence=4).delete(),
        "raw_update": lambda: connection.cursor().execute("UPDATE audit_auditevent SET reason = 'x'"),
        "raw_delete": lambda: connection.cursor().execute("DELETE FROM audit_auditevent"),
    }

    with pytest.raises(DatabaseError), transaction.atomic():
        acts[act]()
    call_command("verify_audit", head=ledger)
