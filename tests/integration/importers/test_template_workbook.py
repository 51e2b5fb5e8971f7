"""The template: readable, ready to fill in, and back again without a change."""

import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from cms.catalogs import actions as catalog_actions
from importers import actions
from importers.models import ImportBatch
from importers.template_workbook import DATA_SHEET, template_for

Uploaded = Callable[..., ImportBatch]


@pytest.mark.parametrize(
    ("sample", "clerk", "agency"),
    [("van-phong.so-tay.xlsx", "other_uploader", "office"), ("thong-ke.v1.xlsx", "uploader", "statistics")],
)
def test_a_template_sent_back_untouched_changes_nothing(people, province, uploaded, sample, clerk, agency) -> None:
    who, where = people[clerk], getattr(province, agency)
    version = actions.commit(by=who, batch=uploaded(who, where, sample)).committed_to

    batch = uploaded(who, where, template_for(where))

    assert batch.counts == {"new": 0, "changed": 0, "same": version.item_count, "missing": 0}
    assert (batch.verdict, batch.sheets) == ("accept", [DATA_SHEET])


def test_units_that_are_only_a_number_come_back_too(people, province, uploaded: Uploaded) -> None:
    version = actions.commit(
        by=people["editor"], batch=uploaded(people["editor"], province.commune, "xa.mau-ngan.xlsx")
    ).committed_to

    batch = uploaded(people["editor"], province.commune, template_for(province.commune))

    assert batch.counts == {"new": 0, "changed": 0, "same": version.item_count, "missing": 0}


def test_hostile_and_odd_values_come_back_as_they_were(people, province, uploaded: Uploaded, draft) -> None:
    first, second, third = draft.items.order_by("position")
    edits = (
        (first, {"name": "=1+1", "note": "-gạch đầu dòng", "unit": "3 tháng", "unit_quantity": 1}),
        (second, {"code": "1-2", "unit_quantity": 10, "field": "", "unit": "văn bản"}),
        (third, {"code": "0012", "hours": Decimal("0.3333"), "legal": "@SUM(A1)"}),
    )
    for item, changes in edits:
        catalog_actions.edit_items(by=people["uploader"], version=draft, items=[item], changes=changes)

    batch = uploaded(people["uploader"], province.statistics, template_for(province.statistics))

    assert batch.counts == {"new": 0, "changed": 0, "same": 3, "missing": 0}


def test_no_cell_of_a_template_is_a_formula(people, province, draft) -> None:
    catalog_actions.edit_items(
        by=people["uploader"], version=draft, items=[draft.items.first()], changes={"name": "=HYPERLINK(1)"}
    )

    book = load_workbook(io.BytesIO(template_for(province.statistics)))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [cell.quotePrefix for cell in cells if cell.value == "=HYPERLINK(1)"] == [True]


def test_a_template_opens_with_a_guide_in_vietnamese(province) -> None:
    book = load_workbook(io.BytesIO(template_for(province.office)))

    guide = " ".join(str(cell.value) for cell in book["HuongDan"]["A"] if cell.value)
    assert book.sheetnames == ["HuongDan", DATA_SHEET]
    assert "Hướng dẫn điền danh mục" in guide
    assert "20 MiB" in guide and "50.000 dòng" in guide
    assert "Nhóm 5: tối đa 500 điểm." in guide


def test_the_data_sheet_is_ready_for_a_clerk(province) -> None:
    sheet = load_workbook(io.BytesIO(template_for(province.office)))[DATA_SHEET]

    assert sheet.freeze_panes == "A2"
    assert all(cell.font.bold for cell in sheet[1])
    rule = sheet.data_validations.dataValidation[0]
    assert rule.formula1 == '"1,2,3,4,5"'
    assert sheet.column_dimensions["B"].number_format == "@"


def test_an_empty_template_is_refused_for_having_no_rows(people, province, uploaded: Uploaded) -> None:
    batch = uploaded(people["uploader"], province.statistics, template_for(province.statistics))

    assert [problem.code for problem in batch.problems.all()] == ["no_rows"]
