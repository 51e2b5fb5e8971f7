"""Export is import: what the platform wrote comes back with zero changes, in every layout and format."""

import io
import string
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog_pages.exports import about_table, items_table
from cms.catalogs import actions
from cms.catalogs.extra import stored
from cms.catalogs.models import CatalogItem, ExtraColumn
from cms.catalogs.wording import ItemWords
from cms.core.table_files import csv_lines, xlsx_file
from cms.core.text import clean_text, find_dangerous, looks_legacy
from importers.checking import mending
from importers.checking.contract import Order
from importers.checking.judge import check
from importers.kinds import KINDS
from importers.kinds.catalog.check.layouts import COMMUNE, HANDBOOK, LAYOUTS, PLATFORM
from importers.limits import limits
from importers.reading import Workbook
from importers.reading.worker import read_here
from importers.workbooks.book import OWN_SHEETS
from tests.factories.catalogs import item_values
from tests.integration.importers.conftest import template

CATALOG = KINDS["catalog"]
SCORES = ("difficulty", "process", "coordination", "scope")


def in_template(layout):
    return lambda version: ("mau.xlsx", template(version.catalog.agency, layout.code))


def words():
    return ItemWords(ExtraColumn.objects.public())


def in_file(version, kind, seen=None):
    table = items_table(version, seen or words(), {})
    if kind == "csv":
        return "danh-muc.csv", "".join(csv_lines(table)).encode()
    with xlsx_file(table, about_table(version)) as file:
        return "danh-muc.xlsx", file.read()


WAYS = {layout.code: in_template(layout) for layout in LAYOUTS} | {
    "xlsx": lambda version: in_file(version, "xlsx"), "csv": lambda version: in_file(version, "csv"),
}  # fmt: skip


def verdict_on(name, content, agency):
    """Read and check a file as an upload is, in this process."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        workbook = read_here(Path(file.name), name, limits())
    assert isinstance(workbook, Workbook)
    mending.tidy(workbook)
    context = CATALOG.context(agency, CATALOG.base_of(agency), limits(), CATALOG.layouts())
    return check(workbook, Order(CATALOG.code, agency.code, CATALOG.check, context, {}, OWN_SHEETS, frozenset(KINDS)))


def fits(text):
    """Whether an item can hold the text: what an upload or a form would store as it is."""
    dangerous = find_dangerous(text) or looks_legacy(text) or text.startswith("#")
    return bool(text) and clean_text(text).text == text and not dangerous


VIETNAMESE = "ăâđêôơưáàảãạấầẩẫậếềểễệốồổỗộớờởỡợứừửữựíìỉĩị"
TEXTS = st.text(string.printable + VIETNAMESE + VIETNAMESE.upper(), max_size=30).map(str.strip).filter(fits)
WORDS = st.one_of(
    st.sampled_from(["=1+1", "'=1+1", "''+84", "-gạch", "@SUM(A1)", "I. LĨNH VỰC", "10 văn bản", "a;b\"c,d'e", "0012"]),
    st.sampled_from(["a;=1+1", "a;'=1+1", "=1;=2", "x;-3;@y"]),
    st.text(VIETNAMESE + " ", min_size=3, max_size=30).map(str.strip).filter(fits),
    TEXTS,
)
FEW = st.decimals("0.0001", "999", places=4)


@st.composite
def items(draw):
    """Return the content of one item, coefficient and score within the tolerance; the code comes later."""
    score = draw(st.one_of(st.none(), FEW))
    coefficient = max(Decimal("0.0001"), (score / 5).quantize(Decimal("0.0001"))) if score else draw(FEW)
    parts = dict.fromkeys(SCORES)
    if score and draw(st.booleans()):
        parts = {"difficulty": score, "process": Decimal(0), "coordination": Decimal(0), "scope": Decimal(0)}
    return parts | {
        "field": draw(st.sampled_from(["", "Tổng hợp", "LĨNH VỰC TÀI CHÍNH", "Kế hoạch và đầu tư"])),
        "task": f"Việc {draw(WORDS)}", "name": draw(WORDS), "output": f"Báo cáo {draw(WORDS)}",
        "unit": draw(st.sampled_from(["văn bản", "hồ sơ", "3 tháng", "m²"])), "unit_quantity": draw(st.integers(1, 99)),
        "group": draw(st.integers(1, 5)), "hours": draw(st.one_of(st.none(), FEW)), "score": score,
        "coefficient": coefficient, "legal": draw(st.one_of(st.just(""), WORDS)),
        "note": draw(st.one_of(st.just(""), WORDS)),
    }  # fmt: skip


def fill(version, contents):
    version.items.all().delete()
    made = [
        CatalogItem(version=version, position=number, **{"code": f"TK.{number:03}"} | content)
        for number, content in enumerate(contents, start=1)
    ]
    for item in made:
        item.refresh_keys()
    CatalogItem.objects.bulk_create(made)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents=st.lists(items(), min_size=1, max_size=6, unique_by=lambda item: (item["task"], item["name"])))
def test_what_the_platform_wrote_comes_back_with_zero_changes(draft, contents) -> None:
    fill(draft, contents)

    for way, write in WAYS.items():
        verdict = verdict_on(*write(draft), draft.catalog.agency)

        changed = {row.row: row.changes for row in verdict.items if row.change != "same"}
        assert (changed, verdict.errors, verdict.missing) == ({}, [], []), way
        assert len(verdict.items) == len(contents), way


@pytest.mark.parametrize("layout", [PLATFORM, HANDBOOK, COMMUNE], ids=lambda layout: layout.code)
def test_a_template_is_known_by_its_layout(draft, layout) -> None:
    verdict = verdict_on("mau.xlsx", template(draft.catalog.agency, layout.code), draft.catalog.agency)

    assert (verdict.layout, verdict.counts["same"]) == (layout.code, 3)


def test_the_handbook_layout_names_fields_in_section_rows(draft) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(template(draft.catalog.agency, HANDBOOK.code)))

    titles = [row[1].value for row in book["DanhMuc"].iter_rows(min_row=2, max_row=7) if row[3].value is None]
    assert titles == ["I. Thống kê xã hội", "II. Tổng hợp", "III. Thống kê kinh tế"]


EXTRA = (
    {"name": "Mức ưu tiên", "kind": "choice", "choices": ["Cao", "=Thấp", "1,5"]},
    {"name": "Dịch vụ công", "kind": "yes_no", "audience": "offices"},
    {"name": "Hạn rà soát", "kind": "date"},
    {"name": "Số năm trước", "kind": "number", "required": True},
    {"name": "Nơi lưu", "kind": "text"},
    {"name": "Ghi chú nội bộ", "kind": "text", "audience": "appraisers"},
)


@st.composite
def extras(draw):
    """Return what an item holds in the columns of EXTRA."""
    held = {
        "muc_uu_tien": draw(st.sampled_from(["", "Cao", "=Thấp", "1,5"])),
        "dich_vu_cong": draw(st.sampled_from(["", "yes", "no"])),
        "han_ra_soat": draw(st.one_of(st.just(""), st.dates(date(2000, 1, 1), date(2100, 12, 31)).map(str))),
        "so_nam_truoc": stored(draw(st.one_of(st.just(Decimal(0)), FEW))),
        "noi_luu": draw(st.one_of(st.just(""), WORDS)),
        "ghi_chu_noi_bo": draw(st.one_of(st.just(""), WORDS)),
    }
    return {key: text for key, text in held.items() if text}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=st.lists(extras(), min_size=1, max_size=4))
def test_added_columns_of_every_kind_come_back_with_zero_changes(draft, people, held) -> None:
    if not ExtraColumn.objects.exists():
        for fields in EXTRA:
            actions.save_column(by=people["editor"], **fields)
    fill(draft, [item_values(number) | {"code": f"TK.{number:03}", "extra": each} for number, each in enumerate(held)])
    actions.refresh_summary(draft)
    agency = draft.catalog.agency
    seen = {who: ItemWords(ExtraColumn.objects.seen_by(people[who], agency)) for who in ("uploader", "editor")}

    ways = WAYS | {
        f"{kind} of {who}": lambda version, kind=kind, who=who: in_file(version, kind, seen[who])
        for kind in ("xlsx", "csv") for who in seen
    }  # fmt: skip
    for way, write in ways.items():
        verdict = verdict_on(*write(draft), agency)

        changed = {row.row: row.changes for row in verdict.items if row.change != "same"}
        assert (changed, verdict.errors, verdict.missing) == ({}, [], []), way
        assert len(verdict.items) == len(held), way


def test_a_choice_that_is_none_any_more_comes_back_where_items_hold_it(draft, people) -> None:
    column = actions.save_column(by=people["editor"], **EXTRA[0])
    fill(draft, [item_values(number) | {"extra": {"muc_uu_tien": "Cao"}} for number in (1, 2)])
    actions.refresh_summary(draft)
    actions.save_column(by=people["editor"], column_id=column.pk, choices=["Gấp", "Thường"])

    for way, write in WAYS.items():
        verdict = verdict_on(*write(draft), draft.catalog.agency)
        assert ([row.change for row in verdict.items], verdict.errors) == (["same", "same"], []), way
