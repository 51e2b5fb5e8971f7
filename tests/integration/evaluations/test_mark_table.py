"""Marking many people on one screen: all or nobody, an error at its cell, one winner where two save at once."""

import pytest

from cms.evaluations import actions
from cms.evaluations.models import EvaluationAct
from tests.integration.evaluations.conftest import MARKS

pytestmark = pytest.mark.django_db


@pytest.fixture
def month(house):
    house.done("an")
    house.done("binh")
    return house.open()


FULL = {"criteria": MARKS["criteria"] | {"III": "10"}}


def signed_in(client, user):
    client.force_login(user, backend="cms.organisations.backends.MembershipBackend")
    return client


def typed(house, name, marks=None, seen="", words="Đi công tác", **beside):
    """Return the fields of a row as a browser sends them."""
    one = house.of(name)
    fields = {f"criteria.{code}": mark.replace(".", ",") for code, mark in (marks or FULL)["criteria"].items()}
    fields |= {"seen": seen, "words": words} | beside
    return {"person": [str(one.pk)]} | {f"p{one.pk}-{name}": value for name, value in fields.items()}


def together(*rows):
    sent = {key: value for row in rows for key, value in row.items()}
    return sent | {"person": [pk for row in rows for pk in row["person"]]}


def marked(house, name):
    return EvaluationAct.objects.filter(evaluation=house.of(name), act="mark")


def test_a_manager_without_a_role_marks_everybody_or_nobody(client, house, month, django_assert_max_num_queries):
    address = f"/cua-toi/cham-diem/nhieu-nguoi/{month.pk}/"
    signed_in(client, house.account("division"))
    with django_assert_max_num_queries(30):
        page = client.get(address).content.decode()
    assert house.people["an"].name in page and house.people["chief"].name not in page
    assert 'value="5"' not in page

    low = {"criteria": FULL["criteria"] | {"I.1": "4"}}
    answer = client.post(address, together(typed(house, "an"), typed(house, "binh", low)))
    assert answer.status_code == 422
    assert "Thấp hơn mức tối đa 5: ghi lý do." in answer.content.decode()
    assert 'value="4"' in answer.content.decode()
    assert not marked(house, "an").exists()

    gap = {"criteria": FULL["criteria"] | {"I.2": ""}}
    answer = client.post(address, typed(house, "an", gap))
    assert "Chưa có điểm." in answer.content.decode()

    reason = {"comments.I.1": "Họp muộn hai lần"}
    answer = client.post(address, together(typed(house, "an"), typed(house, "binh", low, **reason)))
    assert answer.status_code == 302
    assert marked(house, "binh").get().marks["comments"] == {"I.1": "Họp muộn hai lần"}
    assert house.of("an").results.get().total == 100


def test_who_saves_second_reads_at_the_cell_who_was_first(client, house, month):
    first = signed_in(client, house.account("division"))
    address = f"/cua-toi/cham-diem/nhieu-nguoi/{month.pk}/"
    house.mark("an", {"criteria": FULL["criteria"] | {"I.1": "3", "II.1": "1"}, "comments": {"I.1": "a", "II.1": "b"}})
    standing = marked(house, "an").get()

    late = {"criteria": FULL["criteria"] | {"I.1": "4"}}
    row = typed(house, "an", late, **{"comments.I.1": "c", "comments.II.1": ""})
    answer = first.post(address, row)

    page = answer.content.decode()
    assert answer.status_code == 422 and marked(house, "an").count() == 1
    assert "Ô này vừa được chấm 3" in page and f'value="{standing.pk}"' in page

    again = row | {f"p{house.of('an').pk}-seen": str(standing.pk), f"p{house.of('an').pk}-words": ""}
    assert first.post(address, again).status_code == 302
    assert marked(house, "an").last().marks["criteria"]["I.1"] == "4"

    with pytest.raises(actions.MarksRefused) as refusal:
        marking = actions.Marking(house.of("an"), MARKS, seen=standing.pk)
        actions.mark_many(by=house.account("division"), markings=[marking])
    assert "Người khác vừa chấm" in refusal.value.refused[house.of("an").pk]


def test_decided_meanwhile_is_said_and_the_head_without_anybody_finds_nobody(client, house, month):
    house.mark("an")
    house.decide("an")
    signed_in(client, house.account("division"))
    answer = client.post(f"/cua-toi/cham-diem/nhieu-nguoi/{month.pk}/", typed(house, "an"), follow=True)
    assert "không còn chờ bạn chấm" in answer.content.decode()
    assert signed_in(client, house.account("an")).get(f"/cua-toi/cham-diem/nhieu-nguoi/{month.pk}/").status_code == 404

    page = signed_in(client, house.head).get(f"/admin/periods/{month.pk}/marks/")
    assert "Kỳ này không có ai chờ bạn chấm." in page.content.decode()
