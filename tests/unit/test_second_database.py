"""Who is left out of the run on PostgreSQL: tests that reach no database, and those that say why once is enough."""

import pytest

from tests.second_database import NO_DATABASE, why_once


def test_without_fixture_and_marker_no_database_is_reached(request, tmp_path):
    assert why_once(request.node) == NO_DATABASE


def test_a_fixture_asks_for_the_database(request, db):
    assert why_once(request.node) == ""


def test_a_fixture_of_a_fixture_asks_for_the_database(request, people):
    assert why_once(request.node) == ""


@pytest.mark.django_db
def test_a_marker_asks_for_the_database(request):
    assert why_once(request.node) == ""


@pytest.mark.one_database("look at this")
def test_a_marker_says_why_once_is_enough(request, db):
    assert why_once(request.node) == "look at this"


@pytest.mark.parametrize("fixture", ["db", "people"])
def test_nobody_gets_to_the_database_unasked(request, fixture):
    with pytest.raises(pytest.fail.Exception, match="Ask for the database"):
        request.getfixturevalue(fixture)
