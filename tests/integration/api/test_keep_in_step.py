"""The programs that the guide hands out: a copy that follows publications, and a check of signatures."""

import datetime
import json
import runpy
import sqlite3
from datetime import UTC

import pytest
from django.conf import settings
from standardwebhooks import Webhook

from cms.catalogs import actions
from cms.catalogs.models import CatalogItem, CatalogVersion
from tests.factories import catalogs

PROGRAMS = settings.BASE_DIR / "docs" / "examples"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def copy(live_server, tmp_path, capsys):
    """Return the program: copy("--agency", "thong-ke") runs it against the platform and gives what it said."""
    program = runpy.run_path(str(PROGRAMS / "keep_in_step.py"))

    def run(*arguments, **replaced):
        program["main"].__globals__.update(replaced)
        program["main"]([live_server.url, "--file", str(tmp_path / "copy.sqlite3"), *arguments])
        return capsys.readouterr().out.splitlines()

    run.file, run.program = tmp_path / "copy.sqlite3", program
    return run


def in_force(copy):
    """Return what the copy says is in force, each item whole."""
    with sqlite3.connect(copy.file) as store:
        rows = store.execute("select whole from in_force order by agency, version, position, identity").fetchall()
    return [json.loads(whole) for (whole,) in rows]


def expected(*agencies):
    """Return the same from the database."""
    versions = CatalogVersion.objects.public().effective_on().filter(catalog__agency__code__in=agencies)
    items = CatalogItem.objects.filter(version__in=versions).select_related("version__catalog__agency")
    rows = [_reported(item) for item in items]
    return sorted(rows, key=lambda row: (row["agency"], row["version"], row["position"], row["identity"]))


def _reported(item):
    number = lambda value: None if value is None else f"{value:.4f}"  # noqa: E731
    texts = ("position", "code", "field", "task", "name", "output", "unit", "unit_quantity", "group", "note", "extra")
    texts += ("time_limit", "positions")
    decimals = ("hours", "difficulty", "process", "coordination", "scope", "score", "coefficient", "last_year_quantity")
    place = {"agency": item.version.catalog.agency.code, "version": item.version.number, "identity": str(item.identity)}
    # Nothing is linked here.
    place["common_item"] = None
    reported = place | {name: getattr(item, name) for name in texts} | {"legal_basis": item.legal}
    return reported | {name: number(getattr(item, name)) for name in decimals}


def same(copy, *agencies):
    """Compare item by item; the address of an item is the platform's alone."""
    held = in_force(copy)
    assert all(row.pop("url").endswith(f"/items/{row['identity']}/") for row in held)
    assert held == expected(*agencies)
    return len(held)


def next_version(people, agency, day, name):
    """Publish a version in which an item is new, one renamed and one removed."""
    catalog = agency.catalog
    version = actions.start_version(by=people["uploader"], catalog=catalog)
    first, *_others, last = version.items.in_order()
    actions.edit_items(by=people["uploader"], version=version, items=[first], changes={"name": name})
    actions.remove_items(by=people["uploader"], version=version, items=[last])
    catalogs.make_items(version, 1, 60 + version.number)
    catalogs.submit(version, people["uploader"])
    catalogs.accept(version, people["editor"])
    return catalogs.decide(version, people["provincial_approver"], day)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_copy_follows_one_publication_after_another(people, province, copy):
    statistics, office = province.statistics, province.office
    catalogs.make_approved(people, statistics, 4, datetime.date(2026, 1, 1))
    one_agency = ("--agency", "thong-ke")

    assert copy(*one_agency) == ["thong-ke: version 1, 4 items", "4 items in force"]
    assert same(copy, "thong-ke") == 4
    # Nothing happened: nothing is fetched.
    assert copy(*one_agency) == ["4 items in force"]

    catalogs.make_approved(people, office, 2, datetime.date(2026, 3, 1))
    next_version(people, statistics, datetime.date(2026, 4, 1), "Báo cáo “lần hai”")
    assert copy(*one_agency) == ["thong-ke: version 2, 4 items", "4 items in force"]
    assert same(copy, "thong-ke") == 4

    # Two at once; of these only the one that holds is fetched.
    next_version(people, statistics, datetime.date(2026, 5, 1), "Báo cáo lần ba")
    next_version(people, statistics, datetime.date(2026, 6, 1), "Báo cáo lần bốn")
    assert copy(*one_agency) == ["thong-ke: version 4, 4 items", "4 items in force"]
    assert same(copy, "thong-ke") == 4

    # Every agency, into the same file: what is there is not fetched again.
    assert copy() == ["van-phong: version 1, 2 items", "6 items in force"]
    assert same(copy, "thong-ke", "van-phong") == 6

    _stopped_in_the_middle(people, statistics, copy)
    _back_to_a_backup(copy)


def _stopped_in_the_middle(people, agency, copy):
    """A run that ends within a version leaves nothing of it, and the next one takes up from there."""
    next_version(people, agency, datetime.date(2026, 7, 1), "Báo cáo lần năm")
    before, lines = in_force(copy), []

    class Broken(json.JSONDecoder):
        def decode(self, text, *rest):
            found = super().decode(text, *rest)
            if "coefficient" in found:
                lines.append(found)
            if len(lines) == 3:
                raise KeyboardInterrupt
            return found

    broken = type("json", (), {"load": json.load, "loads": lambda text: json.loads(text, cls=Broken)})
    with pytest.raises(KeyboardInterrupt):
        copy(json=broken)
    assert in_force(copy) == before
    assert copy(json=json) == ["thong-ke: version 5, 4 items", "6 items in force"]
    assert same(copy, "thong-ke", "van-phong") == 6


def _back_to_a_backup(copy):
    """A place that the platform does not know any more sends the program back to the start."""
    with sqlite3.connect(copy.file) as store:
        store.execute("update place set next = replace(next, 'after=', 'after=x')")
        store.execute("delete from version where agency = 'van-phong'")
        store.execute("delete from item where agency = 'van-phong'")
    assert copy() == ["van-phong: version 1, 2 items", "6 items in force"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_cannot_be_read_is_said_in_one_line(province, copy):
    with pytest.raises(SystemExit, match="404 not_found"):
        copy("--agency", "khong-co")


def test_who_is_too_busy_is_asked_again(copy_free, monkeypatch):
    waited, answers = [], iter([copy_free["busy"](429, "3"), copy_free["busy"](503, ""), b"{}"])

    def opened(request, timeout):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(copy_free["urllib"].request, "urlopen", opened)
    monkeypatch.setattr(copy_free["time"], "sleep", waited.append)

    assert copy_free["ask"]("http://localhost/") == b"{}"
    assert waited == [3, 4]


@pytest.fixture
def copy_free():
    """Return the names of the program, without a platform."""
    names = runpy.run_path(str(PROGRAMS / "keep_in_step.py"))
    error = names["urllib"].error.HTTPError

    def busy(status, seconds):
        return error("http://localhost/", status, "", {"Retry-After": seconds}, None)

    return names | {"busy": busy}


def test_a_signature_is_believed_only_when_it_is_right():
    is_genuine = runpy.run_path(str(PROGRAMS / "check_signature.py"))["is_genuine"]
    now, body = datetime.datetime.now(tz=UTC), '{"type": "catalog.version.published"}'
    sent = {
        "webhook-id": "1", "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": f"v1,c2Fp {Webhook(SECRET).sign('1', now, body)}",
    }  # fmt: skip
    early = now - datetime.timedelta(minutes=6)
    old = {
        "webhook-timestamp": str(int(early.timestamp())),
        "webhook-signature": Webhook(SECRET).sign("1", early, body),
    }

    assert is_genuine(sent, body.encode(), SECRET)
    assert not is_genuine(sent, b"{}", SECRET)
    assert not is_genuine(sent | {"webhook-id": "2"}, body.encode(), SECRET)
    assert not is_genuine(sent | {"webhook-signature": "v1,c2Fp"}, body.encode(), SECRET)
    assert not is_genuine(sent | old, body.encode(), SECRET)
    assert not is_genuine({}, body.encode(), SECRET)
