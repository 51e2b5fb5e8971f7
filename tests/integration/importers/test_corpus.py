"""Every file of the corpus goes the whole way and gets the verdict that the import contract gives it."""

from __future__ import annotations

import json
import os
import re
import socket
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from cms.core.errors import DomainError
from importers import actions
from importers.batches.previews import rows_of
from importers.models import ImportBatch
from tests.corpus.document import DOCUMENT, line, page, written_lines
from tests.corpus.everything import FAMILIES, FILES
from tests.corpus.figures import FIGURES
from tests.corpus.kinds import REJECT, Said, WrongFile
from tests.corpus.names import NAMED
from tests.corpus.results import OFFICER, PERIOD, RESULTS
from tests.corpus.watching import watched
from tests.corpus.xmls import outside_files
from tests.factories.catalogs import make_approved
from tests.factories.officers import START, make_officer, make_position

pytestmark = pytest.mark.django_db

WRITING = bool(os.environ.get("THUOCDO_WRITE_CORPUS"))
MIB = 1024 * 1024
# Uploads write to the rooms of uploads and of the ledger alone.
ROOMS = ("users", "organisations", "catalogs", "frameworks", "catalog_pages")
# Of each family two also come by the other ways in; the screens show these, and what would run there.
SAMPLE = [
    file
    for family in FAMILIES.values()
    if family is not RESULTS and family is not FIGURES
    for file in (family[0], family[len(family) // 4])
]
_LIVELY = {"script", "image-onerror", "template", "sheet-name-markup", "name-quotes", "name-markup", *NAMED}
SHOWN = [file for file in FILES if file in SAMPLE or file.id in _LIVELY]
# A database can change what is kept of a file, not what the check finds: the second run takes those that keep rows.
ON_BOTH = {file.id for file in FILES if file.verdict != REJECT} | {file.id for file in SAMPLE}
ONCE = pytest.mark.one_database("the same file, by another door")
# What would run were it not escaped, and what would end a header or begin one.
LIVE = ("<script>alert('canary')", "<img src=x", "<b onclick")
BROKEN_HEADERS = ('" filename="canary', "\ncanary", "\nSet-Cookie: canary")

_got: dict[str, str] = {}


@pytest.fixture(scope="session", autouse=True)
def _page() -> Iterator[None]:
    """Write the page with what was seen, if that was asked for."""
    yield
    if WRITING:
        DOCUMENT.write_text(page(written_lines() | _got))


@pytest.fixture
def _limits(request: pytest.FixtureRequest, settings: Any) -> None:
    settings.THUOCDO_IMPORT_LIMITS = dict(request.getfixturevalue("file").limits)


def upload(file: WrongFile, people: dict[str, Any], province: Any) -> ImportBatch:
    content = ContentFile(file.make())
    period = PERIOD if file.kind in ("results", "figures") else ""
    return actions.upload(
        by=people["uploader"], agency=province.statistics, file=content, name=file.name, kind=file.kind,
        period=period, wait=True,
    )  # fmt: skip


def _prepare(file: WrongFile, people: dict[str, Any], province: Any) -> None:
    """Make what a list of officers names, or whose results of which item a file may tell."""
    if file.kind == "officers":
        make_position()
    if file.kind == "results":
        make_approved(people, province.statistics, effective_from=START)
    if file.kind in ("results", "figures"):
        make_officer(province.statistics, code=OFFICER, name="Công chức 0700")


def _marked(file: WrongFile) -> Any:
    once = pytest.mark.one_database("nothing of the file is kept")
    return pytest.param(file, id=file.id, marks=[] if file.id in ON_BOTH else [once])


def said_of(batch: ImportBatch) -> list[Said]:
    return [Said(one.code, one.row, one.column, one.sheet) for one in batch.problems.exclude(severity="note")]


def written() -> dict[str, int]:
    return {
        model._meta.label: model._base_manager.count()
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
    }


@pytest.mark.usefixtures("_limits")
@pytest.mark.parametrize("file", [_marked(file) for file in FILES])
def test_the_verdict_is_that_of_the_contract(file: WrongFile, people: Any, province: Any) -> None:
    _prepare(file, people, province)
    before = written()
    with watched() as child:
        batch = upload(file, people, province)

    found = said_of(batch)
    assert (str(batch.verdict), sorted(map(str, found))) == (file.verdict, sorted(map(str, file.said)))
    assert written() == before
    assert (child.seen, child.connections) == ([], [])
    assert child.peak <= 512 * 1024
    assert child.seconds <= 30
    _check_rows(file, batch)
    _check_refusal(file, batch, people)
    _check_page(file, batch, found)


def _check_rows(file: WrongFile, batch: ImportBatch) -> None:
    if file.rows is not None:
        assert batch.row_count == file.rows
    rows = {row.row: row.values for row in rows_of(batch)}
    for number, values in file.kept.items():
        assert {key: _plain(rows[number][key]) for key in values} == dict(values)


def _plain(value: Any) -> Any:
    """A number without the zeros at its end."""
    return value.rstrip("0").rstrip(".") if isinstance(value, str) and re.fullmatch(r"\d+\.\d+", value) else value


def _check_refusal(file: WrongFile, batch: ImportBatch, people: Any) -> None:
    if file.verdict == REJECT:
        assert batch.state == "refused"
        with pytest.raises(DomainError):
            actions.commit(by=people["uploader"], batch=batch)


def _check_page(file: WrongFile, batch: ImportBatch, found: list[Said]) -> None:
    """docs/corpus.md says of the file what has just been seen."""
    _got[file.id] = line(file, batch.verdict, found)
    if not WRITING:
        assert _got[file.id] == written_lines().get(file.id), "Write the page anew: make corpus"


@ONCE
@pytest.mark.parametrize("file", SHOWN, ids=lambda file: file.id)
def test_the_browser_shows_the_verdict_and_runs_nothing(
    file: WrongFile, people: Any, province: Any, client: Client
) -> None:
    if file.kind == "officers":
        make_position()
    batch = upload(file, people, province)
    client.force_login(people["uploader"])

    for name in ("batch", "original", "marked"):
        answer = client.get(reverse(f"importers:{name}", args=[batch.pk]))
        _check_answer(answer, name, batch)
    listed = client.get(reverse("importers:batch_list")).content.decode()
    assert not [live for live in LIVE if live in listed]


def _check_answer(answer: Any, name: str, batch: ImportBatch) -> None:
    expected = {200, 302} if name == "marked" and batch.has_cells else {404} if name == "marked" else {200}
    assert answer.status_code in expected
    assert not [broken for broken in BROKEN_HEADERS if broken in str(answer.headers)]
    if name == "batch":
        shown = answer.content.decode()
        assert not [live for live in LIVE if live in shown]
        assert escape(batch.file_name) in shown
    elif answer.status_code == 200:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.getvalue()


@ONCE
@pytest.mark.parametrize("file", SAMPLE, ids=lambda file: file.id)
def test_the_form_takes_it_as_the_action_does(file: WrongFile, people: Any, province: Any, send: Any) -> None:
    if file.kind == "officers":
        pytest.skip("the form is that of catalogs")
    if not file.name.strip(".") or "\n" in file.name:
        pytest.skip("no browser sends such a name")
    answer = send(people["uploader"], province.statistics, file.make(), file.name)

    assert answer.status_code == 302
    assert ImportBatch.objects.get().verdict == file.verdict


@ONCE
@pytest.mark.parametrize("file", SAMPLE, ids=lambda file: file.id)
def test_the_command_line_gives_the_same_verdict(file: WrongFile, people: Any, province: Any, tmp_path: Path) -> None:
    if file.kind == "officers":
        make_position()
    path = tmp_path / "upload" / file.name
    if "/" in file.name or "\0" in file.name or not file.name.strip(".") or len(file.name.encode()) > 255:
        pytest.skip("no file can be called that")
    path.parent.mkdir()
    path.write_bytes(file.make())
    out, command = StringIO(), "import_officers" if file.kind == "officers" else "import_catalog"

    try:
        call_command(command, str(path), "--agency", "thong-ke", "--json", stdout=out)
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)

    answer = json.loads(out.getvalue())
    assert (code, answer["verdict"]) == (int(file.verdict == REJECT), file.verdict)
    said = [Said(one["code"], one["row"], one["column"], one["sheet"]) for one in answer["errors"] + answer["warnings"]]
    assert Counter(said) == Counter(file.said)
    assert all(one["message"] for one in answer["errors"] + answer["warnings"])


@pytest.mark.parametrize("file", [file for file in FILES if file.id in NAMED], ids=lambda file: file.id)
def test_a_hostile_name_is_kept_without_what_is_hostile(file: WrongFile, people: Any, province: Any) -> None:
    assert upload(file, people, province).file_name == NAMED[file.id]


def test_nobody_who_listens_hears_of_an_upload(people: Any, province: Any, tmp_path: Path) -> None:
    """No picture, link, entity, document type or formula of a file makes anybody call where it points to."""
    canary = tmp_path / "canary.txt"
    canary.write_text("canary-7d1f")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        for content in outside_files(address, f"file://{canary}"):
            batch = actions.upload(
                by=people["uploader"], agency=province.statistics, file=ContentFile(content), name="a.xlsx", wait=True
            )
            assert batch.verdict
            assert "canary-7d1f" not in str(list(batch.problems.values())) + str(list(rows_of(batch)))
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.skipif(WRITING, reason="the page is being written")
def test_the_page_of_the_corpus_has_every_file_once() -> None:
    assert DOCUMENT.read_text() == page(written_lines()), "Write the page anew: make corpus"
