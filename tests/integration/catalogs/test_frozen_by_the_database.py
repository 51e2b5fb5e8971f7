"""What SQL itself cannot do to an approved version."""

import pytest
from django.db import DatabaseError, connection, transaction

from cms.catalogs.models import CatalogItem, CatalogVersion
from tests.factories import catalogs

pytestmark = pytest.mark.django_db

STATEMENTS = [
    "UPDATE catalogs_catalogitem SET coefficient = 99 WHERE version_id = {version}",
    "UPDATE catalogs_catalogitem SET search_text = 'x' WHERE id = {item}",
    "UPDATE catalogs_catalogitem SET version_id = {other} WHERE id = {item}",
    "DELETE FROM catalogs_catalogitem WHERE id = {item}",
    "UPDATE catalogs_catalogversion SET divisor = 1 WHERE id = {version}",
    "UPDATE catalogs_catalogversion SET state = 'draft' WHERE id = {version}",
    "UPDATE catalogs_catalogversion SET decision_number = 'x' WHERE id = {version}",
    "UPDATE catalogs_catalogversion SET content_hash = 'x' WHERE id = {version}",
    "UPDATE catalogs_catalogversion SET effective_from = '2020-01-01' WHERE id = {version}",
    "UPDATE catalogs_catalogversion SET published_at = NULL WHERE id = {version}",
    "DELETE FROM catalogs_catalogversion WHERE id = {version}",
]


def run(sql):
    """Run one statement as the application's own database user."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_sql_on_an_approved_version_is_refused(approved, people, province, statement):
    other = catalogs.make_version(people["other_uploader"], province.office)
    before = list(approved.items.order_by("pk").values())
    sql = statement.format(version=approved.pk, item=approved.items.first().pk, other=other.pk)
    with pytest.raises(DatabaseError):
        run(sql)
    assert list(approved.items.order_by("pk").values()) == before


def test_a_row_cannot_be_smuggled_into_an_approved_version(approved, people, province):
    other = catalogs.make_version(people["other_uploader"], province.office)
    with pytest.raises(DatabaseError):
        run(f"UPDATE catalogs_catalogitem SET version_id = {approved.pk} WHERE version_id = {other.pk}")  # noqa: S608
    with pytest.raises(DatabaseError), transaction.atomic():
        CatalogItem.objects.create(version=approved, **catalogs.item_values(77))


def test_the_orm_cannot_do_it_either(approved):
    for attempt in (
        lambda: approved.items.update(name="x"),
        lambda: approved.items.all().delete(),
        lambda: CatalogItem.objects.bulk_update([approved.items.first()], ["name"]),
        lambda: CatalogVersion.objects.filter(pk=approved.pk).update(legal_basis="x"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_a_draft_is_still_free(draft):
    assert draft.items.update(note="x") == 3


def test_overlapping_versions_are_refused_by_sql(approved, people):
    from cms.catalogs import actions

    following = actions.start_version(by=people["uploader"], catalog=approved.catalog)
    sql = (
        "UPDATE catalogs_catalogversion SET state = 'approved', decision_number = 'x', decision_date = '2026-01-01', "
        f"effective_from = '{approved.effective_from}' WHERE id = {following.pk}"
    )
    with pytest.raises(DatabaseError):
        run(sql)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_truncate_is_refused(approved):
    with pytest.raises(DatabaseError):
        run("TRUNCATE catalogs_catalogitem CASCADE")


def test_an_approved_state_without_a_decision_is_refused(draft):
    with pytest.raises(DatabaseError), transaction.atomic():
        CatalogVersion.objects.filter(pk=draft.pk).update(state="approved")
