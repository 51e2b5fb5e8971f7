"""States that are kept between tests: each test gets them as they were made, whatever the tests before it did."""

import pytest
from django.contrib.auth.models import Group

from cms.catalogs.models import CatalogVersion
from cms.organisations.models import Agency
from cms.users.enums import Role
from cms.users.models import User

TWICE = pytest.mark.parametrize("time", [1, 2])


@TWICE
def test_what_a_test_writes_is_gone_for_the_next(people, province, time):
    assert not Agency.objects.filter(name="Khác").exists()
    assert set(User.objects.values_list("username", flat=True)) == set(people)

    Agency.objects.filter(pk=province.office.pk).update(name="Khác")
    people["nobody"].delete()


@TWICE
def test_what_a_test_does_to_an_object_is_gone_for_the_next(people, province, time):
    assert province.office.name == "Văn phòng UBND tỉnh"
    assert "other" not in people

    province.office.name = "Khác"
    people["other"] = people["editor"]


def test_a_state_is_not_there_for_who_does_not_ask_for_it(people):
    assert not CatalogVersion.objects.exists()


def test_a_state_is_there_for_who_asks_for_it(approved):
    assert CatalogVersion.objects.get() == approved


def test_without_a_state_there_are_the_rows_of_the_migrations(db):
    assert not Agency.objects.exists()
    assert not User.objects.exists()


def test_of_two_states_side_by_side_one_is_made_for_the_test(approved, draft):
    assert set(CatalogVersion.objects.values_list("state", flat=True)) == {"approved", "draft"}
    assert draft.base == approved


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@TWICE
def test_a_test_that_commits_makes_its_own_states(people, time):
    assert set(User.objects.values_list("username", flat=True)) == set(people)


def test_after_tests_that_commit_the_rows_of_the_migrations_are_back(db):
    assert {group.name for group in Group.objects.all()} >= {role.group_name for role in Role}
