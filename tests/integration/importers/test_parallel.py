"""Two people, or one person twice, at the same moment: each on a database connection of their own."""

import threading

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from cms.audit.models import AuditEvent
from cms.catalogs.models import CatalogVersion
from cms.core.errors import DomainError, WrongState
from importers import actions
from importers.models import ImportBatch

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def at_once(*acts):
    """Run the acts in threads that start together, and return what each came to."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        gate.wait()
        try:
            results[number] = act()
        except DomainError as refusal:
            results[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def preview(people, province, samples, name="van-phong.so-tay.xlsx"):
    """Upload a sample for the agency and return its preview."""
    file = ContentFile((samples / name).read_bytes(), name)
    return actions.upload(by=people["uploader"], agency=province.statistics, file=file, name=name, wait=True)


def test_a_double_click_commits_once(people, province, samples):
    batch = preview(people, province, samples)
    first, second = at_once(
        *(lambda: actions.commit(by=people["uploader"], batch=ImportBatch.objects.get(pk=batch.pk)),) * 2
    )
    assert first.catalog.committed_to == second.catalog.committed_to
    version = CatalogVersion.objects.get()
    assert version.items.count() == 15
    assert AuditEvent.objects.filter(action="import.commit").count() == 1


def test_of_two_previews_only_one_is_written(people, province, samples):
    first = preview(people, province, samples)
    second = preview(people, province, samples, "thong-ke.v1.xlsx")
    results = at_once(
        lambda: actions.commit(by=people["uploader"], batch=ImportBatch.objects.get(pk=first.pk)),
        lambda: actions.commit(by=people["uploader"], batch=ImportBatch.objects.get(pk=second.pk)),
    )
    refused = [result for result in results if isinstance(result, DomainError)]
    assert len(refused) == 1, results
    assert CatalogVersion.objects.get().items.count() in (15, 8)
    assert sorted(ImportBatch.objects.values_list("state", flat=True)) == ["committed", "stale"]


def test_of_two_files_that_come_at_once_one_is_told_to_wait_or_both_are_previews(people, province, samples):
    content = (samples / "van-phong.so-tay.xlsx").read_bytes()
    results = at_once(
        *(
            lambda name=name: actions.upload(
                by=people["uploader"], agency=province.statistics, file=ContentFile(content), name=name
            )
            for name in ("a.xlsx", "b.xlsx")
        )
    )
    refused = [result for result in results if isinstance(result, DomainError)]
    assert ImportBatch.objects.filter(state="previewed").count() == ImportBatch.objects.count() == 2 - len(refused)
    assert AuditEvent.objects.filter(action="import.upload").count() == 2 - len(refused)
    assert all(isinstance(refusal, WrongState) for refusal in refused)
    assert AuditEvent.objects.filter(action="import.refuse").count() == len(refused)


def test_the_ledger_stays_one_chain_under_parallel_acts(people, province):
    from django.core.management import call_command

    from cms.audit.actions import record

    at_once(*(lambda: record(by=people["editor"], action="round.edit", subject=province.office),) * 8)
    assert AuditEvent.objects.filter(action="round.edit").count() == 8
    call_command("verify_audit")
