"""What is said outside the screens of a role: letters, scripts, locked doors and things that go wrong."""

from pathlib import Path

import polib
import pytest
import wagtail.admin
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client

from scripts import compile_messages
from tests.english import english_in, is_english
from tests.factories import catalogs


def test_the_scripts_of_the_admin_have_their_vietnamese():
    scripts = Path(wagtail.admin.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "djangojs.po"
    ours = compile_messages.merge(compile_messages.parts("djangojs"))
    known = {(entry.msgctxt, entry.msgid) for entry in ours}

    assert [entry.msgid for entry in polib.pofile(str(scripts)) if (entry.msgctxt, entry.msgid) not in known] == []


def test_every_letter_that_the_platform_sends_is_in_vietnamese(people, province, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        version = catalogs.make_returned(people, province.statistics)
        catalogs.submit(version, people["uploader"])
        catalogs.accept(version, people["editor"])
        catalogs.decide(version, people["provincial_approver"])

    letters = [letter.subject for letter in mail.outbox] + [line for m in mail.outbox for line in m.body.splitlines()]
    assert len(mail.outbox) >= 4
    assert [text for text in letters if is_english(text)] == []


@pytest.mark.parametrize(
    "template", ["403.html", "404.html", "413.html", "429.html", "500.html", "503.html", "busy.html"]
)
def test_what_says_that_something_went_wrong_is_in_vietnamese(template):
    assert english_in(render_to_string(template)) == []


def test_a_form_sent_without_its_token_is_refused_in_vietnamese(db):
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {})

    assert answer.status_code == 403
    assert english_in(answer.content.decode()) == []


def test_who_is_locked_out_reads_why_in_vietnamese(people, settings):
    settings.AXES_ENABLED = True
    client, guess = Client(), {"login": "editor", "password": "khong-phai-mat-khau"}

    answers = [client.post("/accounts/login/", guess) for _try in range(settings.AXES_FAILURE_LIMIT + 1)]

    assert answers[-1].status_code == 429
    assert [text for answer in answers for text in english_in(answer.content.decode())] == []
