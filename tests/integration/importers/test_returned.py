"""A template comes back: known by its stamp, whose it is, what for, and how old."""

import io
import json
import re
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from cms.catalogs import actions as catalog_actions
from cms.core.dates import format_date_vi
from importers import actions
from importers.messages import render
from importers.models import ImportBatch
from importers.workbooks.stamp import PROPERTY, Stamp, read_stamp
from tests.factories.catalogs import make_approved
from tests.factories.officers import make_position, make_posting
from tests.integration.importers.conftest import template
from tests.integration.importers.test_templates import fill_in

Uploaded = Callable[..., ImportBatch]


def codes(batch: ImportBatch) -> list[str]:
    return list(batch.problems.values_list("code", flat=True))


def edited(content: bytes, edit: Callable[[object], None]) -> bytes:
    book = load_workbook(io.BytesIO(content))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def change(**cells: object) -> dict[str, object]:
    return {"E2": "Tên mới", **cells}


# Known again


def test_the_upload_keeps_the_stamp_and_shows_it(client, people, province, uploaded: Uploaded, draft) -> None:
    batch = uploaded(people["uploader"], province.statistics, template(province.statistics))

    stamp = read_stamp(batch.template)
    assert stamp == Stamp("catalog", "thong-ke", stamp.year, 1, draft.edition, timezone.localdate())
    client.force_login(people["uploader"])
    shown = client.get(reverse("importers:batch", args=[batch.pk])).content.decode()
    assert f"Mẫu của hệ thống, lấy ngày {format_date_vi(timezone.localdate())}" in shown


def remove_guide(book) -> None:
    del book["HuongDan"]


def remove_lists(book) -> None:
    del book["DanhSach"]


def remove_property(book) -> None:
    del book.custom_doc_props[PROPERTY]


def hide_lists(book) -> None:
    book["DanhSach"].sheet_state = "veryHidden"


@pytest.mark.parametrize("edit", [remove_guide, remove_lists, remove_property, hide_lists])
def test_it_is_known_by_any_of_its_places(people, province, uploaded: Uploaded, draft, added_columns, edit) -> None:
    items, changes = list(draft.items.all()), {"extra.muc_uu_tien": "Cao"}
    catalog_actions.edit_items(by=people["uploader"], version=draft, items=items, changes=changes)

    batch = uploaded(people["uploader"], province.statistics, edited(template(province.statistics), edit))

    assert read_stamp(batch.template) is not None
    assert (batch.verdict, codes(batch)) == ("accept", [])


def test_rows_copied_elsewhere_have_no_stamp_and_no_trouble(people, province, uploaded: Uploaded, draft) -> None:
    def keep_the_data_alone(book) -> None:
        remove_guide(book)
        remove_lists(book)
        remove_property(book)

    content = edited(template(province.statistics), keep_the_data_alone)
    batch = uploaded(people["uploader"], province.statistics, content)

    assert (batch.template, batch.verdict, codes(batch)) == ("", "accept", [])


def test_a_mistyped_stamp_is_passed_over_with_a_note(people, province, uploaded: Uploaded, draft) -> None:
    def mistype(book) -> None:
        remove_lists(book)
        remove_property(book)
        for row in book["HuongDan"].iter_rows():
            for cell in row:
                if cell.value and "Mã mẫu:" in cell.value:
                    cell.value = cell.value.replace("thong-ke", "so-noi-vu")

    batch = uploaded(people["uploader"], province.statistics, edited(template(province.statistics), mistype))

    note = batch.problems.get(code="stamp_unknown")
    assert (note.severity, note.sheet, batch.template, batch.error_count) == ("note", "HuongDan", "", 0)
    assert "so-noi-vu" in render(note)


# Not here


def test_the_template_of_another_agency_is_refused_by_name(people, province, uploaded: Uploaded) -> None:
    batch = uploaded(people["uploader"], province.statistics, template(province.office))

    problem = batch.problems.get()
    assert (batch.state, batch.row_count, problem.code) == ("refused", 0, "template_of_other_agency")
    assert (problem.sheet, problem.value) == ("HuongDan", batch.template)
    sentence = render(problem)
    assert province.office.name in sentence and province.statistics.name in sentence


def test_a_list_of_officers_is_no_catalog_and_the_other_way_round(people, province, uploaded: Uploaded) -> None:
    make_position()
    make_posting(province.statistics)
    officers = template(province.statistics, kind="officers")
    catalog = ContentFile(template(province.statistics))

    as_catalog = uploaded(people["uploader"], province.statistics, officers)
    as_officers = actions.upload(
        by=people["uploader"], agency=province.statistics, file=catalog, name="a.xlsx", kind="officers", wait=True
    )

    assert codes(as_catalog) == codes(as_officers) == ["template_of_other_kind"]
    assert "Công chức và bố trí công tác" in render(as_catalog.problems.get())
    assert "Danh mục" in render(as_officers.problems.get())


def test_browser_and_command_refuse_alike(client, people, province, send, tmp_path) -> None:
    content = template(province.office)
    path = tmp_path / "mau.xlsx"
    path.write_bytes(content)
    answer = send(people["uploader"], province.statistics, content)
    page = client.get(answer.url).content.decode()
    out = StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("import_catalog", str(path), "--agency", "thong-ke", "--json", stdout=out)

    error = json.loads(out.getvalue())["errors"][0]
    assert (end.value.code, error["code"], error["sheet"]) == (1, "template_of_other_agency", "HuongDan")
    assert province.office.name in error["message"]
    assert re.search(r"Đây là mẫu của\s+Văn phòng UBND tỉnh", page)


def test_an_agency_that_is_no_more_is_named_by_its_code(people, province, uploaded: Uploaded) -> None:
    content = template(province.office)
    type(province.office).objects.filter(pk=province.office.pk).update(code="van-phong-moi")

    batch = uploaded(people["uploader"], province.statistics, content)

    assert province.office.code in render(batch.problems.get())


# How old


def test_an_older_template_warns_when_it_would_change_something(people, province, uploaded: Uploaded, draft) -> None:
    content = template(province.statistics)
    for name in ("Một", "Hai"):
        items = [draft.items.order_by("position").last()]
        catalog_actions.edit_items(by=people["uploader"], version=draft, items=items, changes={"note": name})

    batch = uploaded(people["uploader"], province.statistics, content)

    assert (batch.counts["changed"], codes(batch)) == (1, ["template_outdated"])
    assert "2 lần" in render(batch.problems.get())


def test_one_that_changes_nothing_says_nothing(people, province, uploaded: Uploaded, draft) -> None:
    content = template(province.statistics)
    items = [draft.items.first()]
    for note in ("Một", ""):
        catalog_actions.edit_items(by=people["uploader"], version=draft, items=items, changes={"note": note})

    batch = uploaded(people["uploader"], province.statistics, content)

    assert (batch.verdict, codes(batch)) == ("accept", [])


def test_what_the_same_file_wrote_is_no_news_to_it(people, province, uploaded: Uploaded, draft) -> None:
    by, agency = people["uploader"], province.statistics
    content = template(agency)
    first = fill_in(content, **change())
    actions.commit(by=by, batch=uploaded(by, agency, first))

    second = uploaded(by, agency, fill_in(first, D3="Nhiệm vụ khác"))
    assert (second.counts["changed"], codes(second)) == (1, [])
    actions.commit(by=by, batch=second)
    catalog_actions.edit_items(by=by, version=draft, items=[draft.items.first()], changes={"note": "Khác"})

    third = uploaded(by, agency, fill_in(first, D3="Nhiệm vụ khác nữa"))
    assert codes(third) == ["template_outdated"]
    assert "1 lần" in render(third.problems.get())


def test_what_it_wrote_may_be_a_version_of_its_own(people, province, uploaded: Uploaded) -> None:
    make_approved(people, province.statistics)
    by, agency = people["uploader"], province.statistics
    first = fill_in(template(agency), **change())
    version = actions.commit(by=by, batch=uploaded(by, agency, first)).catalog.committed_to

    second = uploaded(by, agency, fill_in(first, D3="Nhiệm vụ khác"))

    assert (version.number, second.counts["changed"], codes(second)) == (2, 1, [])


def test_the_template_of_an_earlier_version_says_what_is_otherwise_now(people, province, uploaded: Uploaded) -> None:
    approved = make_approved(people, province.statistics)
    content = template(province.statistics)
    version = catalog_actions.start_version(by=people["uploader"], catalog=approved.catalog)
    one, two, _ = version.items.order_by("position")
    catalog_actions.edit_items(by=people["uploader"], version=version, items=[one], changes={"note": "Khác"})
    catalog_actions.remove_items(by=people["uploader"], version=version, items=[two])

    batch = uploaded(people["uploader"], province.statistics, content)

    assert codes(batch) == ["template_of_earlier_version"]
    sentence = render(batch.problems.get())
    assert "phiên bản 1" in sentence and "phiên bản 2" in sentence
    assert "0 mục mới, 1 mục thay đổi, 1 mục đã bỏ" in sentence


def test_a_template_from_before_the_first_version_says_so(people, province, uploaded: Uploaded) -> None:
    row = {"B2": "TK.900", "D2": "Việc", "F2": "Báo cáo", "G2": "báo cáo", "H2": 1, "O2": 1}
    content = fill_in(template(province.statistics), **row)
    actions.commit(by=people["uploader"], batch=uploaded(people["uploader"], province.statistics, "thong-ke.v1.xlsx"))

    batch = uploaded(people["uploader"], province.statistics, content)

    assert codes(batch) == ["template_before_first_version"]


def test_an_older_list_of_officers_warns_too(people, province) -> None:
    make_position()
    make_posting(province.statistics, code="CC-1")
    content = template(province.statistics, kind="officers")
    make_posting(province.division, code="CC-2")

    batch = actions.upload(
        by=people["uploader"], agency=province.statistics, file=ContentFile(content), name="a.xlsx", kind="officers",
        wait=True,
    )  # fmt: skip

    assert (batch.counts["missing"], codes(batch)) == (1, ["template_outdated"])
