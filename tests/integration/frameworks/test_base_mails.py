"""Who hears by e-mail that a base moved, in which words, and until when it has to be confirmed."""

import datetime

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from cms.frameworks import actions
from cms.frameworks.models import CriteriaFramework
from cms.frameworks.notifications import mail_base_moved
from tests.factories.frameworks import published, version_of

pytestmark = pytest.mark.django_db
JUNE, JULY = datetime.date(2027, 6, 1), datetime.date(2027, 7, 1)


@pytest.fixture(autouse=True)
def _june(time_machine, settings):
    time_machine.move_to(timezone.make_aware(datetime.datetime.combine(JUNE, datetime.time(9))), tick=False)
    settings.WAGTAILADMIN_BASE_URL = "https://thuocdo.example.gov.vn/"


@pytest.fixture
def base():
    return published("nghe-an").framework


@pytest.fixture
def own(people, province, base):
    framework = actions.specialise(
        by=people["agency_head"], framework=base, agency=province.statistics, code="rieng", name="Khung riêng"
    )
    return version_of(framework)


@pytest.fixture
def moved(base, django_capture_on_commit_callbacks):
    """Publish a next version of the base; return the messages by the first word of their reader's address."""

    def publish(day, by=None, **changes):
        mail.outbox.clear()
        CriteriaFramework.objects.filter(pk=base.pk).update(confirm_by=by)
        with django_capture_on_commit_callbacks(execute=True):
            version_of(base, effective_from=day.isoformat(), **changes)
        return {reader.split("@")[0]: message for message in mail.outbox for reader in message.to}

    return publish


def test_the_agency_and_the_department_hear_what_has_to_be_confirmed_until_when(base, own, people, moved):
    with translation.override("en"):
        messages = moved(JULY, datetime.date(2027, 7, 20), name="Khung năm 2027")

    assert set(messages) == {"agency_head", "editor", "approver"}
    reported = messages["agency_head"]
    assert reported.subject == "Khung tiêu chí của tỉnh có phiên bản mới: Khung năm 2027"
    assert "Khung riêng “Khung riêng” của cơ quan chịu ảnh hưởng." in reported.body
    assert "Phiên bản mới có hiệu lực từ ngày 01/07/2027." in reported.body
    assert "Đến hết ngày 20/07/2027" in reported.body
    assert "tạm dừng áp dụng từ ngày 21/07/2027" in reported.body
    assert f"https://thuocdo.example.gov.vn/admin/frameworks/{own.framework_id}/base/" in reported.body
    for reader in ("editor", "approver"):
        body = messages[reader].body
        assert f"– {own.framework.agency}: Khung riêng" in body
        assert "Đến hết ngày 20/07/2027" in body
        assert f"https://thuocdo.example.gov.vn/admin/frameworks/{base.pk}/specialised/" in body


def test_who_is_not_touched_hears_nothing(base, own, people, moved):
    version_of(own.framework, effective_from="2027-06-15", effective_to="2027-06-30")
    assert moved(JULY) == {}


def test_a_base_of_which_nothing_was_made_is_told_to_nobody(base, people, moved):
    assert moved(JULY) == {}


def test_the_same_content_again_is_told_once(base, own, people, moved):
    assert moved(JULY)
    assert moved(JULY) == {}


def test_an_agencys_own_next_version_tells_nobody(base, own, people, django_capture_on_commit_callbacks):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        version_of(own.framework, name="Khung riêng mới")
    assert mail.outbox == []


def test_many_agencies_take_no_more_queries_than_one(base, own, people, province, django_assert_num_queries):
    second = version_of(base, effective_from=JULY.isoformat(), name="Khung năm 2027")
    with CaptureQueriesContext(connection) as one:
        mail_base_moved(second)
    for agency in (province.office, province.division, province.commune):
        specialised = actions.specialise(
            by=people["editor"], framework=base, agency=agency, code=f"rieng-{agency.code}", name="Khung riêng"
        )
        version_of(specialised, effective_from=JUNE.isoformat())
    third = version_of(base, effective_from=JULY.isoformat(), name="Khung khác")
    with django_assert_num_queries(len(one)):
        mail_base_moved(third)
