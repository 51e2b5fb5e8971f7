"""Messages as CSV in a folder: taken, moved away, and taken again after a run that was killed, without harm."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cms.assignments.models import OutsideMessage, WorkAssignment
from cms.assignments.outside import folders
from tests.factories.outside import raw_message

pytestmark = pytest.mark.django_db


def write(folder, name, *messages, text=None):
    path = folder / name
    if text is not None:
        path.write_bytes(text)
        return path
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, sorted({key for each in messages for key in each}))
        writer.writeheader()
        writer.writerows(messages)
    return path


def run(folder, system="van-ban"):
    out = StringIO()
    call_command("take_messages", system, folder, stdout=out)
    return out.getvalue()


def test_files_are_taken_by_name_and_moved_to_done(outside, tmp_path):
    write(tmp_path, "b.csv", raw_message("CV-1", 2, state="Đang xử lý"))
    write(tmp_path, "a.csv", raw_message("CV-1"), raw_message("CV-2", person="nv99"))
    said = run(tmp_path)

    assert said.splitlines() == ["a.csv: created 1, waiting 1; wrong lines 0", "b.csv: changed 1; wrong lines 0"]
    assert sorted(path.name for path in (tmp_path / "done").iterdir()) == ["a.csv", "b.csv"]
    assert WorkAssignment.objects.get().state == "in_progress"
    assert OutsideMessage.objects.get().outside_id == "CV-2"
    assert run(tmp_path) == ""


def test_a_run_that_was_killed_before_it_moved_its_file_takes_it_again_without_harm(outside, tmp_path, monkeypatch):
    write(tmp_path, "a.csv", *(raw_message(f"CV-{number}") for number in range(700)))
    with monkeypatch.context() as patched:
        patched.setattr(folders, "_move", lambda *asked: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            run(tmp_path)
    assert (tmp_path / "a.csv").exists()
    assert run(tmp_path) == "a.csv: unchanged 700; wrong lines 0\n"
    assert WorkAssignment.objects.count() == 700


def test_wrong_lines_are_named_beside_the_file_and_the_others_are_taken(outside, tmp_path):
    write(
        tmp_path,
        "a.csv",
        raw_message("CV-1"),
        raw_message("CV-2", due_on="19/06/2026"),
        raw_message("CV-3", version="x"),
    )
    with pytest.raises(CommandError, match="1 files have wrong lines"):
        run(tmp_path)
    named = list(csv.DictReader((tmp_path / "failed" / "a.csv.errors.csv").open(encoding="utf-8-sig")))
    assert [(each["line"], each["field"]) for each in named] == [("3", "due_on"), ("4", "version")]
    assert WorkAssignment.objects.get().outside_id == "CV-1"


@pytest.mark.parametrize("text", [b"\xff\xfe\x00rubbish", b"ten,viec\n1,2\n", b"", b'outside_id\n"open', b"\x00\x00"])
def test_a_file_that_is_no_such_csv_goes_to_failed_and_says_why(outside, tmp_path, text):
    write(tmp_path, "a.csv", text=text)
    with pytest.raises(CommandError):
        run(tmp_path)
    assert (tmp_path / "failed" / "a.csv.errors.csv").exists()
    assert not WorkAssignment.objects.exists()


def test_only_files_of_the_folder_itself_are_read(outside, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("outside_id\nX\n")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link.csv").symlink_to(secret)
    (folder / "unfinished.csv.tmp").write_text("outside_id\n")
    assert run(folder) == ""
    assert (folder / "link.csv").is_symlink()


def test_a_second_run_beside_the_first_is_refused(outside, tmp_path):
    write(tmp_path, "a.csv", raw_message("CV-1"))
    write(tmp_path, "b.csv", raw_message("CV-2"))
    first = folders.take_folder(by=outside.client.user, system=outside.system, folder=tmp_path)
    next(first)
    with pytest.raises(CommandError, match="Another run"):
        run(tmp_path)
    assert next(first).counts == {"created": 1}


def test_an_unknown_system_or_folder_is_named(outside, tmp_path):
    with pytest.raises(CommandError, match="khong-co"):
        run(tmp_path, "khong-co")
    with pytest.raises(CommandError, match="no folder"):
        run(tmp_path / "khong-co")
