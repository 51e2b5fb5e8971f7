"""manage.py import_catalog: the verdict of the browser, as an exit code and as JSON."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cms.audit.models import AuditEvent
from cms.catalogs.models import CatalogVersion
from cms.organisations import actions as organisation_actions
from importers.models import ImportBatch
from tests.integration.importers.conftest import GOOD_ROW, workbook

KEYS = ["verdict", "sha256", "sheets", "rows", "changes", "committed", "errors", "warnings"]


def run(*arguments: Any) -> tuple[int, str]:
    """Return the exit code and what was printed."""
    out = StringIO()
    try:
        call_command("import_catalog", *map(str, arguments), stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    except CommandError as wrong:
        return wrong.returncode, out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def bad_file(tmp_path: Path) -> Path:
    path = tmp_path / "sai.xlsx"
    path.write_bytes(workbook(GOOD_ROW, ("TK.102", "Việc", "Báo cáo", "báo cáo", "III", "abc")))
    return path


def test_a_dry_run_keeps_the_preview_and_writes_no_catalog(people, samples: Path) -> None:
    code, printed = run(samples / "thong-ke.v1.xlsx", "--agency", "thong-ke", "--json")

    answer = json.loads(printed)
    assert code == 0
    assert list(answer) == KEYS
    assert answer["changes"] == {"new": 8, "changed": 0, "same": 0, "missing": 0}
    assert (answer["rows"], answer["sheets"], answer["committed"]) == (8, ["DanhMuc"], False)
    assert not CatalogVersion.objects.exists()
    assert ImportBatch.objects.get().sha256 == answer["sha256"]


def test_commit_writes_once(people, samples: Path) -> None:
    first = run(samples / "thong-ke.v1.xlsx", "--agency", "thong-ke", "--commit", "--json")
    again = run(samples / "thong-ke.v1.xlsx", "--agency", "thong-ke", "--commit", "--json")

    assert [code for code, _ in (first, again)] == [0, 0]
    assert json.loads(first[1])["committed"] and json.loads(again[1])["committed"]
    assert json.loads(again[1])["changes"] == {"new": 0, "changed": 0, "same": 8, "missing": 0}
    assert CatalogVersion.objects.get().item_count == 8


def test_a_refused_file_ends_with_1_and_names_each_error(people, bad_file: Path) -> None:
    code, printed = run(bad_file, "--agency", "thong-ke", "--commit", "--json")

    answer = json.loads(printed)
    assert (code, answer["verdict"], answer["committed"]) == (1, "reject", False)
    assert answer["errors"] == [
        {
            "sheet": "DanhMuc", "row": 3, "column": "Hệ số quy đổi", "value": "abc", "code": "not_a_number",
            "message": "“abc” không phải là số. Hãy viết bằng chữ số, dấu phẩy cho phần thập phân, ví dụ 1,5.",
        }
    ]  # fmt: skip
    assert answer["warnings"][0] | {"message": ""} == {
        "sheet": "DanhMuc", "row": 3, "column": "Nhóm phức tạp (1-5)", "value": "III", "code": "read_as", "message": "",
    }  # fmt: skip
    assert not CatalogVersion.objects.exists()


def test_without_json_errors_stand_in_a_table(people, bad_file: Path) -> None:
    code, printed = run(bad_file, "--agency", "thong-ke")

    assert code == 1
    assert "Dòng 3" in printed and "abc" in printed


@pytest.mark.parametrize("arguments", [("--agency", "khong-co"), ("--agency", "thong-ke", "--user", "khong-co")])
def test_a_wrong_call_ends_with_2(people, samples: Path, arguments: tuple[str, ...]) -> None:
    assert run(samples / "thong-ke.v1.xlsx", *arguments)[0] == 2


def test_a_file_that_is_not_there_is_a_wrong_call(people, tmp_path: Path) -> None:
    assert run(tmp_path / "khong-co.xlsx", "--agency", "thong-ke")[0] == 2


def test_a_missing_argument_is_a_wrong_call(db) -> None:
    assert run("a.xlsx")[0] != 0


@pytest.mark.parametrize(("agency", "username"), [("thong-ke", "uploader"), ("xa-vinh-hoa", "editor")])
def test_it_acts_in_the_name_of_who_usually_uploads(people, samples: Path, agency: str, username: str) -> None:
    run(samples / "thong-ke.v1.xlsx", "--agency", agency)

    batch = ImportBatch.objects.get()
    assert (batch.by.username, batch.on_behalf) == (username, username == "editor")
    assert AuditEvent.objects.filter(action="import.upload", after__via="command").exists()


def test_nobody_to_act_for_the_agency_is_a_wrong_call(people, province, samples: Path) -> None:
    for membership in people["editor"].memberships.all():
        organisation_actions.revoke_membership(by=None, membership=membership)

    assert run(samples / "xa.mau-ngan.xlsx", "--agency", "xa-vinh-hoa")[0] == 2


def test_who_may_not_upload_is_refused(people, samples: Path) -> None:
    code, printed = run(samples / "thong-ke.v1.xlsx", "--agency", "thong-ke", "--user", "other_uploader", "--json")

    answer = json.loads(printed)
    assert (code, answer["verdict"], answer["errors"][0]["code"]) == (1, "reject", "not_allowed")
