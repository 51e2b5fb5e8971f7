"""The first steps of each role: on the first screen, ticked by what the ledger holds of the person."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.audit import acts
from cms.audit.actions import record
from cms.help.first_steps import PAGE_PUBLISHED, SHOWN_FOR, STEPS, lines_for
from cms.users.enums import ADMIN_ROLES

HOME = reverse("wagtailadmin_home")


def _done(user):
    return [line.is_done for line in lines_for(user)]


def test_each_role_has_steps_that_are_acts_and_lead_to_screens():
    assert STEPS.keys() == ADMIN_ROLES
    for step in (step for steps in STEPS.values() for step in steps):
        assert reverse(step.view)
        assert all(act == PAGE_PUBLISHED or acts.require(act) for act in step.acts)


@pytest.mark.django_db
def test_a_step_is_ticked_by_what_its_person_did_and_by_nobody_elses(people, approved):
    editor, approver = people["editor"], people["approver"]
    accepted = [False, True, False, False]
    assert _done(editor) == accepted

    record(by=editor, action="catalog_version.note", subject=approved)
    assert _done(editor) == [True, True, False, False]
    assert not any(_done(approver))


@pytest.mark.django_db
def test_the_list_is_shown_until_all_is_done(client, people, approved):
    editor = people["editor"]
    client.force_login(editor)
    assert "Những bước đầu tiên" in client.get(HOME).content.decode()

    for step in STEPS["editor"]:
        record(by=editor, action=step.acts[0], subject=approved)
    assert "Những bước đầu tiên" not in client.get(HOME).content.decode()


@pytest.mark.django_db
def test_somebody_who_has_been_here_for_long_is_shown_nothing(client, people):
    editor = people["editor"]
    editor.date_joined = timezone.now() - SHOWN_FOR - datetime.timedelta(days=1)
    editor.save()
    client.force_login(editor)

    assert "Những bước đầu tiên" not in client.get(HOME).content.decode()


@pytest.mark.django_db
def test_each_step_that_is_left_can_be_opened_by_whoever_reads_it(client, people):
    for name in ("uploader", "editor", "approver", "provincial_approver"):
        client.force_login(people[name])
        for line in lines_for(people[name]):
            assert client.get(line.url).status_code in (200, 302), (name, line.url)
            assert line.guide.startswith("/tro-giup/")


@pytest.mark.django_db
def test_the_steps_cost_two_queries(people, django_assert_max_num_queries):
    people["editor"].get_all_permissions()
    lines_for(people["editor"])
    with django_assert_max_num_queries(2):
        lines_for(people["editor"])
