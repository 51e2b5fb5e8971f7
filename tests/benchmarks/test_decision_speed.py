"""One decision for many catalogs, beside as many decisions one by one, and a hundred catalogs beside ten."""

import time

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from catalog_pages.joint_decisions import approve_decision, approve_parts, prepare_decision
from cms.catalogs.models import CatalogItem, CatalogVersion, DecisionPart
from cms.users.enums import Role
from tests.benchmarks.measure import Table
from tests.factories import catalogs
from tests.factories.agencies import make_agency
from tests.factories.people import make_member

FEW, MANY, ITEMS = 10, 100, 3_000
PDF = b"%PDF-1.7\n%%EOF\n"


def _appraised(people, province, first, count):
    """Return appraised versions of as many agencies, each of 3,000 items."""
    versions = []
    for number in range(first, first + count):
        agency = make_agency(province.root, code=f"x{number}", name=f"Xã số {number}", kind="commune")
        writer = make_member(Role.UPLOADER, agency, f"writer_{number}")
        version = catalogs.make_version(writer, agency, items=0)
        values = (catalogs.item_values(at, f"X{number}") for at in range(ITEMS))
        rows = [CatalogItem(version=version, position=at, **row) for at, row in enumerate(values)]
        for row in rows:
            row.refresh_keys()
        CatalogItem.objects.bulk_create(rows)
        versions.append(catalogs.accept(catalogs.submit(version, writer), people["editor"]))
    return versions


def _seconds_together(people, versions, number):
    """Return the seconds from the press of the button to the last version approved."""
    today, by = timezone.localdate(), people["provincial_approver"]
    decision = prepare_decision(
        by=by, file=ContentFile(PDF, "quyet-dinh.pdf"), versions=versions, number=number, decision_date=today,
        signer="Chủ tịch UBND tỉnh", effective_from=today,
    )  # fmt: skip
    start = time.process_time()
    approve_decision(by=by, decision=decision)
    asked = time.process_time() - start
    approve_parts(decision.pk)
    print(f"| request of the button, {len(versions)} catalogs | {asked * 1000:.0f} ms |")
    assert DecisionPart.objects.filter(decision=decision, version__state="approved").count() == len(versions)
    return time.process_time() - start


@pytest.mark.django_db
def test_one_decision_for_a_hundred_catalogs(people, province):
    ten, alone = _appraised(people, province, 0, FEW), _appraised(people, province, FEW, FEW)
    hundred = _appraised(people, province, 2 * FEW, MANY)
    together = _seconds_together(people, ten, "1/QĐ-UBND")
    start = time.process_time()
    for version in alone:
        catalogs.decide(version, people["provincial_approver"])
    one_by_one = time.process_time() - start
    all_together = _seconds_together(people, hundred, "2/QĐ-UBND")
    table = Table(f"One decision for many catalogs of {ITEMS:,} items")
    table.compare("10 catalogs at once, beside 10 decisions", together * 1000, one_by_one * 1000, 1.5)
    table.compare("100 catalogs at once, beside 10", all_together * 1000, together * 1000, 14)
    table.show()

    assert CatalogVersion.objects.filter(state="approved").count() == 2 * FEW + MANY
    assert table.missed == []
