"""The screens of trials: list, start, progress, result, one person; and what they cost."""

import csv
import io
import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from cms.frameworks.actions import trying
from cms.frameworks.models import InputSet, Trial
from cms.frameworks.trials.cause_words import cause_text
from cms.frameworks.trials.sample import sample_subjects
from cms.scoring import shipped
from cms.scoring.definition import write_definition
from tests.english import english_in, read_texts
from tests.factories.frameworks import draft_of, tried, version_of, written


@pytest.fixture
def draft(people):
    """Return a draft that judges otherwise than the decree: the province has given its indices a weight."""
    sections = write_definition(shipped.load("lao-cai"))["sections"]
    sections[1]["indicators"][1]["weight"] = "10"
    return draft_of("lao-cai", sections=sections)


@pytest.fixture
def signed_in(client, people):
    client.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")
    return client


@pytest.fixture
def trial(draft, people):
    """Return a trial on 47 made-up people, done."""
    subjects = sample_subjects(trying.readable_draft(draft))[::13]
    return on(subjects, draft, people["editor"])


def on(subjects, draft, by, made_up: bool = True) -> Trial:
    """Return a trial on these subjects, done."""
    inputs = trying.add_inputs(by=by, name="Quý III", subjects=subjects, subject="officer", made_up=made_up)
    return trying.run_trial(trying.start_trial(by=by, framework=draft, inputs_=inputs))


def at(name: str, *args) -> str:
    return reverse(f"frameworks:{name}", args=args)


def text_of(answer) -> str:
    return " ".join(read_texts(answer.content.decode()))


def send(client, draft, subjects, **given):
    file = io.BytesIO(json.dumps({"subjects": subjects}, ensure_ascii=False).encode())
    file.name = "ky-truoc.json"
    return client.post(at("trial_start", draft.pk), {"source": "upload", "file": file, "name": "Kỳ trước"} | given)


def test_one_button_makes_a_sample_and_tries_the_draft_on_it(signed_in, draft, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in.post(at("trial_start", draft.pk), {"source": "sample"})

    trial = Trial.objects.get()
    assert answer.url == at("trial", draft.pk, trial.pk)
    shown = text_of(signed_in.get(answer.url))
    assert "Trong 600 người," in shown and "người đổi mức:" in shown
    assert "Kết quả này vẫn đúng với bản nháp hiện tại." in shown


def test_the_list_says_what_is_still_true(signed_in, draft, trial, people):
    assert "vẫn đúng với bản nháp hiện tại" in text_of(signed_in.get(at("trials", draft.pk)))

    written(draft, people["editor"], name="Tên khác")

    shown = text_of(signed_in.get(at("trials", draft.pk)))
    assert "bản nháp đã thay đổi sau đó" in shown
    assert "Bản nháp hiện tại chưa được thử." in shown


def test_a_trial_shows_levels_moves_groups_caps_and_a_drawing_with_its_numbers(signed_in, draft, trial):
    html = signed_in.get(at("trial", draft.pk, trial.pk)).content.decode()
    result = json.loads(trial.result)

    assert '<svg viewBox="0 0 960 300" role="img" aria-labelledby="fw-chart-title fw-chart-desc">' in html
    shown = " ".join(read_texts(html))
    assert f"Trong {result['size']} người" in shown
    for each in result["largest"]:
        assert at("trial_subject", draft.pk, trial.pk, each["place"]) in html
    assert result["caps"]["after"][0]["sentence"] in shown
    assert "Tham mưu, tổng hợp" in shown
    assert english_in(html) == []


def test_a_trial_that_waits_shows_progress_and_looks_again_by_itself(signed_in, draft, trial):
    Trial.objects.filter(pk=trial.pk).update(state="running", done=7)

    html = signed_in.get(at("trial", draft.pk, trial.pk)).content.decode()

    assert '<progress max="47" value="7"' in html
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in html
    assert "Chạy lại" not in html


def test_a_trial_that_broke_off_offers_to_run_it_again(signed_in, draft, trial):
    Trial.objects.filter(pk=trial.pk).update(state="failed")
    assert "Lần thử bị dừng giữa chừng" in text_of(signed_in.get(at("trial", draft.pk, trial.pk)))

    signed_in.post(at("trial_again", draft.pk, trial.pk))

    trial.refresh_from_db()
    assert trial.state == "waiting"


def test_a_person_is_found_by_identifier(signed_in, draft, trial):
    url = at("trial", draft.pk, trial.pk)

    found = signed_in.get(url, {"id": " Công chức 0014 "})
    nobody = signed_in.get(url, {"id": "Người lạ"})

    assert found.url == at("trial_subject", draft.pk, trial.pk, 2)
    assert "không có ai tên hoặc mã là “Người lạ”" in text_of(nobody)


def test_one_person_is_shown_under_both_frameworks_and_as_a_file(signed_in, draft, trial):
    largest = json.loads(trial.result)["largest"][0]
    url = at("trial_subject", draft.pk, trial.pk, largest["place"])

    html = signed_in.get(url).content.decode()
    shown = " ".join(read_texts(html))
    file = json.loads(signed_in.get(f"{url}json/").content)

    assert html.count('<article class="receipt"') == 2
    for side in ("before", "after"):
        assert file[side]["total"] == largest[side]
        assert file[side]["receipt"]["hash"] in html
        assert f"{largest[side].replace('.', ',')} điểm" in shown


def test_there_is_nobody_beyond_the_last_place(signed_in, draft, trial):
    assert signed_in.get(at("trial_subject", draft.pk, trial.pk, 48)).status_code == 404


def test_an_uploaded_set_with_problems_is_told_in_full_and_not_kept(signed_in, draft):
    subjects = [
        {"id": "An", "role": "staff", "common": "31", "work": [{"assigned": "1", "completed": "x"}]},
        {"id": "B"},
    ]

    answer = send(signed_in, draft, subjects)

    shown = text_of(answer)
    assert answer.status_code == 400
    assert "có 4 chỗ cần sửa" in shown
    assert "Đối tượng thứ 1 (An) › Dòng công việc 1 › Hoàn thành" in shown
    assert "Đối tượng thứ 2 (B) › Vai trò" in shown
    assert not InputSet.objects.exists()


def test_an_uploaded_set_is_tried_beside_the_version_that_was_chosen(signed_in, draft):
    version = version_of(draft)
    person = {"id": "An", "role": "staff", "common": "28.5", "indicators": {"a": "90", "b": "90", "c": "90"}}

    send(signed_in, draft, [person], beside=version.pk)

    trial = Trial.objects.get()
    assert (trial.beside, trial.inputs.name, trial.inputs.made_up) == (version, "Kỳ trước", False)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"source": "stored"}, "Hãy chọn bộ dữ liệu."),
        ({"source": "upload"}, "Hãy chọn tệp trước."),
        ({"source": "upload", "file": io.BytesIO(b"{not json")}, "Tệp không phải JSON"),
        ({"source": "upload", "file": io.BytesIO(b'{"subjects": 5}')}, "Cần một danh sách đối tượng."),
    ],
)
def test_what_is_missing_is_said_beside_its_field(signed_in, draft, trial, given, sentence):
    if "file" in given:
        given["file"].name = "a.json"
    answer = signed_in.post(at("trial_start", draft.pk), given)

    assert answer.status_code == 400
    assert sentence in text_of(answer)


def test_a_draft_with_problems_leads_to_what_is_to_be_mended(signed_in, draft, people):
    written(draft, people["editor"], classification={"levels": []})

    for name in ("trial_start", "calculator"):
        shown = text_of(signed_in.get(at(name, draft.pk)))
        assert "Bản nháp chưa tính được" in shown and "Mở trình soạn thảo" in shown


def test_an_agencys_head_is_offered_no_upload_and_sees_no_trial_on_real_people(client, draft, trial, people, province):
    draft.agency = province.statistics
    draft.save()
    client.force_login(people["agency_head"], backend="cms.organisations.backends.MembershipBackend")
    assert 'type="file"' not in client.get(at("trial_start", draft.pk)).content.decode()
    real = on([{"id": "An", "role": "staff", "common": "28"}], draft, people["editor"], made_up=False)

    assert client.get(at("trial", draft.pk, trial.pk)).status_code == 200
    assert client.get(at("trial", draft.pk, real.pk)).status_code == 404
    assert client.get(at("trial_subject", draft.pk, real.pk, 1)).status_code == 404
    listed = client.get(at("trials", draft.pk)).content.decode()
    assert at("trial", draft.pk, trial.pk) in listed and at("trial", draft.pk, real.pk) not in listed


def test_a_trial_of_another_framework_is_not_found_under_this_one(signed_in, draft, trial, people):
    other = draft_of("tay-ninh")
    tried(other, people["editor"])

    assert signed_in.get(at("trial", other.pk, trial.pk)).status_code == 404


def test_a_list_of_many_trials_costs_what_a_list_of_one_does(signed_in, draft, trial):
    url = at("trials", draft.pk)
    signed_in.get(url)
    with CaptureQueriesContext(connection) as one:
        signed_in.get(url)
    Trial.objects.bulk_create(
        Trial(framework=draft, content=trial.content, content_hash=trial.content_hash, inputs=trial.inputs,
              beside_shipped="nd335", state="done", result=trial.result, created_by=trial.created_by)
        for _number in range(30)
    )  # fmt: skip

    with CaptureQueriesContext(connection) as many:
        html = signed_in.get(url).content.decode()

    assert len(many) == len(one)
    assert not any('"frameworks_inputset"."content"' in query["sql"] for query in many)
    assert "Trang 1 trên 2" in html


@pytest.fixture
def of_schools(people):
    """Return a trial on 600 made-up people of whom hundreds change level."""
    school = draft_of("truong-hoc")
    inputs = trying.add_sample_inputs(by=people["editor"], framework=school)
    return trying.run_trial(
        trying.start_trial(by=people["editor"], framework=school, inputs_=inputs, beside="nd335-qd366")
    )


def file_of(client, trial, kind: str) -> bytes:
    answer = client.get(at(f"trial_changes_{kind}", trial.framework_id, trial.pk))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def csv_of(client, trial) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file_of(client, trial, "csv").decode("utf-8-sig"))))


def test_who_changes_is_listed_a_page_at_a_time_with_role_group_totals_and_cause(signed_in, of_schools):
    url = at("trial", of_schools.framework_id, of_schools.pk)

    first, second = signed_in.get(url), signed_in.get(url, {"changed": "2"})

    change = of_schools.changed.select_related(None).order_by("place")[0]
    shown = text_of(first)
    assert f"Những trường hợp đổi mức ({of_schools.changed.count()})" in shown
    assert at("trial_subject", of_schools.framework_id, of_schools.pk, change.place) in first.content.decode()
    assert cause_text(change.cause) in shown
    assert len(first.context["changes"].object_list) == len(second.context["changes"].object_list) == 50
    assert "Theo vai trò" in shown and "Người đứng đầu · Tham mưu, tổng hợp" in shown
    assert "Cùng mã nhưng khác tên" in shown
    assert english_in(first.content.decode()) == []


def test_the_csv_has_everybody_who_changes_with_exact_totals(signed_in, of_schools):
    rows = csv_of(signed_in, of_schools)

    assert rows[0] == [
        "Số thứ tự trong bộ dữ liệu", "Họ tên hoặc mã", "Cơ quan", "Vai trò", "Đối tượng", "Nhóm vị trí",
        "Mức trước", "Tổng điểm trước", "Mức sau", "Tổng điểm sau", "Chênh lệch", "Nguyên nhân",
    ]  # fmt: skip
    changes = list(of_schools.changed.order_by("place"))
    assert [row[0] for row in rows[1:]] == [str(each.place) for each in changes]
    for row, each in zip(rows[1:], changes, strict=True):
        assert [Decimal(text) if text else None for text in (row[7], row[9])] == [each.before_total, each.after_total]
        if row[10]:
            assert Decimal(row[10]) == Decimal(row[9]) - Decimal(row[7])
        assert row[11] == cause_text(each.cause)


def test_the_workbook_has_the_same_rows_and_sums_that_agree_with_the_screen(signed_in, of_schools):
    book = load_workbook(io.BytesIO(file_of(signed_in, of_schools, "xlsx")))

    assert book.sheetnames == ["DoiMuc", "MucSangMuc", "VaiTroNhom", "ThongTin"]
    rows = list(book["DoiMuc"].iter_rows(min_row=2, values_only=True))
    changes = list(of_schools.changed.order_by("place"))
    assert [row[0] for row in rows] == [each.place for each in changes]
    assert [Decimal(str(row[7])) for row in rows if row[7] is not None] == [
        each.before_total for each in changes if each.before_total is not None
    ]
    matrix = list(book["MucSangMuc"].iter_rows(min_row=2, min_col=2, values_only=True))
    assert sum(map(sum, matrix)) == 600
    assert sum(sum(row) for row in matrix) - sum(row[no] for no, row in enumerate(matrix)) == len(changes)
    reported = dict(book["ThongTin"].iter_rows(values_only=True))
    assert reported["Mã băm của khung sau"] == of_schools.content_hash


def test_names_that_a_spreadsheet_would_run_are_harmless_in_both_files(signed_in, of_schools):
    change = of_schools.changed.order_by("place").first()
    of_schools.changed.filter(pk=change.pk).update(subject_id="=1+1", agency="@SUM(A1)")

    assert csv_of(signed_in, of_schools)[1][1:3] == ["'=1+1", "'@SUM(A1)"]
    sheet = load_workbook(io.BytesIO(file_of(signed_in, of_schools, "xlsx")))["DoiMuc"]
    cell = sheet.cell(2, 2)
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_a_trial_that_is_not_done_has_no_file(signed_in, draft, trial):
    Trial.objects.filter(pk=trial.pk).update(state="running")

    assert signed_in.get(at("trial_changes_csv", draft.pk, trial.pk)).status_code == 404


def test_a_trial_from_before_says_that_it_kept_no_list(signed_in, of_schools):
    of_schools.changed.all().delete()
    result = json.loads(of_schools.result)
    for key in ("roles", "cells", "missing", "apart"):
        del result[key]
    Trial.objects.filter(pk=of_schools.pk).update(result=json.dumps(result))

    shown = text_of(signed_in.get(at("trial", of_schools.framework_id, of_schools.pk)))

    assert "Lần thử trước đây chưa lưu danh sách" in shown


def test_what_the_sample_leaves_out_is_said_on_the_trial(signed_in, draft, people):
    staff = [each for each in sample_subjects(trying.readable_draft(draft)) if each["role"] == "staff"][:3]

    shown = text_of(signed_in.get(at("trial", draft.pk, on(staff, draft, people["editor"]).pk)))

    assert "vai trò: Người đứng đầu" in shown and "vai trò: Cấp phó" in shown


def test_a_trial_of_1200_people_costs_the_queries_of_a_small_one(signed_in, of_schools, people):
    subjects = json.loads(of_schools.inputs.content)
    twice = subjects + [each | {"id": f"{each['id']} B"} for each in subjects]
    framework = of_schools.framework
    inputs = trying.add_inputs(by=people["editor"], name="Gấp đôi", subjects=twice, subject="officer", made_up=True)
    waiting = trying.start_trial(by=people["editor"], framework=framework, inputs_=inputs, beside="nd335-qd366")
    with CaptureQueriesContext(connection) as running:
        large = trying.run_trial(waiting)
    assert large.changed.count() == 2 * of_schools.changed.count() > 900
    inserted = [query for query in running if query["sql"].startswith("INSERT")]
    # The state, the progress of each 500, and the result; who changes goes in in as large bulks as the database takes.
    assert len(running) - len(inserted) <= 12
    assert len(inserted) <= 1 + large.changed.count() // 70

    def cost(name: str, trial: Trial) -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = signed_in.get(at(name, framework.pk, trial.pk))
            assert answer.status_code == 200
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert not any('"frameworks_inputset"."content"' in query["sql"] for query in queries)
        return len(queries)

    for name in ("trial", "trial_changes_csv", "trial_changes_xlsx"):
        cost(name, of_schools)
        assert cost(name, large) == cost(name, of_schools)


def test_any_framework_that_the_person_may_see_is_offered_beside_and_no_other_kind(
    signed_in, client, draft, people, province
):
    theirs, organisations = version_of(draft_of("truong-hoc")), version_of(draft_of("nd335-to-chuc"))
    hidden = draft_of("tay-ninh")
    offered = signed_in.get(at("trial_start", draft.pk)).content.decode()
    assert f'value="{theirs.pk}"' in offered and f'value="draft-{hidden.pk}"' in offered
    assert f'value="{organisations.pk}"' not in offered and "nd335-to-chuc" not in offered

    draft.agency = province.statistics
    draft.save()
    client.force_login(people["agency_head"], backend="cms.organisations.backends.MembershipBackend")

    html = client.get(at("trial_start", draft.pk)).content.decode()
    assert f'value="{theirs.pk}"' in html and f'value="draft-{hidden.pk}"' not in html
    refused = client.post(at("trial_start", draft.pk), {"source": "sample", "beside": f"draft-{hidden.pk}"})
    assert refused.status_code == 400 and not Trial.objects.exists()


@pytest.mark.parametrize("beside", ["version", "draft", "shipped"])
def test_a_published_version_is_tried_beside_any_other_framework(signed_in, draft, people, beside):
    own, other = version_of(draft), draft_of("truong-hoc")
    chosen = {"version": lambda: version_of(other).pk, "draft": lambda: f"draft-{other.pk}",
              "shipped": lambda: "shipped-truong-hoc"}[beside]()  # fmt: skip

    answer = signed_in.post(at("trial_start", draft.pk), {"source": "sample", "version": own.pk, "beside": chosen})

    trial = trying.run_trial(Trial.objects.get())
    assert trial.version == own
    shown = text_of(signed_in.get(answer.url))
    assert "Đây là lần thử một phiên bản đã công bố" in shown
    assert shipped.load("truong-hoc").name in shown
    assert text_of(signed_in.get(at("trials", draft.pk))).count(shipped.load("truong-hoc").name) == 1
    assert signed_in.get(at("trial_subject", draft.pk, trial.pk, 1)).status_code == 200


def test_what_was_said_beside_a_mark_is_shown_as_text_and_what_was_not_is_supplied(signed_in, people):
    draft = draft_of("nd335", marks={"asks_when_cut": {"value": "comment", "citation": "Kế hoạch của tỉnh"}})
    cut = {"role": "staff", "common": "20", "indicators": {"a": "90", "b": "90", "c": "90"}}
    said = cut | {"id": "1", "comments": {"common": "<b>Chậm</b> hai việc"}}
    trial = on([said, cut | {"id": "2"}], draft, people["editor"])

    spoken, silent = (signed_in.get(at("trial_subject", draft.pk, trial.pk, place)) for place in (1, 2))

    assert "&lt;b&gt;Chậm&lt;/b&gt; hai việc" in spoken.content.decode()
    assert "Dữ liệu thử: lý do không có trong dữ liệu." in text_of(silent)
    assert "Tổng 83,00 điểm" in text_of(spoken) and "Tổng 83,00 điểm" in text_of(silent)
    assert "private" in spoken["Cache-Control"]
