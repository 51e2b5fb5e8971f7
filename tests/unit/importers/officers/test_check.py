"""What a list of officers says, row by row, and what would change on record."""

from datetime import date, datetime

import pytest

from importers.kinds.officers.check import words
from importers.kinds.officers.check.codes import CODES
from importers.kinds.officers.check.context import Elsewhere
from importers.kinds.officers.check.layout import LAYOUT
from tests.unit.importers.catalog.building import sheet, workbook
from tests.unit.importers.officers.building import (
    HEADER,
    START,
    TODAY,
    base,
    check,
    check_cell,
    check_rows,
    codes,
    context,
    officer,
)  # fmt: skip


def test_a_good_row_is_a_new_posting():
    verdict = check_cell(role="Cấp phó", end=date(2026, 12, 31), fields=" Tài chính; đầu tư ;tài chính; ")

    assert codes(verdict) == []
    (row,) = verdict.items
    assert row.change == "new"
    assert row.values == {
        "code": "CC-1", "name": "Công chức 1", "category": "civil_servant", "agency": "phong-1", "position": "cv",
        "role": "deputy", "is_main": True, "valid_from": START, "valid_to": date(2026, 12, 31),
        "fields_in_charge": ["Tài chính", "đầu tư"], "agency_name": "Phòng Hòa Bình", "position_name": "Chuyên viên",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "key"),
    [(text, column.key) for column in LAYOUT.columns for text in (column.header, *column.aliases)],
)
def test_every_spelling_of_a_header_stands_for_one_column(header, key):
    names = dict(zip(("code", "name", "position", "valid_from"), ("Mã", "Họ tên", "Mã VTVL", "Từ"), strict=True))
    names[key] = header
    beside = [f"{name.upper()} (*)" for name in names.values()]

    verdict = check_rows(["CC-1", "Công chức 1", "cv", "01/01/2026", None], header=beside)

    assert "unknown_column" not in {code for code, _ in codes(verdict)}
    assert not {"missing_column", "no_header"} & {code for code, _ in codes(verdict)}


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"code": None}, "required", "Mã công chức"),
        ({"code": 12}, "code_is_number", "Mã công chức"),
        ({"name": None}, "required", "Họ và tên"),
        ({"category": None}, "required", "Đối tượng"),
        ({"category": "Khách"}, "unknown_category", "Đối tượng"),
        ({"agency": None}, "required", "Mã cơ quan, đơn vị"),
        ({"agency": "so-b"}, "agency_not_found", "Mã cơ quan, đơn vị"),
        ({"agency": "Phòng Hai"}, "agency_ambiguous", "Mã cơ quan, đơn vị"),
        ({"agency": "phong-cu"}, "agency_dissolved", "Từ ngày"),
        ({"position": None}, "required", "Mã vị trí việc làm"),
        ({"position": "Lái tàu"}, "position_not_found", "Mã vị trí việc làm"),
        ({"position": "Pháp chế"}, "position_ambiguous", "Mã vị trí việc làm"),
        ({"group": "Hỗ trợ"}, "group_differs", "Nhóm vị trí việc làm"),
        ({"role": "Lái xe"}, "unknown_role", "Vai trò"),
        ({"main": "thử"}, "unknown_main", "Chính/kiêm nhiệm"),
        ({"start": None}, "required", "Từ ngày"),
        ({"start": "31/02/2026"}, "date_impossible", "Từ ngày"),
        ({"start": "12/31/2026"}, "date_month_first", "Từ ngày"),
        ({"start": "đầu năm"}, "not_a_date", "Từ ngày"),
        ({"start": 46023}, "date_is_number", "Từ ngày"),
        ({"start": "01/01/1999"}, "date_out_of_range", "Từ ngày"),
        ({"end": "31/12/2025"}, "last_day_before_first", "Đến ngày"),
        ({"fields": "; ".join(str(n) for n in range(51))}, "too_many_in_charge", "Lĩnh vực phụ trách"),
        ({"fields": "x" * 201}, "field_too_long", "Lĩnh vực phụ trách"),
        ({"name": "Công\u202echức"}, "dangerous_bidi", "Họ và tên"),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column(cells, code, column):
    verdict = check_cell(**cells)

    assert verdict.verdict == "reject"
    assert [(p.code, p.row, p.column) for p in verdict.errors] == [(code, 2, column)]
    assert not verdict.items


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"agency": "PHÒNG hoà bình"}, "agency", "phong-1"),
        ({"agency": "Phong-1"}, "agency", "phong-1"),
        ({"position": "văn thư"}, "position", "vt"),
        ({"position": "Pháp chế", "group": "HO-TRO"}, "position", "ht-pc"),
        ({"start": datetime(2026, 1, 1)}, "valid_from", START),
        ({"start": "ngày 01 tháng 01 năm 2026"}, "valid_from", START),
        ({"main": "Kiêm nhiệm"}, "is_main", False),
        ({"code": " cc‐1 "}, "code", "CC-1"),
    ],
)
def test_what_people_write_is_understood_without_a_warning(cells, field, value):
    verdict = check_cell(**cells)

    assert codes(verdict) == []
    assert verdict.items[0].values[field] == value


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Trưởng phòng", "head"), ("Phó Trưởng phòng", "deputy"), ("PHÓ GIÁM ĐỐC", "deputy"), ("giam doc", "head"),
        ("Chuyên viên", "staff"), ("Chủ tịch", "head"), ("Phó Chủ tịch", "deputy"), ("Người đứng đầu", "head"),
        ("Phòng", None), ("Trưởng", "head"),
    ],
)  # fmt: skip
def test_role_words(text, role):
    said = words.role_of(text)

    assert (said.value if said else None) == role


def test_a_role_in_other_words_is_read_and_said():
    verdict = check_cell(role="Trưởng phòng")

    assert codes(verdict) == [("read_as", 2)]
    assert verdict.items[0].values["role"] == "head"


def test_what_a_position_is_called_says_nothing_about_who_leads():
    header = ["Mã", "Họ và tên", "Đối tượng", "Chức danh", "Từ ngày"]
    verdict = check_rows(["CC-1", "Công chức 1", "Cán bộ", "Văn thư", "01/01/2026"], header=header)

    assert verdict.items[0].values["role"] == "staff"
    assert verdict.items[0].values["agency"] == "so-a"


def test_personal_data_is_read_past_said_and_gone():
    header = [*HEADER, "Ngày sinh", "Số CCCD"]
    book = workbook(sheet(header, [*officer(), "02/03/1980", "079080001234"], [*officer("CC-2", start=None), "x", 7]))

    verdict = check(book, context())

    assert codes(verdict, "warning") == [("personal_not_kept", 1)] * 2
    assert "1980" not in str(verdict) and "1980" not in str(book) and "079080001234" not in str(book)


def test_a_file_without_categories_says_what_it_takes_new_officers_for():
    header = ["Mã", "Họ và tên", "Vị trí việc làm", "Từ ngày"]
    rows = [["CC-1", "Công chức 1", "cv", "01/01/2026"], ["CC-2", "Công chức 2", "cv", "01/01/2026"]]

    verdict = check_rows(*rows, header=header, ctx=context(base=[base(category="cadre", agency="so-a")]))

    assert codes(verdict) == [("category_assumed", 1)]
    assert [(row.change, row.values["category"]) for row in verdict.items] == [
        ("same", "cadre"), ("new", "civil_servant"),
    ]  # fmt: skip


def test_merged_units_count_for_every_row_they_cover_and_footers_do_not():
    rows = [officer("CC-1"), officer("CC-2", agency=None), officer("CC-3", agency=None)]
    footer = [None, "Tổng cộng: 3 người"], [None] * 9 + ["GIÁM ĐỐC"]

    verdict = check_rows(*rows, None, *footer, merged=[(2, 5, 4, 5)])

    assert {code for code, _ in codes(verdict)} == {"carried_forward", "totals_row", "signature_block"}
    assert [row.values["agency"] for row in verdict.items] == ["phong-1"] * 3


def test_a_header_without_what_is_needed_and_an_empty_list_are_refused():
    assert ("missing_column", 1) in codes(check_rows(officer(), header=[*HEADER[:9], "Bắt đầu lúc", *HEADER[10:]]))
    assert codes(check_rows()) == [("no_rows", 0)]
    assert codes(check_rows(["a", "b"], header=["x", "y"])) == [("no_header", 0)]


# Beside what is on record


def changes(verdict):
    return [(row.values["code"], row.row, row.change, row.changes) for row in verdict.items]


def test_the_same_file_again_changes_nothing():
    ctx = context(base=[base(), base("CC-2", role="head", fields_in_charge=("Thuế",), valid_to=date(2027, 1, 1))])

    verdict = check_rows(
        officer(), officer("CC-2", role="Người đứng đầu", fields="Thuế", end="01/01/2027"), ctx=ctx
    )  # fmt: skip

    assert verdict.counts == {"new": 0, "changed": 0, "same": 2, "missing": 0}


@pytest.mark.parametrize(
    ("cells", "field", "pair"),
    [
        ({"name": "Công chức một"}, "name", ["Công chức 1", "Công chức một"]),
        ({"agency": "phong-2"}, "agency", ["phong-1", "phong-2"]),
        ({"start": "02/01/2026"}, "valid_from", [START, date(2026, 1, 2)]),
        ({"role": "Người đứng đầu"}, "role", ["staff", "head"]),
        ({"main": "Kiêm nhiệm"}, "is_main", [True, False]),
        ({"end": "30/06/2026"}, "valid_to", [None, date(2026, 6, 30)]),
    ],
)
def test_a_correction_is_said_field_by_field(cells, field, pair):
    verdict = check_rows(officer(**cells), ctx=context(base=[base()]))

    assert changes(verdict) == [("CC-1", 2, "changed", {field: pair})]
    assert not verdict.missing


def test_a_column_that_the_file_does_not_have_changes_nothing():
    header = ["Mã", "Họ và tên", "Mã đơn vị", "Vị trí việc làm", "Từ ngày"]
    kept = base(category="cadre", role="deputy", fields_in_charge=("Thuế",), valid_to=date(2027, 1, 1), is_main=False)

    verdict = check_rows(
        ["CC-1", "Công chức 1", "phong-1", "cv", "01/01/2026"], header=header, ctx=context(base=[kept])
    )

    assert verdict.counts == {"new": 0, "changed": 0, "same": 1, "missing": 0}


def test_a_later_main_posting_ends_the_one_that_holds_the_day_before():
    verdict = check_rows(officer(agency="phong-2", start="01/03/2026"), ctx=context(base=[base()]))

    assert codes(verdict) == []
    assert changes(verdict) == [
        ("CC-1", 2, "new", {}), ("CC-1", 0, "changed", {"valid_to": [None, date(2026, 2, 28)]}),
    ]  # fmt: skip
    assert not verdict.missing


def test_missing_are_those_who_hold_a_posting_beyond_today():
    on_record = [
        base("CC-2"),
        base("CC-3", valid_to=TODAY),
        base("CC-4", valid_from=date(2026, 6, 1)),
        base("CC-5", valid_to=date(2026, 3, 16)),
    ]

    verdict = check_rows(officer(), ctx=context(base=on_record))

    assert [gone.code for gone in verdict.missing] == ["CC-2", "CC-5"]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([officer(), officer()], [("duplicate_row", 3)]),
        ([officer(), officer(role="Cấp phó")], [("duplicate_posting", 3)]),
        ([officer(), officer(agency="phong-2", name="Người khác")], [("officer_named_twice", 3)]),
        ([officer(), officer(main="Kiêm nhiệm", category="Cán bộ")], [("category_differs", 3)]),
        (
            [officer(end="28/02/2026"), officer(agency="phong-2", start="28/02/2026")],
            [("posting_overlap_row", 2)],
        ),
        ([officer(end="28/02/2026"), officer(agency="phong-2", start="01/03/2026")], []),
        ([officer(), officer(agency="phong-2", main="Kiêm nhiệm")], []),
    ],
)
def test_rows_that_cannot_all_be_true(rows, found):
    errors = codes(check_rows(*rows), "error")

    assert [one for one in errors if one in found] == found
    assert found or not errors


@pytest.mark.parametrize("end", [None, "28/02/2026"])
def test_a_transfer_written_as_the_template_says_is_taken(end):
    """With the old posting's last day, or with that cell left empty, below the row that the template came with."""
    verdict = check_rows(
        officer(end=end), officer(agency="phong-2", start="01/03/2026"), ctx=context(base=[base()])
    )  # fmt: skip

    assert codes(verdict, "error") == []
    assert changes(verdict) == [
        ("CC-1", 2, "changed", {"valid_to": [None, date(2026, 2, 28)]}), ("CC-1", 3, "new", {}),
    ]  # fmt: skip
    assert [(p.code, p.row, p.column) for p in verdict.problems] == ([] if end else [("ended_by_row", 2, "Đến ngày")])


def test_an_overlap_is_named_once_at_the_last_day_that_is_too_late():
    rows = officer(end="10/03/2026"), officer(agency="phong-2", start="01/03/2026"), officer("CC-2")
    [found] = check_rows(*rows).errors

    assert (found.row, found.column, found.params["other_row"]) == (2, "Đến ngày", 3)


def test_two_main_postings_from_one_day_on_are_an_overlap():
    [found] = check_rows(officer(), officer(agency="phong-2")).errors

    assert (found.code, found.row, found.column) == ("posting_overlap_row", 2, "Từ ngày")


def test_a_main_posting_before_one_on_record_overlaps_it():
    verdict = check_rows(officer(agency="phong-2", start="01/12/2025"), ctx=context(base=[base()]))

    assert codes(verdict, "error") == [("posting_overlap", 2)]


@pytest.mark.parametrize(
    ("elsewhere", "on_record", "found"),
    [
        (Elsewhere("Công chức 1", "civil_servant", ((START, None),)), [], ["officer_elsewhere"]),
        (Elsewhere("Người khác", "civil_servant", ((START, date(2025, 1, 1)),)), [], ["officer_elsewhere"]),
        (Elsewhere("Công chức 1", "civil_servant", ((date(2020, 1, 1), date(2025, 12, 31)),)), [], []),
        (
            Elsewhere("Công chức 1", "civil_servant", ((date(2020, 1, 1), date(2026, 1, 1)),)), [],
            ["posting_overlap"],
        ),
        (
            Elsewhere("Tên mới", "civil_servant", ((date(2026, 3, 1), None),)), [base(valid_to=date(2026, 2, 28))],
            ["officer_elsewhere"],
        ),
    ],
)  # fmt: skip
def test_officers_of_other_agencies_are_not_touched(elsewhere, on_record, found):
    row = officer(end="28/02/2026") if on_record else officer()

    verdict = check_rows(row, ctx=context(base=on_record, elsewhere={"CC-1": elsewhere}))

    assert [problem.code for problem in verdict.errors] == found


def test_every_problem_is_told_in_one_pass():
    verdict = check_rows(*(officer(f"CC-{number}", role="?", start="?") for number in range(50)))

    assert len(verdict.errors) == 100
    assert verdict.rows == 50


def test_every_sentence_names_only_places_that_are_filled():
    for sentence in CODES.values():
        assert sentence % _Anything()


class _Anything(dict):
    def __missing__(self, key):
        return "x"
