"""The cap on Excellent: shown, tried, chosen and decided by people, never by the program."""

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from cms.core.errors import NotAllowed, WrongState
from cms.evaluations import actions
from cms.evaluations.cap_board import WhatIf, cap_board
from cms.evaluations.errors import InvalidDossierFile, InvalidEvaluation
from cms.evaluations.models import CapChoice, CapDecision
from cms.organisations.models import OfficerRead
from cms.scoring.definition import write_definition
from tests.factories.frameworks import version_of
from tests.factories.officers import make_position

pytestmark = pytest.mark.django_db


@pytest.fixture
def marked(house):
    """Two of staff with equal points, both Excellent: the cap of two is 0."""
    for name in ("an", "binh", "division", "chief"):
        house.done(name)
    period = house.open()
    for name in ("an", "binh"):
        house.mark(name)
    return period


def group_of(period, what_if=None):
    return next(each for each in cap_board(period, what_if) if each.holding or each.near)


def test_the_board_ranks_and_tries_and_keeps_nothing(house, marked):
    found = group_of(marked)
    assert (found.eligible, found.allowance, found.holding, found.breached) == (2, 0, 2, True)
    assert {each.rank for each in found.ranked} == {1}
    code = house.people["an"].code

    without = group_of(marked, WhatIf(without=frozenset({code})))
    assert without.holding == 1 and [near for near, _total in without.near] == [code]
    assert group_of(marked, WhatIf(exception="QĐ", base="good_or_better")).exception == "QĐ"
    assert group_of(marked) == found and not CapChoice.objects.exists()


def test_a_choice_has_a_person_and_a_reason_and_the_decision_follows_it(house, marked):
    chief, an, binh = house.account("chief"), house.of("an"), house.of("binh")
    with pytest.raises(InvalidEvaluation):
        actions.choose_under_cap(by=chief, keep=[an], leave=[binh], reason=" ")
    with pytest.raises(NotAllowed):
        actions.choose_under_cap(by=house.account("division"), keep=[an], leave=[binh], reason="Sáng kiến")

    actions.choose_under_cap(by=chief, keep=[an], leave=[binh], reason="Công chức thứ nhất có sáng kiến cấp tỉnh")

    assert not an.is_decided and {each.level for each in (house.of("an"), house.of("binh"))} == {""}
    decided = {name: house.decide(name) for name in ("an", "binh")}
    assert {name: one.level for name, one in decided.items()} == {"an": "excellent", "binh": "good"}
    assert "sáng kiến" in decided["binh"].acts.last().words
    with pytest.raises(WrongState):
        actions.choose_under_cap(by=chief, keep=[an], leave=[], reason="Lại")
    choice = CapChoice.objects.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        CapChoice.objects.filter(pk=choice.pk).update(reason="khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        CapChoice.objects.filter(pk=choice.pk)._raw_delete("default")


def test_the_higher_rate_needs_its_decision_and_is_withdrawn_with_a_reason(house, marked, people, client):
    said = {"kind": "exception", "number": "15/QĐ-UBND", "signed_on": timezone.localdate(), "reason": "Dẫn đầu tỉnh"}
    with pytest.raises(NotAllowed):
        actions.record_cap_decision(by=people["other_uploader"], period=marked, **said)
    with pytest.raises(InvalidEvaluation):
        actions.record_cap_decision(by=house.clerk, period=marked, **said | {"number": " "})

    with pytest.raises(InvalidDossierFile):
        actions.record_cap_decision(by=house.clerk, period=marked, **said, file=ContentFile(b"MZ" + bytes(90), "a.exe"))
    signed = ContentFile(b"%PDF-1.7\nquyet-dinh", name="15-QĐ-UBND.pdf")
    decision = actions.record_cap_decision(by=house.clerk, period=marked, **said, file=signed)

    client.force_login(house.clerk, backend="cms.organisations.backends.MembershipBackend")
    address = reverse("evaluations:cap_decision_file", args=[marked.pk, decision.pk])
    assert f'{address}">15-QĐ-UBND.pdf' in client.get(reverse("evaluations:cap", args=[marked.pk])).content.decode()
    assert b"".join(client.get(address).streaming_content).endswith(b"quyet-dinh")
    client.force_login(people["other_uploader"], backend="cms.organisations.backends.MembershipBackend")
    assert client.get(address).status_code == 404
    with pytest.raises(DatabaseError), transaction.atomic():
        CapDecision.objects.update(name="khac.pdf")
    assert "15/QĐ-UBND" in group_of(marked).exception
    with pytest.raises(WrongState):
        actions.record_cap_decision(by=house.clerk, period=marked, **said)
    with pytest.raises(InvalidEvaluation, match="gộp"):
        actions.record_cap_decision(by=house.clerk, period=marked, **said | {"kind": "pool", "groups": ["a", "b"]})
    with pytest.raises(DatabaseError), transaction.atomic():
        CapDecision.objects.update(number="16/QĐ-UBND")
    actions.withdraw_cap_decision(by=house.clerk, decision=decision, reason="Ghi nhầm kỳ")
    assert group_of(marked).exception == ""


def test_small_groups_count_together_by_decision_until_it_is_withdrawn(house):
    classification = write_definition(house.framework.definition)["classification"]
    (cap,) = classification["caps"]
    cap["small_groups"] = {"value": "pooled_by_decision", "citation": "Kế hoạch của tỉnh, mục III"}
    version_of(house.framework.framework, effective_from=house.month.isoformat(), classification=classification)
    inspector = make_position("thanh-tra-vien", "Thanh tra viên", "Thanh tra")
    house.people["binh"].postings.update(position=inspector)
    for name in ("an", "binh"):
        house.done(name)
    period = house.open()
    for name in ("an", "binh"):
        house.mark(name)
    apart = {each.groups: each.eligible for each in cap_board(period) if each.eligible}
    assert len(apart) == 2 and set(apart.values()) == {1}
    groups = [code for (code,) in apart]

    said = {"number": "16/QĐ-UBND", "signed_on": timezone.localdate(), "reason": "Nhóm dưới năm người"}
    decision = actions.record_cap_decision(by=house.clerk, period=period, kind="pool", groups=groups, **said)

    together = group_of(period)
    assert (together.groups, together.eligible, together.holding) == (tuple(sorted(groups)), 2, 2)
    with pytest.raises(InvalidEvaluation, match="gộp|cùng"):
        actions.record_cap_decision(by=house.clerk, period=period, kind="pool", groups=groups, **said)
    actions.withdraw_cap_decision(by=house.clerk, decision=decision, reason="Nhóm đã đủ người")
    assert {each.groups: each.eligible for each in cap_board(period) if each.eligible} == apart


@pytest.mark.one_database("the screens")
def test_the_screens_show_ties_and_take_the_acts_and_reading_is_noted(
    house, marked, client, django_assert_max_num_queries
):
    client.force_login(house.head)
    url = reverse("evaluations:cap", args=[marked.pk])
    with django_assert_max_num_queries(60):
        page = client.get(url, {"exception": "on", "base": "good_or_better"}).content.decode()
    assert "Công chức 0504" in page and "vượt giới hạn" in page and "không lưu" in page
    assert OfficerRead.objects.filter(reader=house.head, officer=house.people["an"], what="result").exists()
    answer = client.post(reverse("evaluations:cap_decision", args=[marked.pk]), {
        "kind": "exception", "number": "15/QĐ-UBND", "signed_on": f"{timezone.localdate():%d/%m/%Y}", "reason": "Tốt",
    })  # fmt: skip
    assert answer.status_code == 302 and CapDecision.objects.count() == 1
    board = [each for each in cap_board(marked) if each.eligible or each.ranked]
    place = board.index(group_of(marked))
    refused = client.post(reverse("evaluations:cap_choice", args=[marked.pk, place]), {"reason": "Sáng kiến"})
    assert not CapChoice.objects.exists() and refused.status_code in (200, 302, 422)
