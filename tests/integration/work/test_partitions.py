"""On PostgreSQL work lies in one partition a month: nothing is lost, guards hold, and a month's query reads one."""

import datetime
import threading
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cms.assignments import actions
from cms.assignments.enums import ClaimAbout
from cms.assignments.models import Claim, Evidence, WorkAssignment
from cms.assignments.partitions import MONTHS_AHEAD
from cms.assignments.triggers import CLAIM_TRIGGERS, EVIDENCE_TRIGGERS, WORK_TRIGGERS
from cms.core import triggers
from cms.core.checks import registered
from cms.core.errors import WrongState
from cms.core.partitions import next_month, partitions_of
from cms.evaluations.scoring_inputs import lines_of
from cms.evaluations.triggers import EVALUATION_TRIGGERS

pytestmark = pytest.mark.django_db
TABLE = WorkAssignment._meta.db_table
ON_POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps the table whole")
GUARDS = [*WORK_TRIGGERS, *EVIDENCE_TRIGGERS, *CLAIM_TRIGGERS, *EVALUATION_TRIGGERS]
FAR = datetime.date(2093, 5, 17)


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # What a test wrote before is still to be checked, and stands in the way of changing the table.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql, values or None)
        return cursor.fetchall() if cursor.description else []


def place_of(work):
    [(place,)] = run(f"SELECT tableoid::regclass::text FROM {TABLE} WHERE id = %s", work.pk)
    return place.removeprefix(f"{TABLE}_")


def test_evidence_and_claims_of_no_work_are_refused_by_the_database(desk, people):
    desk.give()
    now = timezone.now()
    rows = (
        Evidence(work_id=9_999_999, kind="link", name="x", url="https://example.vn", added_by=people["uploader"]),
        Claim(
            work_id=9_999_999, about=ClaimAbout.LATE, cause="partner", statement="x", made_by=people["uploader"],
            made_at=now, competent_reason="", decide_by=now.date(),
        ),
    )  # fmt: skip
    for row in rows:
        with pytest.raises(DatabaseError, match="work"), transaction.atomic():
            row.save()


def test_what_points_at_work_bears_no_key_of_the_database_but_a_guard():
    """A foreign key cannot point at partitions: ``db_constraint=False``, and ``triggers.row_missing`` on INSERT."""
    relations = WorkAssignment._meta.get_fields(include_hidden=True)
    pointing = [each.field for each in relations if each.auto_created and not each.concrete]
    guarded = {
        each.table for each in registered if each.event == "INSERT" and f"FROM {TABLE} there" in each.when
    }  # fmt: skip
    wrong = [
        f"{field.model._meta.label}.{field.name}"
        for field in pointing
        if field.db_constraint or field.model._meta.db_table not in guarded
    ]

    assert len(pointing) >= 4
    assert wrong == []


def test_no_key_of_work_reaches_over_months():
    """A unique key that lacks the month cannot hold on PostgreSQL: put it into a table of its own."""
    assert WorkAssignment._meta.total_unique_constraints == []
    assert WorkAssignment._meta.unique_together == ()


@ON_POSTGRESQL
def test_each_month_has_its_partition_and_a_query_of_a_month_reads_one(desk):
    work = desk.give()
    month = work.month
    names = partitions_of(connection, TABLE)

    assert place_of(work) == f"{month:%Y_%m}"
    assert f"{TABLE}_default" in names
    assert len(names) > MONTHS_AHEAD
    for rows in (
        WorkAssignment.objects.of_month(month),
        WorkAssignment.objects.of_month(month).filter(officer=desk.officer),
        WorkAssignment.objects.filter(month__gte=month, month__lt=next_month(month)).select_related("officer"),
    ):
        plan = rows.explain()
        assert {name for name in names if f"{name} " in plan} == {f"{TABLE}_{month:%Y_%m}"}, plan
    assert len(lines_of([desk.officer.pk], month, month)[desk.officer.pk]) == 1


@ON_POSTGRESQL
def test_a_new_due_day_moves_the_work_and_nothing_else_takes_it_away(desk):
    work = desk.give()
    later = next_month(work.month) + datetime.timedelta(days=4)
    identity = work.identity
    moved = actions.edit_work(by=desk.people["agency_head"], work=work, due_on=later, reason="Gia hạn")

    assert place_of(moved) == f"{later:%Y_%m}"
    assert WorkAssignment.objects.get(pk=work.pk).identity == identity
    for table in (TABLE, f"{TABLE}_{later:%Y_%m}"):
        for attack in (f"DELETE FROM {table} WHERE id = {work.pk}", f"TRUNCATE {table}"):
            with pytest.raises(DatabaseError, match="never"):
                run(attack)
    with pytest.raises(DatabaseError, match="copied"):
        run(f"UPDATE {TABLE}_{later:%Y_%m} SET code = 'x'")


@ON_POSTGRESQL
def test_work_of_a_month_without_a_partition_waits_in_the_default_one_and_moves_with_the_command(desk, monkeypatch):
    work = desk.give(due_on=FAR)
    assert place_of(work) == "default"
    call_command("partition_work")
    assert place_of(work) == "default"

    run("SELECT 1")
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: FAR)
    call_command("partition_work")

    assert place_of(work) == f"{FAR:%Y_%m}"
    assert run(f"SELECT count(*) FROM ONLY {TABLE}_default") == [(0,)]
    assert triggers.missing(GUARDS, connection) == []
    with pytest.raises(DatabaseError, match="never"):
        run(f"DELETE FROM {TABLE}_{FAR:%Y_%m}")


@ON_POSTGRESQL
@pytest.mark.parametrize(
    "attack",
    [
        "ALTER TABLE {partition} DISABLE TRIGGER work_delete",
        "DROP TRIGGER work_delete ON {partition}",
        "ALTER TABLE {partition} DISABLE TRIGGER work_copied_update",
    ],
)
def test_a_guard_taken_from_one_partition_is_noticed(desk, attack):
    partition = f"{TABLE}_{timezone.localdate():%Y_%m}"
    assert triggers.missing(GUARDS, connection) == []
    run(attack.format(partition=partition))

    [gone] = triggers.missing(GUARDS, connection)
    assert gone.endswith(f"on {partition}")


@ON_POSTGRESQL
def test_rows_from_before_come_over_with_keys_guards_and_numbers(desk, people):
    migration = import_module("cms.assignments.migrations.0040_work_by_month")
    work = [desk.give(), desk.give(due_on=FAR)]
    before = list(WorkAssignment.objects.order_by("pk").values())
    with connection.schema_editor() as editor:
        migration.make_whole(apps, editor)
    assert partitions_of(connection, TABLE) == []
    work.append(desk.give())
    with connection.schema_editor() as editor:
        migration.cut(apps, editor)

    assert list(WorkAssignment.objects.exclude(pk=work[-1].pk).order_by("pk").values()) == before
    assert [place_of(each) for each in work] == [f"{each.month:%Y_%m}" for each in work]
    assert desk.give().pk > work[-1].pk
    assert triggers.missing(GUARDS, connection) == []
    assert {name for (name,) in run("SELECT indexname FROM pg_indexes WHERE tablename = %s", TABLE)} >= {
        index.name for index in WorkAssignment._meta.indexes
    }
    with pytest.raises(DatabaseError, match="foreign key"), transaction.atomic():
        WorkAssignment.objects.filter(pk=work[0].pk).update(given_by=9_999_999)
        run("SET CONSTRAINTS ALL IMMEDIATE")


@ON_POSTGRESQL
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_who_waits_for_work_that_leaves_its_month_is_asked_to_look_again(desk):
    work = desk.give()
    met = []

    def confirm():
        try:
            actions.withdraw_work(by=desk.people["agency_head"], work=work, reason="Trùng")
        except WrongState as refusal:
            met.append(refusal)
        finally:
            connection.close()

    with transaction.atomic():
        moving = actions.edit_work(by=None, work=work, due_on=next_month(work.month), reason="Gia hạn")
        waiting = threading.Thread(target=confirm)
        waiting.start()
        waiting.join(1)
        assert waiting.is_alive()
    waiting.join(30)

    assert len(met) == 1
    assert WorkAssignment.objects.get(pk=work.pk).state == moving.state
    actions.withdraw_work(by=desk.people["agency_head"], work=work, reason="Trùng")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has partitions")
def test_the_command_has_nothing_to_do_on_sqlite(desk, capsys):
    call_command("partition_work")
    assert "SQLite" in capsys.readouterr().out
