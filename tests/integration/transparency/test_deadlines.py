"""What public figures say of deadlines, where all blocks have one round and where a block has its own."""

from __future__ import annotations

import datetime
import json

import pytest
from django.utils import timezone

from catalog_pages.transparency import builders
from catalog_pages.transparency.builders import deadlines
from catalog_pages.transparency.figures import Figure
from cms.catalogs.models import CatalogRound
from cms.core.dates import format_date_vi
from cms.organisations.enums import Block
from cms.organisations.models import Agency
from tests.factories import catalogs
from tests.factories.agencies import make_agency
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db


def make_round(first: int, **fields) -> CatalogRound:
    days = (timezone.localdate() + datetime.timedelta(days=first + n) for n in (0, 10, 20))
    return CatalogRound.objects.create(
        year=2026, name="Đợt", is_current=True,
        **dict(zip(("submit_by", "appraise_by", "approve_by"), days, strict=True)), **fields,
    )  # fmt: skip


@pytest.fixture
def round_(province) -> CatalogRound:
    return make_round(-3)


@pytest.fixture
def party(province) -> Agency:
    return make_agency(province.root, code="ban-to-chuc", name="Ban Tổ chức Tỉnh ủy", block=Block.PARTY)


@pytest.fixture
def party_round(party) -> CatalogRound:
    """Return the Party's own round, whose lists are due in a week."""
    return make_round(7, block=Block.PARTY)


def figure(code: str) -> Figure:
    return builders.BUILDERS[code](timezone.localdate())


def rows(code: str) -> dict:
    return {row[0]: row[1:] for row in figure(code).rows}


def test_one_round_for_all_is_told_as_the_only_one(round_, people, province):
    catalogs.make_submitted(people, province.office)

    day = format_date_vi(round_.submit_by)
    reported = figure("tien-do")
    assert reported.title == "Tiến độ xây dựng danh mục, đợt 2026"
    assert f" Hạn trình là ngày {day}, hạn thẩm định " in reported.summary
    assert "khối" not in json.dumps(
        [reported.summary, reported.rows, reported.notes, reported.terms], ensure_ascii=False
    )
    assert figure("thoi-han").summary.endswith(f"trình đúng hạn. Hạn trình là ngày {day}.")
    assert "khối" not in figure("thoi-han").notes + figure("bang-thoi-han").notes


def test_a_block_with_its_own_round_is_counted_by_its_own_deadlines(party, party_round, round_, people, province):
    counted = rows("tien-do")
    own, other = format_date_vi(party_round.submit_by), format_date_vi(round_.submit_by)

    # not started, drafting, submitted, appraised, approved, total, past the deadline of the next step
    assert counted["Sở, ban, ngành"] == (3, 0, 0, 0, 0, 3, 3)
    assert counted["Sở, ban, ngành (khối Đảng)"] == (1, 0, 0, 0, 0, 1, 0)
    summary = figure("tien-do").summary
    assert f" Khối Đảng: hạn trình là ngày {own}, hạn thẩm định" in summary
    assert f" Các khối còn lại: hạn trình là ngày {other}, hạn thẩm định" in summary

    writer = make_member("uploader", party, "nhap_lieu_dang")
    catalogs.submit(catalogs.make_version(writer, party), writer)
    catalogs.make_submitted(people, province.office)

    early = {label: number for label, (number,) in rows("thoi-han").items()}
    assert (early["Sớm 1–7 ngày"], early["Trễ 1–7 ngày"]) == (1, 1)
    assert (
        f" Hạn trình của khối Đảng là ngày {own}, của các khối còn lại là ngày {other}." in figure("thoi-han").summary
    )
    days = {row[0]: row[2] for row in figure("bang-thoi-han").rows}
    assert (days["Ban Tổ chức Tỉnh ủy"], days["Văn phòng UBND tỉnh"]) == (-7, 3)
    assert "Mỗi cơ quan được so với hạn trình của khối mình." in figure("bang-thoi-han").notes


def test_agencies_without_a_round_are_neither_early_nor_late(party_round, round_, people, province):
    CatalogRound.objects.filter(pk=round_.pk).update(is_current=False)
    catalogs.make_submitted(people, province.office)

    assert sum(count[-2] for count in rows("tien-do").values()) == 6
    assert sum(count[-1] for count in rows("tien-do").values()) == 0
    assert "Các khối còn lại không có đợt đang thực hiện." in figure("tien-do").summary
    assert {label: number for label, (number,) in rows("thoi-han").items() if number} == {"Chưa trình": 1}
    assert [row[0] for row in figure("bang-thoi-han").rows] == ["Ban Tổ chức Tỉnh ủy"]
    assert "không tính ở đây" in figure("thoi-han").notes


def test_figures_have_words_for_every_block():
    assert list(deadlines.BLOCKS) == list(Block)
