"""A province with two published versions of one catalog, a draft, and a version decided for later."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from cms.catalogs import actions
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.users.models import User
from tests.factories import catalogs
from tests.factories.agencies import Province
from tests.keeping import kept

STATISTICS = "/danh-muc/chi-cuc-thong-ke/"


@dataclass(frozen=True)
class TwoVersions:
    """Version 1 held until yesterday, version 2 holds from today: one item new, changed, removed, the same each."""

    first: CatalogVersion
    second: CatalogVersion

    def item(self, number: int) -> CatalogItem:
        """Return the item that the factory numbered so, as version 1 holds it."""
        return self.first.items.get(code=f"TK.{number:05}")


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@kept
def two_versions(people: dict[str, User], province: Province) -> TwoVersions:
    """Return two published versions of province.statistics."""
    a_month_ago = timezone.localdate() - datetime.timedelta(days=30)
    first = catalogs.make_approved(people, province.statistics, effective_from=a_month_ago)
    draft = catalogs.make_version(people["uploader"], province.statistics)
    items = {item.code: item for item in draft.items.all()}
    change = {"score": Decimal("12.5"), "coefficient": Decimal("2.5"), "output": "Tờ trình"}
    actions.edit_items(by=people["uploader"], version=draft, items=[items["TK.00001"]], changes=change)
    actions.remove_items(by=people["uploader"], version=draft, items=[items["TK.00002"]])
    values = catalogs.item_values(9, name="Chuyển đổi số")
    actions.add_item(by=people["uploader"], version=draft, values=values)
    second = publish(people, draft)
    return TwoVersions(CatalogVersion.objects.get(pk=first.pk), second)


def publish(people: dict[str, User], draft: CatalogVersion, day: datetime.date | None = None) -> CatalogVersion:
    """Bring a draft through the whole workflow."""
    submitted = catalogs.submit(draft, draft.created_by)
    appraised = catalogs.accept(submitted, people["editor"])
    return catalogs.decide(appraised, people["provincial_approver"], day)


def publish_items(people: dict[str, User], province: Province, count: int, **values: object) -> CatalogVersion:
    """Publish a version of province.statistics with as many items, each with these values."""
    draft = catalogs.make_version(people["uploader"], province.statistics, items=0)
    catalogs.make_items(draft, count, **values)
    draft.refresh_from_db()
    return publish(people, draft)
