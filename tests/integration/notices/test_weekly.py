"""On Mondays each person who works in the admin hears what waits for them, once, and nothing where nothing does."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from catalog_pages.admin.progress import waiting_for
from cms.catalogs.actions import save_round
from cms.notices.actions import remind_of_waiting
from cms.notices.message_kinds import WEEKLY
from cms.notices.models import Message
from tests.factories import catalogs
from tests.factories.agencies import Province

MONDAY = datetime.date(2027, 3, 1)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def at(time_machine):
    """Move to the morning of a day so many days after a Monday."""

    def move(days):
        moment = datetime.datetime.combine(MONDAY + days * DAY, datetime.time(7))
        time_machine.move_to(timezone.make_aware(moment), tick=False)

    return move


@pytest.fixture
def lists(people, province: Province, at):
    """Have one list wait for its appraisal, and another be written, in a round."""
    at(0)
    days = {name: MONDAY + 30 * DAY for name in ("submit_by", "appraise_by", "approve_by")}
    save_round(by=people["editor"], year=2027, name="Đợt 2027", is_current=True, **days)
    catalogs.make_submitted(people, province.statistics)
    catalogs.make_version(people["other_uploader"], province.office)
    Message.objects.all().delete()


def texts():
    return dict(Message.objects.filter(kind=WEEKLY).values_list("recipient__username", "text"))


def test_each_hears_what_waits_for_them_and_who_has_nothing_hears_nothing(people, lists):
    call_command("remind_of_waiting")

    found = texts()
    own, desk = found[people["other_uploader"].username], found[people["approver"].username]
    assert own.startswith("– 1 cơ quan của bạn chưa trình danh mục")
    assert f"– {waiting_for(people['approver']).count()} danh mục chờ thẩm định hoặc quyết định" in desk
    assert "/admin/" in own
    # Their list has been submitted, and nothing was appraised yet.
    assert {people[name].username for name in ("uploader", "provincial_approver", "nobody")}.isdisjoint(found)


def test_once_a_week_and_on_mondays_alone(people, lists, at):
    counts = []
    for days in range(15):
        at(days)
        call_command("remind_of_waiting")
        call_command("remind_of_waiting")
        counts.append(Message.objects.filter(kind=WEEKLY, recipient=people["approver"]).count())

    assert counts == [1] * 7 + [2] * 7 + [3]


def test_a_run_of_another_day_is_asked_for_and_says_it_once_too(people, lists, at):
    at(2)
    call_command("remind_of_waiting", now=True)
    assert sum(remind_of_waiting()) == 0
    assert people["approver"].username in texts()


def test_the_first_screen_says_no_number_of_what_it_lists_itself(people, lists, client_of):
    from cms.core.waiting import lines_for

    user = people["approver"]
    assert [line.label for line in lines_for(user, is_whole=True)] != [line.label for line in lines_for(user)]
    page = client_of(user).get("/admin/").content.decode()
    assert "danh mục chờ thẩm định hoặc quyết định" not in page
