"""Which framework an officer or organisation falls under on a day, with the reason; who falls under none."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.core.errors import NotAllowed
from cms.frameworks import actions
from cms.frameworks.applicable import Applicable, FrameworksOn, framework_for
from cms.frameworks.models import ContractStaffChoice
from cms.organisations.models import Agency, Officer, Posting
from cms.users.models import User
from tests.factories.agencies import Province
from tests.factories.frameworks import published, version_of
from tests.factories.officers import make_officer as make_posted
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
People = dict[str, User]
DAY = datetime.date(2026, 6, 1)


def scope(**parts: Any) -> dict[str, Any]:
    return {"applies_to": {"categories": [], "roles": [], "position_groups": []} | parts}


def make_officer(agency: Agency, category: str = "civil_servant", **fields: Any) -> Officer:
    officer = make_posted(agency, **fields)
    officer.category = category
    officer.save()
    return officer


def on(day: datetime.date, agency: Agency, **fields: Any) -> Applicable:
    return framework_for(make_officer(agency, valid_from=datetime.date(2026, 1, 1), **fields), day)


def test_the_narrower_is_taken_and_the_reason_stands_beside_it(province: Province) -> None:
    whole = published("nd335")
    communes = published("nghe-an", **scope(kinds=["commune"], categories=["civil_servant"]))

    answer = on(DAY, province.commune)

    assert (answer.version, answer.beaten) == (communes, (whole,))
    assert answer.reasons == ("Loại nhân sự: Công chức", "Loại cơ quan: Xã, phường")
    assert on(DAY, province.office).version == whole


def test_an_agencys_own_takes_the_place_of_its_base_and_while_suspended_does_not(
    people: People, province: Province, time_machine: Any
) -> None:
    base = published("nghe-an")
    own = actions.specialise(
        by=people["editor"], framework=base.framework, agency=province.statistics, code="rieng", name="Khung riêng"
    )
    version = version_of(own)
    below, elsewhere = on(timezone.localdate(), province.division), on(timezone.localdate(), province.office)

    assert (below.version, below.beaten, elsewhere.version) == (version, (base,), base)
    assert "Chi cục Thống kê" in below.reasons[-1]
    moved = version_of(base.framework, name="Khung sau")
    assert moved.confirm_by is not None
    later = on(moved.confirm_by + datetime.timedelta(days=1), province.division)
    assert (later.version, later.suspended) == (moved, (version,))


def test_without_one_it_is_told_what_does_not_fit(province: Province) -> None:
    assert "không có khung nào còn hiệu lực" in on(DAY, province.office).problem
    published("nd335", name="Khung công chức", **scope(categories=["civil_servant"], kinds=["commune"]))

    answer = on(DAY, province.office, category="cadre")

    assert answer.version is None
    assert answer.problem == "“Khung công chức” không phù hợp về: loại nhân sự, loại cơ quan."


def test_two_of_the_same_scope_are_named_and_none_is_taken(province: Province) -> None:
    published("nd335", name="Khung A")
    published("nghe-an", name="Khung B")

    answer = on(DAY, province.office)

    assert (answer.version, "“Khung A”; “Khung B”" in answer.problem) == (None, True)


def test_the_day_counts_and_so_does_the_posting_of_that_day(province: Province) -> None:
    version = published("nd335", effective_from="2026-03-01")
    officer = make_officer(province.office, valid_from=datetime.date(2026, 2, 1))

    assert framework_for(officer, DAY).version == version
    assert framework_for(officer, datetime.date(2026, 2, 20)).version is None
    assert "không có vị trí công tác chính" in framework_for(officer, datetime.date(2026, 1, 20)).problem


def test_organisations_have_theirs(province: Province) -> None:
    published("nd335")
    departments = published("gia-lai-to-chuc", **scope(kinds=["department"]))

    assert framework_for(province.office, DAY).version == departments
    assert framework_for(province.commune, DAY).version is None
    without = FrameworksOn(DAY).organisations_without(Agency.objects.all())
    assert {each.code for each in without} == {"tinh", "phong-tong-hop", "xa-vinh-hoa"}


def test_contract_staff_are_judged_where_their_agency_chose_so(people: People, province: Province) -> None:
    version = published("nd335", **scope(categories=["civil_servant", "contract"]))
    officer = make_officer(province.division, category="contract", valid_from=datetime.date(2026, 1, 1))
    assert "chưa ghi nhận lựa chọn" in framework_for(officer, DAY).problem

    choices = [
        (province.statistics, True, datetime.date(2026, 5, 1)),
        (province.division, False, datetime.date(2026, 7, 1)),
        (province.division, True, datetime.date(2026, 9, 1)),
    ]
    head = people["agency_head"]
    for agency, covered, first in choices:
        actions.choose_contract_staff(by=head, agency=agency, covered=covered, valid_from=first, document="QĐ 12/2026")

    days = [datetime.date(2026, month, 2) for month in (4, 5, 7, 9)]
    assert [framework_for(officer, day).version for day in days] == [None, version, None, version]
    listed = [FrameworksOn(day).without_framework(Posting.objects.all()).exists() for day in days]
    assert listed == [True, False, True, False]
    with pytest.raises(NotAllowed):
        actions.choose_contract_staff(
            by=head, agency=province.office, covered=True, valid_from=DAY, document="QĐ 12/2026"
        )


def test_the_database_refuses_to_change_a_choice(people: People, province: Province) -> None:
    choice = actions.choose_contract_staff(
        by=people["agency_head"], agency=province.statistics, covered=True, valid_from=DAY, document="QĐ 12/2026"
    )

    with pytest.raises(DatabaseError, match="never changes"):
        ContractStaffChoice.objects.filter(pk=choice.pk).update(covered=False)


def test_the_list_and_the_single_answer_agree(province: Province) -> None:
    published("nd335", **scope(categories=["civil_servant"], roles=["staff", "head"]))
    published("nghe-an", **scope(subtrees=["thong-ke"], categories=["cadre"]))
    published("tay-ninh", **scope(agencies=["van-phong"], categories=["public_employee"]))
    first = datetime.date(2026, 1, 1)
    for agency in (province.statistics, province.division, province.office, province.commune):
        for category in ("civil_servant", "cadre", "public_employee", "contract"):
            for role in ("staff", "deputy"):
                make_officer(agency, category=category, role=role, valid_from=first)
    postings = Posting.objects.select_related("officer", "agency", "position__group")

    frameworks = FrameworksOn(DAY)
    answers = frameworks.for_postings(postings)

    single = {posting.pk for posting, answer in zip(postings, answers, strict=True) if answer.version is None}
    assert set(frameworks.without_framework(Posting.objects.all()).values_list("pk", flat=True)) == single
    assert 0 < len(single) < len(answers)


@pytest.mark.parametrize("officers", [2, 12])
def test_a_whole_agency_costs_the_same_queries_whatever_its_number(officers: int, province: Province) -> None:
    published("nd335", **scope(subtrees=["tinh"]))
    for number in range(officers):
        make_officer(province.office, category=("contract", "cadre")[number % 2], valid_from=datetime.date(2026, 1, 1))
    postings = Posting.objects.select_related("officer", "agency", "position__group")

    with CaptureQueriesContext(connection) as queries:
        FrameworksOn(DAY).for_postings(postings.all())

    # Versions that hold, versions suspended, places of subtrees, the postings, the choices on contract staff.
    assert len(queries) == 5


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="cms.organisations.backends.MembershipBackend")
    return client


def test_the_screen_lists_ones_own_people_alone(people: People, province: Province) -> None:
    published("nd335", **scope(kinds=["commune"]))
    own, other = (make_officer(agency) for agency in (province.statistics, province.office))
    make_officer(province.commune)
    address = reverse("frameworks:officers_without")

    head = client_of(people["agency_head"]).get(address).content.decode()
    editor = client_of(people["editor"]).get(address).content.decode()

    assert (own.code in head, other.code in head) == (True, False)
    assert (own.code in editor, other.code in editor) == (True, True)
    narrowed = client_of(people["editor"]).get(address, {"agency": province.office.pk, "day": "01/06/2026"})
    assert own.code not in narrowed.content.decode()


def test_the_head_records_the_choice_on_a_screen(people: People, province: Province) -> None:
    client = client_of(people["agency_head"])
    form = {"agency": province.statistics.pk, "covered": "yes", "valid_from": "01/06/2026", "document": "QĐ 12/2026"}

    client.post(reverse("frameworks:contract_staff_choose"), form)

    assert ContractStaffChoice.objects.get().covered is True
    assert "QĐ 12/2026" in client.get(reverse("frameworks:contract_staff")).content.decode()
    assert client_of(people["editor"]).post(reverse("frameworks:contract_staff_choose"), form).status_code != 200


def test_an_officer_reads_which_framework_is_theirs_and_why(province: Province) -> None:
    version = published("nd335", **scope(categories=["civil_servant"]))
    officer = make_officer(province.office)
    officer.account = make_user("cc-9")
    officer.save()
    client = client_of(officer.account)

    page = client.get(reverse("personal:framework")).content.decode()

    assert (version.name in page, "Loại nhân sự: Công chức" in page) == (True, True)
    assert f"/khung-tieu-chi/nd335/{version.number}/" in page
    assert "Số 12/QĐ-UBND ngày" in page
    assert version.name in client.get(reverse("personal:home")).content.decode()
