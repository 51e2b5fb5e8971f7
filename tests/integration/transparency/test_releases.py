"""Figures are counted from what is there, published by a person with the right to it, and never change."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
from unittest import mock

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from catalog_pages.models import TransparencyPage
from catalog_pages.transparency import builders
from catalog_pages.transparency.actions import count_draft, prepare_draft, publish_draft
from catalog_pages.transparency.models import DRAFT_LIFETIME, TransparencyDraft, TransparencyRelease
from cms.audit.models import AuditEvent
from cms.catalogs import actions as catalogs_actions
from cms.catalogs.models import CatalogRound, CatalogVersion
from cms.core.errors import NotAllowed, WrongState
from tests.factories import catalogs
from tests.factories.figures import publish_figures

pytestmark = pytest.mark.django_db
PAGE = "/minh-bach/"
SCREEN = "/admin/transparency/"
BACKEND = "cms.organisations.backends.MembershipBackend"


@pytest.fixture
def round_(province):
    today = timezone.localdate()
    days = (today + datetime.timedelta(days=n) for n in (-3, 10, 20))
    return CatalogRound.objects.create(
        year=2026, name="Đợt 2026", is_current=True,
        **dict(zip(("submit_by", "appraise_by", "approve_by"), days, strict=True)),
    )  # fmt: skip


def figure(code):
    return builders.BUILDERS[code](timezone.localdate())


def rows(code):
    return {row[0]: row[1:] for row in figure(code).rows}


def test_progress_counts_every_agency_once(round_, people, province):
    catalogs.make_submitted(people, province.statistics)
    catalogs.make_version(people["other_uploader"], province.office)

    counted = rows("tien-do")

    # not started, drafting, submitted, appraised, approved, total, past the deadline of the next step
    assert counted["Sở, ban, ngành"] == (1, 1, 1, 0, 0, 3, 2)
    assert counted["Xã, phường"] == (1, 0, 0, 0, 0, 1, 1)
    assert sum(count[-2] for count in counted.values()) == 5


def test_a_further_version_makes_an_agency_that_was_approved_neither_unfinished_nor_late(round_, people, province):
    first = catalogs.make_approved(people, province.statistics)
    before = rows("tien-do"), rows("thoi-han"), rows("bang-thoi-han")

    further = catalogs_actions.start_version(by=people["uploader"], catalog=first.catalog, year=2027)
    assert (rows("tien-do"), rows("thoi-han"), rows("bang-thoi-han")) == before

    catalogs.submit(further, people["uploader"])
    assert first.round == further.round == round_
    assert (rows("tien-do"), rows("thoi-han"), rows("bang-thoi-han")) == before


def test_timeliness_counts_days_from_the_deadline(round_, people, province):
    version = catalogs.make_submitted(people, province.statistics)
    on_time = timezone.make_aware(datetime.datetime.combine(round_.submit_by, datetime.time(23, 59)))
    CatalogVersion.objects.filter(pk=version.pk).update(submitted_at=on_time)
    catalogs.make_submitted(people, province.office)

    assert {label: number for label, (number,) in rows("thoi-han").items()} == {
        "Sớm hơn 7 ngày": 0, "Sớm 1–7 ngày": 0, "Đúng ngày hết hạn": 1, "Trễ 1–7 ngày": 1, "Trễ hơn 7 ngày": 0,
        "Chưa trình": 3,
    }  # fmt: skip
    submission_ranking = figure("bang-thoi-han").rows
    assert [row[:3] for row in submission_ranking[:2]] == [
        ("Chi cục Thống kê", round_.submit_by.isoformat(), 0),
        ("Văn phòng UBND tỉnh", timezone.localdate().isoformat(), 3),
    ]
    assert submission_ranking[-1][1:3] == (None, None)
    assert "Sớm nhất là Chi cục Thống kê, ngày" in figure("bang-thoi-han").summary

    CatalogVersion.objects.update(submitted_at=on_time)
    assert "Sớm nhất là 2 cơ quan, ngày" in figure("bang-thoi-han").summary


def test_sizes_count_published_items_alone(people, province, approved, draft):
    pages_of(people, approved)
    by_group, by_field = rows("quy-mo-nhom"), rows("quy-mo-linh-vuc")

    assert sum(count[0] for count in by_group.values()) == approved.items.count()
    assert sum(count[0] for count in by_field.values()) == approved.items.count()
    assert sum(count[0] for count in rows("he-so").values()) == approved.items.count()


def test_items_without_a_field_are_no_field(people, approved):
    pages_of(people, approved)
    for fields, reported in (
        ({"": 2, "Thống kê": 3}, "thuộc 1 lĩnh vực. 2 mục chưa ghi lĩnh vực. Nhiều mục nhất là “Thống kê”"),
        ({"Thống kê": 3}, "thuộc 1 lĩnh vực. Nhiều mục nhất là “Thống kê”"),
    ):
        with mock.patch("catalog_pages.transparency.builders.catalogs.in_effect") as in_effect:
            in_effect.return_value.order_by.return_value.values_list.return_value = [{"fields": fields}]
            assert reported in figure("quy-mo-linh-vuc").summary


def pages_of(people, version):
    from tests.integration.public.conftest import publish

    if version.published_at is None:
        publish(people, version, timezone.localdate())


def test_only_an_approver_publishes(people, province):
    draft = prepare_draft(by=people["editor"], wait=True)
    for role in ("uploader", "editor", "technical_admin", "nobody"):
        with pytest.raises(NotAllowed):
            publish_draft(by=people[role], seen=draft.content_hash)
    release = publish_draft(by=people["approver"], seen=draft.content_hash, note=" Số liệu quý I ")

    assert (release.number, release.note) == (1, "Số liệu quý I")
    assert release.content_hash == hashlib.sha256(release.content.encode()).hexdigest()
    event = AuditEvent.objects.get(action="transparency.publish")
    assert event.after["sha256"] == release.content_hash


def test_the_same_figures_are_not_published_twice_nor_others_than_were_seen(people, province, round_):
    publish_figures(people["approver"])
    same = prepare_draft(by=people["approver"], wait=True)
    with pytest.raises(WrongState, match="1"):
        publish_draft(by=people["approver"], seen=same.content_hash)

    catalogs.make_version(people["uploader"], province.statistics)
    draft = prepare_draft(by=people["editor"], wait=True)
    for unseen in ("", "0" * 64, same.content_hash):
        with pytest.raises(WrongState):
            publish_draft(by=people["approver"], seen=unseen)
    assert publish_draft(by=people["provincial_approver"], seen=draft.content_hash).number == 2


def test_what_was_seen_is_published_to_the_letter_whatever_happens_meanwhile(people, province, round_):
    draft = prepare_draft(by=people["editor"], wait=True)
    catalogs.make_version(people["uploader"], province.statistics)

    release = publish_draft(by=people["approver"], seen=draft.content_hash)

    assert (release.content, release.content_hash) == (draft.content, draft.content_hash)
    assert not TransparencyDraft.objects.exists()


def test_a_stale_draft_is_prepared_anew(people, province, round_):
    draft = prepare_draft(by=people["editor"], wait=True)
    TransparencyDraft.objects.update(asked_at=timezone.now() - DRAFT_LIFETIME)
    with pytest.raises(WrongState):
        publish_draft(by=people["approver"], seen=draft.content_hash)
    again = prepare_draft(by=people["editor"], wait=True)
    assert again.pk != draft.pk
    TransparencyDraft.objects.update(after=7)
    with pytest.raises(WrongState):
        publish_draft(by=people["approver"], seen=again.content_hash)
    assert not TransparencyRelease.objects.exists()


def test_counting_is_not_begun_twice_and_tells_when_it_breaks(people, province, monkeypatch):
    first = prepare_draft(by=people["editor"])
    assert prepare_draft(by=people["approver"]).pk == first.pk

    monkeypatch.setitem(builders.BUILDERS, "he-so", lambda day: 1 // 0)
    broken = count_draft(first)
    assert (broken.state, broken.done, broken.is_broken) == ("failed", 5, True)
    with pytest.raises(WrongState):
        publish_draft(by=people["approver"], seen=broken.content_hash)
    monkeypatch.undo()
    assert prepare_draft(by=people["editor"], wait=True).state == "ready"
    assert AuditEvent.objects.filter(action="transparency.prepare").count() == 2


def test_only_those_who_appraise_or_publish_have_figures_prepared(people, province):
    for role in ("uploader", "agency_head", "technical_admin", "nobody"):
        with pytest.raises(NotAllowed):
            prepare_draft(by=people[role])


@pytest.mark.parametrize("sql", ["UPDATE {} SET note = 'x'", "UPDATE {} SET content = '{{}}'", "DELETE FROM {}"])
def test_the_database_keeps_what_was_published(people, province, sql):
    publish_figures(people["approver"])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(TransparencyRelease._meta.db_table))
    assert TransparencyRelease.objects.get().note == ""


def test_the_latest_release_is_shown_and_earlier_ones_are_listed(client, people, province, round_):
    assert "Chưa công bố số liệu." in client.get(PAGE).content.decode()
    publish_figures(people["approver"])
    catalogs.make_submitted(people, province.statistics)
    publish_figures(people["approver"], note="Bổ sung")

    assert "bản công bố số 2" in client.get(PAGE).content.decode()
    assert "bản công bố số 1" in client.get(f"{PAGE}ban/1/").content.decode()
    listed = client.get(f"{PAGE}ban/").content.decode()
    assert listed.index("Bản công bố số 2") < listed.index("Bản công bố số 1")
    assert client.get(f"{PAGE}so-lieu/tien-do/").headers["Location"].endswith("/ban/2/tien-do/")


def test_table_chart_and_files_of_a_figure_agree(client, people, province, round_):
    catalogs.make_submitted(people, province.statistics)
    release = publish_figures(people["approver"])
    figure = release.figures["tien-do"]
    address = f"{PAGE}ban/1/tien-do/"

    text = b"".join(client.get(f"{address}csv/").streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0] == [column.label for column in figure.columns]
    assert [tuple(line) for line in lines[1:]] == [tuple(map(str, row)) for row in figure.rows]

    reported = json.loads(client.get(f"{address}json/").content)
    assert [tuple(row.values()) for row in reported["rows"]] == list(figure.rows)
    assert reported["sha256"] == release.content_hash

    svg = client.get(f"{address}svg/")
    assert svg.headers["Content-Type"] == "image/svg+xml"
    assert "Sở, ban, ngành" in svg.content.decode()
    assert "<script" not in svg.content.decode()
    html = client.get(address).content.decode()
    assert all(label in html for label in ("<title id=", "<desc id=", "Đã phê duyệt", "<table"))
    book = load_workbook(io.BytesIO(b"".join(client.get(f"{address}xlsx/").streaming_content)))
    reported = {row[0]: row[1] for row in book["Nguon"].iter_rows(min_row=2, values_only=True)}
    assert book.sheetnames == ["SoLieu", "Nguon"]
    assert reported["Địa chỉ"] == f"http://testserver{address}" and reported["Bản công bố số"] == "1"
    for missing in (f"{address}exe/", f"{PAGE}ban/1/khong-co/", f"{PAGE}ban/9/", f"{PAGE}ban/1/ket-qua/svg/"):
        assert client.get(missing).status_code == 404


def test_nothing_of_a_draft_is_published(people, province, round_):
    version = catalogs.make_version(people["uploader"], province.statistics)
    catalogs_actions.edit_items(
        by=people["uploader"], version=version, items=list(version.items.all()),
        changes={"name": "Hoàngyến", "field": "Hoàngyến"},
    )  # fmt: skip
    release = publish_figures(people["approver"])

    assert "Hoàngyến" not in release.content
    assert not any(person.full_name and person.full_name in release.content for person in people.values())


def test_a_page_costs_the_same_however_much_there_is(client, people, province, round_, approved, make_items):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        return len(queries)

    publish_figures(people["approver"])
    asked()
    few = asked()
    make_items(catalogs.make_version(people["other_uploader"], province.office, items=0), 300)
    publish_figures(people["approver"])
    assert asked() == few


def test_an_editor_arranges_the_page(client, people, province, round_):
    publish_figures(people["approver"])
    page = TransparencyPage.objects.get()
    page.body = [
        ("text", "<h2>Vì sao công khai</h2>"),
        (
            "milestones",
            {"heading": "Các mốc", "days": [{"day": datetime.date(2026, 12, 15), "text": "Trình danh mục"}]},
        ),
        ("figure", {"figure": "he-so", "heading": "Mục nặng, mục nhẹ", "comment": "", "table_open": True}),
    ]
    page.save_revision().publish()

    html = client.get(PAGE).content.decode()
    assert html.index("Vì sao công khai") < html.index("15/12/2026") < html.index("Mục nặng, mục nhẹ")
    assert "Tiến độ xây dựng danh mục, đợt" not in html


def test_figures_are_prepared_looked_at_and_published_on_the_screen(client, people, province, round_):
    publish_figures(people["approver"])
    catalogs.make_submitted(people, province.statistics)
    client.force_login(people["editor"], backend=BACKEND)
    assert "Công bố số liệu này" not in client.get(SCREEN).content.decode()
    draft = prepare_draft(by=people["editor"])
    assert "Đang tính số liệu: 0 trên 9" in client.get(SCREEN).content.decode()
    count_draft(draft)
    html = client.get(SCREEN).content.decode()
    assert "Công bố số liệu này" not in html
    assert "Đã trình</span> <del>0</del> <ins>1</ins>" in html
    assert TransparencyDraft.objects.get().content_hash in html

    client.force_login(people["provincial_approver"], backend=BACKEND)
    seen = client.get(SCREEN).context["form"].initial["seen"]
    client.post(f"{SCREEN}publish/", {"note": "", "seen": seen})
    assert TransparencyRelease.objects.first().published_by == people["provincial_approver"]
    prepare_draft(by=people["approver"], wait=True)
    assert "không có gì để công bố" in client.get(SCREEN).content.decode()


def test_nothing_is_counted_while_the_screen_is_looked_at(client, people, province, round_, monkeypatch):
    prepare_draft(by=people["editor"], wait=True)
    for code in builders.BUILDERS:
        monkeypatch.setitem(builders.BUILDERS, code, lambda day: 1 // 0)
    client.force_login(people["approver"], backend=BACKEND)
    assert client.get(SCREEN).status_code == 200


def test_changes_of_more_catalogs_are_read_in_the_same_queries(people, province):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            shown = figure("thay-doi").rows
        return len(queries), len(shown)

    catalogs.make_approved(people, province.statistics, effective_from=timezone.localdate())
    one, shown = asked()
    assert shown == 1
    catalogs.make_approved(people, province.office, effective_from=timezone.localdate())
    assert asked() == (one, 2)


def test_the_headline_names_the_longest_bar(round_, people, province):
    catalogs.make_approved(people, province.statistics)
    assert figure("quy-mo-linh-vuc").headline.startswith("Lĩnh vực nhiều mục nhất là")
    assert figure("thoi-han").headline == "4 trên 5 cơ quan chưa trình danh mục"

    writer = people["other_uploader"]
    version = catalogs.make_version(writer, province.office, items=0)
    catalogs.make_items(version, 9, field="")
    catalogs.decide(catalogs.accept(catalogs.submit(version, writer), people["editor"]), people["provincial_approver"])

    counted = figure("quy-mo-linh-vuc")
    assert counted.rows[0] == ("Chưa ghi lĩnh vực", 9)
    assert counted.headline == "75 % số mục chưa ghi lĩnh vực"
