"""Who hears of each step by e-mail, in which words, and what becomes of a mail server that fails."""

import logging
import smtplib

import pytest
from django.core import mail

from catalog_pages import actions as pages
from cms.catalogs.enums import VersionState
from cms.notices.actions import send
from tests.factories import catalogs


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Do an act and return the messages that it sent, by the first word of their reader's address."""

    def after(act):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return {reader.split("@")[0]: message for message in mail.outbox for reader in message.to}

    return after


@pytest.fixture
def link(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://thuocdo.example.gov.vn/"
    return lambda version: f"https://thuocdo.example.gov.vn/admin/catalogs/versions/{version.pk}/"


def test_a_submitted_list_is_announced_to_those_who_appraise(people, draft, sent, link):
    messages = sent(lambda: catalogs.submit(draft, people["uploader"]))

    assert set(messages) == {"editor", "approver"}
    assert messages["editor"].subject.startswith("Chờ thẩm định: ")
    assert link(draft) in messages["editor"].body


def test_a_return_says_why_and_where(people, submitted, sent, link):
    pages.page_of(submitted)
    messages = sent(lambda: catalogs.send_back(submitted, people["editor"], "Bổ sung căn cứ"))

    assert set(messages) == {"uploader", "agency_head"}
    assert "Lý do: Bổ sung căn cứ" in messages["uploader"].body
    assert link(submitted) in messages["uploader"].body


def test_an_accepted_list_is_announced_to_its_agency_and_to_the_chairmans_desk(people, submitted, sent, link):
    messages = sent(lambda: catalogs.accept(submitted, people["editor"]))

    assert set(messages) == {"uploader", "agency_head", "provincial_approver"}
    assert "Danh mục đang chờ quyết định của Chủ tịch UBND tỉnh." in messages["uploader"].body
    assert messages["provincial_approver"].subject.startswith("Chờ quyết định: ")
    assert link(submitted) in messages["provincial_approver"].body


def test_a_decision_is_announced_once_and_by_nobody_else(people, province, sent, link):
    version = catalogs.make_appraised(people, province.statistics)
    messages = sent(lambda: catalogs.decide(version, people["provincial_approver"]))

    assert sorted(messages) == ["agency_head", "uploader"]
    assert len(mail.outbox) == 2
    assert link(version) in messages["uploader"].body


def test_nobody_sees_who_else_was_written_to(people, submitted, sent):
    messages = sent(lambda: catalogs.accept(submitted, people["editor"]))

    assert all(len(message.recipients()) == 1 for message in messages.values())


def test_a_mail_server_that_fails_undoes_nothing_and_stands_in_the_log(
    people, submitted, sent, settings, monkeypatch, caplog
):
    def fail(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
    with caplog.at_level(logging.ERROR):
        assert sent(lambda: catalogs.accept(submitted, people["editor"])) == {}

    submitted.refresh_from_db()
    assert submitted.state == VersionState.APPRAISED
    assert "2 of 2 e-mails were not sent" in caplog.text
    assert "@example.com" not in caplog.text.split("Traceback")[0]


def test_a_reader_whom_the_server_refuses_keeps_it_from_nobody_else(people, submitted, sent, monkeypatch, caplog):
    kept = mail.backends.locmem.EmailBackend.send_messages

    def refuse_one(backend, messages):
        if messages[0].to == [people["agency_head"].email]:
            raise smtplib.SMTPRecipientsRefused({})
        return kept(backend, messages)

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse_one)
    with caplog.at_level(logging.ERROR):
        messages = sent(lambda: catalogs.send_back(submitted, people["editor"], "Bổ sung căn cứ"))

    assert set(messages) == {"uploader"}
    assert "1 of 2 e-mails were not sent" in caplog.text


def test_line_breaks_in_a_subject_are_harmless(people, sent):
    values = {"agency": "Chi cục\nBcc: khac@example.com", "state": "…", "deadline": "", "words": ""}
    messages = sent(lambda: send("catalog.reminder", to=[people["uploader"].pk], link="/admin/", **values))

    assert messages["uploader"].subject == "Nhắc trình danh mục: Chi cục Bcc: khac@example.com"
    assert messages["uploader"].recipients() == [people["uploader"].email]
