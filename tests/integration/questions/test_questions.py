"""Questions: who asks, answers and reads, the clock, files, what never changes, and who is told."""

import datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.core.errors import DomainError, NotAllowed, WrongState
from cms.core.waiting import lines_for
from cms.notices.models import Message
from cms.organisations.enums import Block
from cms.questions import actions
from cms.questions.clock import due_day
from cms.questions.enums import QuestionState
from cms.questions.errors import InvalidQuestion
from cms.questions.models import PublishedAnswer, Question, QuestionEntry, QuestionFile, QuestionTopic
from cms.users.enums import Role
from tests.factories.people import make_member
from tests.integration.workbench.conftest import client_of  # noqa: F401

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + bytes(range(256))


@pytest.fixture
def topic():
    return QuestionTopic.objects.get(days=3)


def ask(people, province, topic, subject="Đơn vị chuẩn", **given):
    asked = {"by": people["uploader"], "agency": province.statistics, "text": "Một cuộc thanh tra\ntính thế nào?"}
    return actions.ask_question(**(asked | {"topic": topic, "subject": subject} | given))


def recipients(kind):
    return set(Message.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def test_an_agency_asks_and_who_appraises_it_answers_both_are_told(people, province, topic):
    party = make_member(Role.EDITOR, province.root, "ban-to-chuc", scope_block=Block.PARTY)

    question = ask(people, province, topic)

    assert recipients("question.asked") == {"editor", "approver"}
    waiting = {person.username: [line.number for line in lines_for(person)] for person in (people["editor"], party)}
    assert waiting == {"editor": ["1"], "ban-to-chuc": []}
    assert question.due_on == due_day(timezone.localdate(), 3)
    for stranger in (party, people["provincial_approver"], people["uploader"]):
        with pytest.raises(NotAllowed):
            actions.answer_question(by=stranger, question=question, text="Không")
    answered = actions.answer_question(by=people["editor"], question=question, text="Một cuộc là một đơn vị.")
    assert (answered.state, answered.answered_on) == (QuestionState.ANSWERED, timezone.localdate())
    assert recipients("question.answered") == {"uploader", "agency_head"}
    again = actions.follow_up(by=people["agency_head"], question=question, text="Còn kiểm tra?")
    assert (again.state, again.answered_on) == (QuestionState.ASKED, None)
    actions.answer_question(by=people["approver"], question=question, text="Cũng vậy.")
    actions.close_question(by=people["uploader"], question=question)
    with pytest.raises(WrongState):
        actions.follow_up(by=people["uploader"], question=question, text="Nữa")
    assert [entry.kind for entry in question.entries.all()] == ["question", "answer", "question", "answer"]
    acts = AuditEvent.objects.filter(subject_type="questions.question").order_by("sequence")
    assert [each.action.split(".")[1] for each in acts] == ["ask", "answer", "follow_up", "answer", "close"]
    # The ledger holds no word of what was asked.
    assert "thanh tra" not in str([(each.subject_label, each.before, each.after) for each in acts])


def test_what_cannot_be_asked_is_refused_in_a_sentence(people, province, topic):
    with pytest.raises(NotAllowed):
        ask(people, province, topic, agency=province.office)
    for given in ({"subject": " "}, {"text": "\n "}, {"text": "a" * 10_001}, {"subject": "a" * 201}):
        with pytest.raises(InvalidQuestion):
            ask(people, province, topic, **given)
    files = [ContentFile(PDF + bytes([number]), name="a.pdf") for number in range(6)]
    for bad in (files, [ContentFile(b"MZ" + bytes(90), name="a.pdf")], [files[0], ContentFile(b"", name="b.pdf")]):
        with pytest.raises(InvalidQuestion):
            ask(people, province, topic, attachments=bad)
    actions.save_topic(by=people["editor"], topic=topic, name=topic.name, days=3, is_active=False)
    with pytest.raises(InvalidQuestion):
        ask(people, province, topic)
    assert not Question.objects.exists() and not QuestionFile.objects.exists()


def test_who_is_passed_a_question_is_told_alone_and_only_a_colleague_of_that_agency_can_be(people, province, topic):
    question = ask(people, province, topic)
    Message.objects.all().delete()

    with pytest.raises(InvalidQuestion):
        actions.pass_on(by=people["editor"], question=question, to=people["uploader"])
    actions.pass_on(by=people["editor"], question=question, to=people["approver"])
    actions.follow_up(by=people["uploader"], question=question, text="Bổ sung")

    assert recipients("question.passed_on") == recipients("question.asked") == {"approver"}


def test_a_question_is_withdrawn_until_it_has_an_answer(people, province, topic):
    first, second = ask(people, province, topic), ask(people, province, topic)
    with pytest.raises(NotAllowed):
        actions.withdraw_question(by=people["editor"], question=first)
    assert actions.withdraw_question(by=people["uploader"], question=first).days_late == 0
    actions.answer_question(by=people["editor"], question=second, text="Đã rõ")
    actions.follow_up(by=people["uploader"], question=second, text="Còn")
    with pytest.raises(WrongState):
        actions.withdraw_question(by=people["uploader"], question=second)


def test_the_clock_counts_working_days_alone():
    friday = datetime.date(2026, 11, 6)
    assert due_day(friday, 1) == datetime.date(2026, 11, 9)
    # The days off of the lunar new year of 2027 are in the calendar that was shipped.
    assert due_day(datetime.date(2027, 2, 4), 1) == datetime.date(2027, 2, 12)


def test_the_database_refuses_to_change_what_was_asked_and_answered(people, province, topic):
    question = ask(people, province, topic, attachments=[ContentFile(PDF, name="a.pdf")])
    entry = question.entries.get()
    for rows, change in (
        (Question.objects.all(), {"subject": "khác"}),
        (Question.objects.all(), {"agency": province.office}),
        (QuestionEntry.objects.all(), {"text": "khác"}),
        (QuestionFile.objects.all(), {"name": "khác"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
        with pytest.raises((DatabaseError, DomainError)), transaction.atomic():
            rows._raw_delete(rows.db)
    actions.withdraw_question(by=people["uploader"], question=question)
    for change in (
        lambda: Question.objects.update(state="asked"),
        lambda: QuestionEntry.objects.create(question=question, kind="answer", text="x", by=entry.by),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_screens_ask_with_files_list_what_is_late_and_answer(people, province, topic, client_of):  # noqa: F811
    asker, editor = client_of(people["uploader"]), client_of(people["editor"])
    sent = {
        "agency": province.statistics.pk, "topic": topic.pk, "subject": "Đơn vị chuẩn", "text": "Dòng 1\nDòng 2",
        "attachments": [SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.pdf", PDF + b"2")],
    }  # fmt: skip
    assert "Hãy gửi kiến nghị" in asker.get(reverse("questions:list")).content.decode()
    there = asker.post(reverse("questions:ask"), sent)["Location"]
    question = Question.objects.get()
    assert there == reverse("questions:detail", args=[question.pk])
    page = editor.get(there).content.decode()
    assert "Dòng 1<br>Dòng 2" in page and "a.pdf" in page and reverse("questions:answer", args=[question.pk]) in page
    file = QuestionFile.objects.first()
    url = reverse("questions:file", args=[question.pk, file.pk])
    assert b"".join(editor.get(url).streaming_content) == PDF
    assert client_of(people["other_uploader"]).get(url).status_code == 404
    wrong = editor.post(reverse("questions:answer", args=[question.pk]), {"text": ""})
    assert wrong.status_code == 200 and question.state == "asked"

    Question.objects.update(due_on=timezone.localdate() - datetime.timedelta(days=2))
    late = editor.get(reverse("questions:list"), {"is_late": "on", "agency": "thong ke", "topic": topic.pk})
    assert "1 câu hỏi quá hạn" in late.content.decode() and "Đơn vị chuẩn" in late.content.decode()
    editor.post(reverse("questions:answer", args=[question.pk]), {"text": "Trả lời"})
    assert "Đơn vị chuẩn" not in editor.get(reverse("questions:list"), {"is_late": "on"}).content.decode()


def test_the_list_asks_no_more_queries_for_more_questions(people, province, topic, client_of):  # noqa: F811
    editor = client_of(people["editor"])

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            editor.get(reverse("questions:list"))
        return len(asked)

    ask(people, province, topic)
    queries()
    one = queries()
    for number in range(4):
        ask(people, province, topic, subject=f"Câu {number}")
    assert queries() == one


def test_those_who_answer_are_reminded_once_a_day_before_and_after_the_last_day(people, province, topic, capsys):
    today = timezone.localdate()
    for days in (3, 2, 1, -1, -2):
        question = ask(people, province, topic, subject=f"Còn {days} ngày")
        Question.objects.filter(pk=question.pk).update(due_on=today + datetime.timedelta(days=days))
    actions.pass_on(by=people["editor"], question=question, to=people["approver"])

    call_command("remind_of_questions")
    call_command("remind_of_questions")

    assert capsys.readouterr().out.split("\n")[:2] == ["Đã nhắc 3 câu hỏi.", "Đã nhắc 0 câu hỏi."]
    mail = Message.objects.get(kind="question.due", recipient=people["editor"])
    assert [f"Còn {days} ngày" in mail.text for days in (3, 2, 1, -1, -2)] == [True, False, True, True, False]
    assert recipients("question.due") == {"editor", "approver"}


def test_topics_are_kept_on_a_screen_by_who_appraises_the_province(people, client_of):  # noqa: F811
    editor = client_of(people["editor"])
    assert editor.post(reverse("questions:topic_add"), {"name": "Tinh giản", "days": "0"}).status_code == 200
    editor.post(reverse("questions:topic_add"), {"name": "Tinh giản", "days": "7", "is_active": "on"})
    again = editor.post(reverse("questions:topic_add"), {"name": "Tinh giản", "days": "7", "is_active": "on"})
    added = QuestionTopic.objects.get(name="Tinh giản")
    assert again.status_code == 200 and added.days == 7
    with pytest.raises(NotAllowed):
        actions.save_topic(by=people["uploader"], name="Khác", days=1)


def test_topics_count_what_was_asked_answered_in_time_and_late(people, province, topic, client_of):  # noqa: F811
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    waiting, late, in_time, answered_late, withdrawn = (ask(people, province, topic) for _each in range(5))
    Question.objects.filter(pk__in=[late.pk, answered_late.pk]).update(due_on=yesterday)
    for question in (in_time, answered_late):
        actions.answer_question(by=people["editor"], question=question, text="Trả lời")
    actions.withdraw_question(by=people["uploader"], question=withdrawn)

    row = QuestionTopic.objects.with_counts().get(pk=topic.pk)

    assert (row.asked, row.waiting, row.late, row.in_time, row.answered_late) == (4, 2, 1, 1, 1)
    assert "Trả lời quá hạn" in client_of(people["editor"]).get(reverse("questions:topics")).content.decode()


@pytest.fixture
def answered(people, province, topic):
    question = ask(people, province, topic)
    return actions.answer_question(by=people["editor"], question=question, text="Một cuộc là một đơn vị.")


def test_an_answer_is_made_public_in_its_own_words_and_taken_away(people, answered, client_of):  # noqa: F811
    words = {"asked": "Một cuộc thanh tra tính thế nào?", "answer": "Tính là một đơn vị.\n\nKể cả khi kéo dài."}
    client, address = client_of(people["editor"]), reverse("questions:publish", args=[answered.pk])
    assert "Một cuộc là một đơn vị." in client.get(address).content.decode()
    assert client.post(address, words).status_code == 302

    page = Client().get("/giai-dap/")
    html = page.content.decode()
    assert "Một cuộc thanh tra tính thế nào?" in html and "<p>Kể cả khi kéo dài.</p>" in html
    # Neither what was written to the agency, nor whose question it was.
    assert "Một cuộc là một đơn vị." not in html and "Đơn vị chuẩn" not in html and "Thống kê" not in html
    assert "tính thế nào" in Client().get("/giai-dap/?q=THANH TRA tinh").content.decode()
    assert "Không có giải đáp nào" in Client().get("/giai-dap/?q=khong co").content.decode()
    assert "tính thế nào" in Client().get("/tim-kiem/?q=thanh tra tinh").content.decode()
    assert "/giai-dap/" in Client().get("/sitemap-khac.xml").content.decode()

    assert client.post(reverse("questions:hide", args=[answered.pk])).status_code == 302
    assert "tính thế nào" not in Client().get("/giai-dap/").content.decode()
    actions.close_question(by=people["editor"], question=answered)
    actions.publish_answer(by=people["approver"], question=answered, asked="Câu khác?", answer="Trả lời khác")
    assert PublishedAnswer.objects.get().asked == "Câu khác?"
    acts = AuditEvent.objects.filter(action__in=("question.publish", "question.hide")).order_by("sequence")
    assert list(acts.values_list("action", flat=True)) == ["question.publish", "question.hide", "question.publish"]


def test_what_everybody_reads_is_kept_and_made_anew(people, answered, settings, django_capture_on_commit_callbacks):
    settings.THUOCDO_PUBLIC_CACHE_SECONDS = 60
    with django_capture_on_commit_callbacks(execute=True):
        actions.publish_answer(by=people["editor"], question=answered, asked="Câu một?", answer="Trả lời")
    assert [Client().get("/giai-dap/").headers.get("Cache-Status") for _time in range(2)] == [None, "thuocdo; hit"]
    with django_capture_on_commit_callbacks(execute=True):
        actions.hide_answer(by=people["editor"], question=answered)
    assert "Câu một?" not in Client().get("/giai-dap/").content.decode()


@pytest.mark.parametrize(
    ("asked", "answer", "sentence"),
    [(" ", "x", "ghi"), ("x", " ", "ghi"), ("x" * 301, "x", "300"), ("x", "x" * 10_001, "10")],
)
def test_what_cannot_be_published_is_refused(people, answered, asked, answer, sentence):
    with pytest.raises(InvalidQuestion, match=sentence):
        actions.publish_answer(by=people["editor"], question=answered, asked=asked, answer=answer)
    assert not PublishedAnswer.objects.exists()


def test_who_may_publish_and_when(people, province, topic, answered):
    waiting = ask(people, province, topic)
    with pytest.raises(WrongState):
        actions.publish_answer(by=people["editor"], question=waiting, asked="Câu", answer="Lời")
    for person in ("uploader", "provincial_approver"):
        with pytest.raises(NotAllowed):
            actions.publish_answer(by=people[person], question=answered, asked="Câu", answer="Lời")
        with pytest.raises(NotAllowed):
            actions.hide_answer(by=people[person], question=answered)


def test_the_public_list_costs_the_same_however_long(people, province, topic, django_assert_max_num_queries):
    for number in range(60):
        question = ask(people, province, topic, subject=f"Câu {number}")
        actions.answer_question(by=people["editor"], question=question, text="Lời")
        actions.publish_answer(by=people["editor"], question=question, asked=f"Câu {number}?", answer="Lời")
    with django_assert_max_num_queries(12):
        html = Client().get("/giai-dap/").content.decode()
    assert html.count("<h3") == 50 and "sau=" in html
