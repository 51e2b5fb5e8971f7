"""Export is import: what the platform wrote comes back with zero changes, in every layout and format."""

import io
import string
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog_pages.exports import about_table, csv_lines, items_table, xlsx_file
from cms.catalogs.models import CatalogItem
from cms.core.text import clean_text, find_dangerous, looks_legacy
from importers import mending
from importers.checking import limits
from importers.kinds import KINDS
from importers.sheets import Workbook
from importers.sheets.worker import read_here
from importers.sources.catalog.layouts import COMMUNE, HANDBOOK, LAYOUTS, PLATFORM
from importers.template_workbook import template_for

CATALOG = KINDS["catalog"]
SCORES = ("difficulty", "process", "coordination", "scope")


def in_template(layout):
    return lambda version: ("mau.xlsx", template_for(version.catalog.agency, layout))


def in_xlsx(version):
    with xlsx_file(items_table(version), about_table(version)) as file:
        return "danh-muc.xlsx", file.read()


def in_csv(version):
    return "danh-muc.csv", "".join(csv_lines(items_table(version))).encode()


WAYS = {layout.code: in_template(layout) for layout in LAYOUTS} | {"xlsx": in_xlsx, "csv": in_csv}


def verdict_on(name, content, agency):
    """Read and check a file as an upload is, in this process."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        workbook = read_here(Path(file.name), name, limits())
    assert isinstance(workbook, Workbook)
    mending.tidy(workbook)
    return CATALOG.check(workbook, agency, CATALOG.base_of(agency), limits(), CATALOG.layouts())


def fits(text):
    """Whether an item can hold the text: what an upload or a form would store as it is."""
    dangerous = find_dangerous(text) or looks_legacy(text) or text.startswith("#")
    return bool(text) and clean_text(text).text == text and not dangerous


VIETNAMESE = "ăâđêôơưáàảãạấầẩẫậếềểễệốồổỗộớờởỡợứừửữựíìỉĩị"
TEXTS = st.text(string.printable + VIETNAMESE + VIETNAMESE.upper(), max_size=30).map(str.strip).filter(fits)
WORDS = st.one_of(
    st.sampled_from(["=1+1", "'=1+1", "''+84", "-gạch", "@SUM(A1)", "I. LĨNH VỰC", "10 văn bản", "a;b\"c,d'e", "0012"]),
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
        CatalogItem(version=version, position=number, code=f"TK.{number:03}", **content)
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
    verdict = verdict_on("mau.xlsx", template_for(draft.catalog.agency, layout), draft.catalog.agency)

    assert (verdict.layout, verdict.counts["same"]) == (layout.code, 3)


def test_the_handbook_layout_names_fields_in_section_rows(draft) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(template_for(draft.catalog.agency, HANDBOOK)))

    titles = [row[1].value for row in book["DanhMuc"].iter_rows(min_row=2, max_row=7) if row[3].value is None]
    assert titles == ["I. Thống kê xã hội", "II. Tổng hợp", "III. Thống kê kinh tế"]
