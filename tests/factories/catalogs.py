"""Catalog versions in every state of their life, with items."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from catalog_pages import actions as pages
from cms.catalogs import actions
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.organisations.models import Agency
from cms.users.models import User

FIELDS_OF_WORK = ("Thống kê kinh tế", "Thống kê xã hội", "Tổng hợp")


def item_values(number: int = 1, prefix: str = "TK", **changes: Any) -> dict[str, Any]:
    """Return the content of one item that every check is content with (score 5 a standard unit, group 1 or 2)."""
    group = 1 + number % 2
    score = Decimal(5 * (1 + number % 20))
    values = {
        "code": f"{prefix}.{number:05}",
        "field": FIELDS_OF_WORK[number % len(FIELDS_OF_WORK)],
        "task": f"Thẩm định nhóm hồ sơ {number // 10}",
        "name": f"Báo cáo thẩm định số {number}",
        "output": "Báo cáo",
        "unit": "báo cáo",
        "unit_quantity": 1,
        "group": group,
        "score": score,
        "coefficient": score / 5,
    }
    return values | changes


def make_version(by: User, agency: Agency, items: int = 3) -> CatalogVersion:
    """Open the agency's page if need be and start its next version; a first version gets ``items`` items."""
    page = pages.open_page(by=None, agency=agency)
    version = actions.start_version(by=by, catalog=page.catalog)
    if items and version.base is None:
        make_items(version, items)
    version.refresh_from_db()
    return version


def make_items(version: CatalogVersion, count: int, start: int = 1, **changes: Any) -> list[CatalogItem]:
    """Add ``count`` items to a draft in one write by the person who started it, and return them in order."""
    prefix = version.catalog.agency.item_prefix
    rows = [actions.ItemRow(item_values(number, prefix, **changes)) for number in range(start, start + count)]
    actions.write_rows(by=version.created_by, version=version, rows=rows, missing="keep")
    codes = {row.values["code"] for row in rows}
    return [item for item in version.items.order_by("position", "pk") if item.code in codes]


def submit(version: CatalogVersion, by: User) -> CatalogVersion:
    """Submit the version through the workflow of its page."""
    return pages.submit(by=by, page=pages.page_of(version))


def accept(version: CatalogVersion, by: User) -> CatalogVersion:
    """Accept a submitted version."""
    return pages.accept(by=by, page=pages.page_of(version))


def send_back(version: CatalogVersion, by: User, reason: str = "Bổ sung đầu ra") -> CatalogVersion:
    """Return a submitted or appraised version to its agency."""
    return pages.return_to_agency(by=by, page=pages.page_of(version), reason=reason)


def decide(version: CatalogVersion, by: User, effective_from: datetime.date | None = None) -> CatalogVersion:
    """Enter the Chairman's decision; the version holds from today unless another day is given."""
    day = effective_from or timezone.localdate()
    return pages.decide(
        by=by,
        page=pages.page_of(version),
        decision_number=f"{100 + version.number}/QĐ-UBND",
        decision_date=min(day, timezone.localdate()),
        effective_from=day,
    )


def make_submitted(people: dict[str, User], agency: Agency, items: int = 3) -> CatalogVersion:
    """Make a version that the Department of Home Affairs has to appraise."""
    writer = writer_of(people, agency)
    return submit(make_version(writer, agency, items), writer)


def make_returned(people: dict[str, User], agency: Agency, items: int = 3) -> CatalogVersion:
    """Make a version that was sent back to its agency."""
    return send_back(make_submitted(people, agency, items), people["editor"])


def make_appraised(people: dict[str, User], agency: Agency, items: int = 3) -> CatalogVersion:
    """Make a version that waits for the Chairman's decision."""
    return accept(make_submitted(people, agency, items), people["editor"])


def make_approved(
    people: dict[str, User], agency: Agency, items: int = 3, effective_from: datetime.date | None = None
) -> CatalogVersion:
    """Make a version that is decided: frozen, and public from its day of effect."""
    return decide(make_appraised(people, agency, items), people["provincial_approver"], effective_from)


def writer_of(people: dict[str, User], agency: Agency) -> User:
    """Return the uploader among ``people`` who writes for the agency."""
    writers = (people["uploader"], people["other_uploader"])
    return next(user for user in writers if user.memberships.filter(agency=agency).exists())
