"""A province whose open data has every kind of row, and ways to ask for it."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from catalog_pages.open_data.dictionary import DATASETS
from catalog_pages.transparency.actions import prepare_draft, publish_draft
from cms.catalogs import actions
from cms.catalogs.models import CatalogVersion
from cms.curation.enums import LinkOrigin
from cms.curation.models import CommonLink
from cms.organisations import actions as organisations
from cms.users.enums import Role
from cms.users.models import User
from tests.factories import catalogs, frameworks
from tests.factories.agencies import Province, make_agency
from tests.factories.people import make_member
from tests.keeping import kept

PLACE = "/du-lieu-mo/"
FILES = [f"{code}.{kind}" for code in DATASETS for kind in ("csv", "json", "xlsx")]
# Texts that a spreadsheet would run, and honest ones that look like them.
EVIL = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "＝1+1", "'=1+1")
HONEST = ("- Báo cáo tháng", "-5", "A=B")


@dataclass(frozen=True)
class Published:
    """What is public on the first day."""

    people: dict[str, User]
    province: Province
    version: CatalogVersion
    day: datetime.date


@kept
def published(people: dict[str, User], province: Province) -> Published:
    """Publish a catalog with an added column, a framework and a release of figures today; leave a draft unpublished."""
    actions.save_column(by=None, name="Mức ưu tiên", kind="choice", choices=["Cao", "Thấp"])
    actions.save_column(by=None, name="Hạn dùng", kind="date")
    actions.save_column(by=None, name="Chi phí", kind="number")
    actions.save_column(by=None, name="Trực tuyến", kind="yes_no")
    actions.save_column(by=None, name="Nội bộ", kind="text", audience="offices")
    draft = catalogs.make_version(people["uploader"], province.statistics)
    fill_added_columns(people["uploader"], draft)
    version = publish(people, draft)
    frameworks.published()
    publish_figures(people["approver"])
    return Published(people, province, version, timezone.localdate())


def fill_added_columns(by: User, draft: CatalogVersion) -> None:
    """Fill in all the added columns of the first item."""
    filled = {"muc_uu_tien": "Cao", "han_dung": "2026-12-31", "chi_phi": "12.5", "truc_tuyen": "yes", "noi_bo": "Kín"}
    changes = {f"extra.{key}": text for key, text in filled.items()}
    first = draft.items.order_by("position").first()
    actions.edit_items(by=by, version=CatalogVersion.objects.get(pk=draft.pk), items=[first], changes=changes)


def publish(people: dict[str, User], draft: CatalogVersion) -> CatalogVersion:
    """Bring a draft through the whole workflow, with effect from today."""
    draft = CatalogVersion.objects.get(pk=draft.pk)
    accepted = catalogs.accept(catalogs.submit(draft, draft.created_by), people["editor"])
    return catalogs.decide(accepted, people["provincial_approver"])


def publish_figures(by: User, note: str = "") -> None:
    """Publish the figures as they stand now."""
    publish_draft(by=by, seen=prepare_draft(by=by, wait=True).content_hash, note=note)


def publish_more(published: Published) -> None:
    """Publish and change something of every kind."""
    people, province = published.people, published.province
    draft = catalogs.make_version(people["uploader"], province.statistics)
    items = list(draft.items.order_by("position"))
    actions.edit_items(by=people["uploader"], version=draft, items=items[:1], changes={"name": "Tên mới"})
    publish(people, draft)
    catalogs.make_approved(people, province.office)
    frameworks.published("lao-cai")
    publish_figures(people["approver"], note="Bổ sung")
    organisations.edit_agency(by=None, agency=province.statistics, name="Thống kê tỉnh", kind="division")
    organisations.move_agency(by=None, agency=province.division, parent=province.office)
    organisations.edit_agency(by=None, agency=province.commune, dissolved_on=timezone.localdate())
    make_agency(province.root, code="moi-lap", name="Sở Mới lập")
    actions.save_column(by=None, name="Cột đến sau")


def link_to_common(published: Published) -> CommonLink:
    """Publish a common list, and link the first item of the agency to its first."""
    clerk = make_member(Role.UPLOADER, published.province.root, "common_clerk")
    common = publish(published.people, catalogs.make_version(clerk, published.province.root))
    first, of_common = (version.items.order_by("position").first() for version in (published.version, common))
    return CommonLink.objects.create(
        catalog=published.version.catalog, identity=first.identity, common=of_common.identity,
        origin=LinkOrigin.TAKEN_OVER, source=common,
    )  # fmt: skip


@pytest.fixture
def read(client: Client) -> Callable[..., bytes]:
    """Return a reader of an address below the place of open data."""

    def read_one(name: str, day: datetime.date | str = "") -> bytes:
        answer: Any = client.get(f"{PLACE}{day}/{name}" if day else PLACE + name)
        assert answer.status_code == 200, name
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    return read_one


@pytest.fixture
def table(read: Callable[..., bytes]) -> Callable[..., list[dict[str, str]]]:
    """Return a reader of a dataset's csv as rows by the names of columns."""

    def rows(code: str, day: datetime.date | str = "") -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(read(f"{code}.csv", day).decode("utf-8-sig"))))

    return rows


@pytest.fixture
def wait_a_day(time_machine: Any) -> Callable[[], None]:
    """Return what lets a day pass."""
    return lambda: time_machine.move_to(timezone.now() + datetime.timedelta(days=1))
