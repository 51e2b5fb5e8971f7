import datetime

import pytest

from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed
from cms.organisations import actions
from cms.organisations.errors import InvalidAgency
from cms.organisations.models import Agency

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 7, 1)


def test_an_administrator_adds_an_agency_and_the_ledger_knows(people, province):
    agency = actions.add_agency(
        by=people["technical_admin"],
        code="y-te",
        name="Sở Y tế",
        kind="department",
        item_prefix="YT",
        parent=province.root,
    )

    event = AuditEvent.objects.get(action="agency.add", agency_code="y-te")
    assert agency.get_parent() == province.root
    assert (event.actor_id, event.after["parent"]) == (people["technical_admin"].pk, "tinh")


@pytest.mark.parametrize("role", ["uploader", "agency_head", "editor", "approver", "provincial_approver", "nobody"])
def test_nobody_else_writes_the_tree(people, province, role):
    with pytest.raises(NotAllowed):
        actions.edit_agency(by=people[role], agency=province.office, name="Khác")
    with pytest.raises(NotAllowed):
        actions.move_agency(by=people[role], agency=province.office, parent=province.statistics)


def test_a_code_is_used_once_whatever_its_case(people, province):
    with pytest.raises(InvalidAgency):
        actions.add_agency(
            by=None, code="VAN-phong", name="X", kind="department", item_prefix="X", parent=province.root
        )


def test_impossible_fields_are_refused(province):
    with pytest.raises(InvalidAgency):
        actions.add_agency(by=None, code="a b", name="X", kind="department", item_prefix="X", parent=province.root)
    with pytest.raises(InvalidAgency):
        actions.edit_agency(by=None, agency=province.office, kind="planet")
    with pytest.raises(InvalidAgency):
        actions.edit_agency(by=None, agency=province.office, code="other")


def test_an_agency_moves_with_what_is_below_it(province):
    actions.move_agency(by=None, agency=province.statistics, parent=province.office)

    division = Agency.objects.get(pk=province.division.pk)
    assert [above.code for above in division.get_ancestors()] == ["tinh", "van-phong", "thong-ke"]


@pytest.mark.parametrize("target", ["statistics", "division"])
def test_an_agency_never_comes_to_stand_below_itself(province, target):
    with pytest.raises(InvalidAgency):
        actions.move_agency(by=None, agency=province.statistics, parent=getattr(province, target))


def test_an_agency_is_dissolved_after_those_below_it(province):
    with pytest.raises(InvalidAgency):
        actions.edit_agency(by=None, agency=province.statistics, dissolved_on=DAY)

    actions.edit_agency(by=None, agency=province.division, dissolved_on=DAY)
    actions.edit_agency(by=None, agency=province.statistics, dissolved_on=DAY)

    assert province.statistics not in Agency.objects.active()
    with pytest.raises(InvalidAgency):
        actions.move_agency(by=None, agency=province.office, parent=province.statistics)


def test_a_new_identifier_code_ends_the_one_of_the_same_form_the_day_before(province):
    agency = province.office
    actions.add_identifier_code(by=None, agency=agency, value="000.01.00.H49", valid_from=datetime.date(2017, 1, 1))
    actions.add_identifier_code(by=None, agency=agency, value="H49.1", valid_from=datetime.date(2020, 1, 1))

    actions.add_identifier_code(by=None, agency=agency, value="h49.2", valid_from=DAY)

    ends = dict(agency.identifier_codes.values_list("value", "valid_to"))
    assert ends == {"000.01.00.H49": None, "H49.1": datetime.date(2026, 6, 30), "H49.2": None}


def test_identifier_codes_are_checked(province):
    actions.add_identifier_code(by=None, agency=province.office, value="H49.1", valid_from=DAY)

    for agency, value, day in (
        (province.office, "xyz", DAY),
        (province.office, "H49.1", DAY + datetime.timedelta(1)),
        (province.office, "H49.2", DAY),
        (province.commune, "H49.1", DAY),
    ):
        with pytest.raises(InvalidAgency):
            actions.add_identifier_code(by=None, agency=agency, value=value, valid_from=day)
