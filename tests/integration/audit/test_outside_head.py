"""The head kept outside only moves forward, and the database's own head is neither removed nor set back."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from cms.audit.actions import record
from cms.audit.models import GENESIS, AuditEvent, AuditHead
from cms.audit.outside_head import move_head_file, read_head_file, write_head

pytestmark = pytest.mark.django_db


def act(province, count=1):
    for _number in range(count):
        record(by=None, action="round.edit", subject=province.root)


@pytest.fixture
def file(province, tmp_path):
    """Return the file with the head of a ledger that was found whole."""
    act(province, 5)
    path = tmp_path / "head"
    call_command("verify_audit", head_file=path, first_run=True)
    return path


def verify_fails(capsys, **options):
    capsys.readouterr()
    with pytest.raises(CommandError) as alarm:
        call_command("verify_audit", **options)
    return f"{alarm.value}\n{capsys.readouterr().err}"


def test_the_head_moves_forward(file, province):
    before = read_head_file(file)
    act(province)
    call_command("verify_audit", head_file=file)
    assert read_head_file(file)[0] == before[0] + 1
    assert [path.name for path in file.parent.iterdir()] == ["head"]


def test_a_removed_inside_head_resets_nothing(file, unguarded, capsys):
    kept = file.read_text()
    AuditHead.objects.all().delete()

    assert "head_missing" in verify_fails(capsys, head_file=file)
    assert "head_missing" in verify_fails(capsys)
    AuditEvent.objects.order_by("sequence").last().delete()
    assert "cut_off" in verify_fails(capsys, head_file=file)
    assert file.read_text() == kept


@pytest.mark.parametrize("has_head", [True, False])
def test_an_emptied_ledger_is_no_new_ledger(file, unguarded, capsys, has_head):
    kept = file.read_text()
    AuditEvent.objects.all().delete()
    AuditHead.objects.all().delete()
    if has_head:
        AuditHead.objects.create(pk=1)

    assert "cut_off" in verify_fails(capsys, head_file=file)
    assert "cut_off" in verify_fails(capsys, head_file=file, first_run=True)
    assert file.read_text() == kept


def test_an_older_backup_is_found(province, tmp_path, capsys):
    file = tmp_path / "head"
    backup = transaction.savepoint()
    act(province, 3)
    call_command("verify_audit", head_file=file, first_run=True)
    kept = file.read_text()
    transaction.savepoint_rollback(backup)
    call_command("verify_audit")

    assert "cut_off" in verify_fails(capsys, head_file=file)
    act(province, 3)
    assert "head_differs" in verify_fails(capsys, head_file=file)
    act(province, 3)
    assert "head_differs" in verify_fails(capsys, head_file=file)
    assert file.read_text() == kept


@pytest.mark.parametrize(
    "text", ["", " \n", "12", "12:", "12:ab", f"x:{GENESIS}", f"5:{'z' * 64}", "0:ab", "\ufeff1:", "á"]
)
def test_a_damaged_head_file_is_an_alarm(file, capsys, text):
    file.write_text(text, encoding="utf-8")

    assert "kept outside" in verify_fails(capsys, head_file=file)
    assert "kept outside" in verify_fails(capsys, head_file=file, first_run=True)
    assert file.read_text(encoding="utf-8") == text


def test_a_head_file_that_is_gone_is_an_alarm(file, capsys):
    file.unlink()

    assert "cannot be read" in verify_fails(capsys, head_file=file)
    assert not file.exists()


def test_a_head_that_is_handed_in_does_not_excuse_the_file(file, unguarded, capsys):
    kept = file.read_text()
    AuditEvent.objects.order_by("sequence").last().delete()
    last = AuditEvent.objects.order_by("sequence").last()
    AuditHead.objects.update(sequence=last.sequence, hash=last.hash)

    assert "cut_off" in verify_fails(capsys, head_file=file, head=f"{last.sequence}:{last.hash}")
    assert file.read_text() == kept


def test_a_run_that_was_overtaken_writes_nothing(file):
    later = (read_head_file(file)[0] + 10, "a" * 64)
    move_head_file(file, later)
    move_head_file(file, (later[0] - 1, "b" * 64))

    assert file.read_text() == write_head(later)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM audit_audithead",
        "UPDATE audit_audithead SET sequence = sequence - 1",
        "UPDATE audit_audithead SET sequence = sequence + 1",
        "UPDATE audit_audithead SET hash = 'x'",
        "UPDATE audit_audithead SET id = 2",
        "INSERT INTO audit_audithead (id, sequence, hash) VALUES (2, 0, 'x')",
        "INSERT INTO audit_audithead (id, sequence, hash) VALUES (1, 0, '') ON CONFLICT (id) DO UPDATE SET hash = ''",
    ],
)
def test_the_database_guards_its_own_head(province, sql):
    before = AuditHead.objects.values().get()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditHead.objects.values().get() == before
    act(province)
