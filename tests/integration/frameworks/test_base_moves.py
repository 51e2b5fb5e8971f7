"""When the province's framework moves, agencies' own follow it, are confirmed beside it, or are suspended, by a day."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.audit.models import AuditEvent
from cms.core.errors import DomainError, NotAllowed, WrongState
from cms.frameworks import actions, conversion
from cms.frameworks.bases import base_version_on, unmet
from cms.frameworks.chosen import find
from cms.frameworks.effect import holding, notices_before_publishing
from cms.frameworks.errors import NotConfirmable
from cms.frameworks.models import BaseConfirmation, CriteriaFramework, FrameworkVersion
from cms.users.models import User
from tests.factories.agencies import Province
from tests.factories.frameworks import issued, published, tried, version_of, written

pytestmark = pytest.mark.django_db
People = dict[str, User]
JUNE, JULY, AUGUST, SEPTEMBER = (datetime.date(2027, month, 1) for month in (6, 7, 8, 9))
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _june(time_machine: Any) -> None:
    go(time_machine, JUNE)


def go(time_machine: Any, day: datetime.date) -> None:
    time_machine.move_to(timezone.make_aware(datetime.datetime.combine(day, datetime.time(9))), tick=False)


@pytest.fixture
def base() -> CriteriaFramework:
    return published("nghe-an").framework


@pytest.fixture
def own(people: People, province: Province, base: CriteriaFramework) -> FrameworkVersion:
    """The first version of the agency's framework, from June on."""
    framework = actions.specialise(
        by=people["agency_head"], framework=base, agency=province.statistics, code="rieng", name="Khung riêng"
    )
    return version_of(framework)


def strict(base: CriteriaFramework) -> dict[str, Any]:
    """Return a classification that asks for 95 where the first version asks for 90."""
    classification = conversion.definition_data(base)["classification"]
    classification["levels"][0]["from"] = "95"
    return {"classification": classification}


def moved(
    base: CriteriaFramework, day: datetime.date, by: datetime.date | None = None, **changes: Any
) -> FrameworkVersion:
    """Publish a next version of the base from the day on, beside which agencies' are confirmed by another."""
    CriteriaFramework.objects.filter(pk=base.pk).update(confirm_by=by)
    return version_of(base, effective_from=day.isoformat(), **{"name": f"Từ {day}"} | changes)


def held(version: FrameworkVersion, day: datetime.date) -> bool:
    return FrameworkVersion.objects.filter(pk=version.pk).effective_on(day).exists()


def test_a_version_keeps_for_ever_within_which_version_of_its_base_it_was_written(own: FrameworkVersion) -> None:
    assert own.base_version is not None
    assert (own.base_version.framework.code, own.base_version.number) == ("nghe-an", 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        FrameworkVersion.objects.filter(pk=own.pk).update(base_version=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        FrameworkVersion.objects.filter(pk=own.pk).update(confirm_by=JULY)


def test_what_neither_follows_nor_is_confirmed_is_suspended_after_its_day(
    base: CriteriaFramework, own: FrameworkVersion
) -> None:
    second = moved(base, JULY, AUGUST - DAY, **strict(base))

    assert [held(own, day) for day in (JUNE, JULY, AUGUST - DAY, AUGUST, SEPTEMBER)] == [True] * 3 + [False] * 2
    found = holding(own.framework, AUGUST)
    assert (found.version, found.suspended, found.because) == (second, own, second)
    assert "31/07/2027" in found.reason
    assert holding(own.framework, JULY) == type(found)(own)


def test_a_day_before_the_base_begins_suspends_from_its_beginning_on(
    base: CriteriaFramework, own: FrameworkVersion
) -> None:
    moved(base, AUGUST, JULY)

    assert [held(own, day) for day in (JULY + DAY, AUGUST - DAY, AUGUST)] == [True, True, False]


def test_without_a_day_there_is_one_all_the_same(base: CriteriaFramework, settings: Any) -> None:
    settings.THUOCDO_FRAMEWORK_CONFIRM_DAYS = 10

    assert moved(base, JUNE).confirm_by == JUNE + 10 * DAY
    assert moved(base, AUGUST).confirm_by == AUGUST - DAY
    assert moved(base, AUGUST, JUNE - DAY, name="Ngày đã qua").confirm_by == AUGUST - DAY


def test_a_confirmed_version_goes_on_until_the_base_moves_again(
    base: CriteriaFramework, own: FrameworkVersion, people: People
) -> None:
    second = moved(base, JULY, JULY + 9 * DAY)
    actions.confirm_beside_base(by=people["approver"], version=own, base_version=second)

    assert held(own, SEPTEMBER)
    assert not FrameworkVersion.objects.behind_base().exists()
    third = moved(base, AUGUST, AUGUST)
    assert [each.base_version for each in unmet(own.framework)] == [third]
    assert [held(own, day) for day in (AUGUST, AUGUST + DAY)] == [True, False]
    event = AuditEvent.objects.get(action="framework.confirm_beside_base")
    assert event.after == {"version": 1, "base_version": 2, "base_hash": second.content_hash}


def test_a_late_confirmation_holds_from_its_day_on_and_changes_nothing_before(
    base: CriteriaFramework, own: FrameworkVersion, people: People, time_machine: Any
) -> None:
    second = moved(base, JULY, JULY)
    go(time_machine, AUGUST)
    actions.confirm_beside_base(by=people["approver"], version=own, base_version=second)

    assert [held(own, day) for day in (JULY, JULY + DAY, AUGUST - DAY, AUGUST)] == [True, False, False, True]
    before = timezone.now() - DAY
    assert not FrameworkVersion.objects.filter(pk=own.pk).effective_on(AUGUST, published_before=before).exists()


def test_what_goes_beyond_the_new_limits_cannot_be_confirmed_and_says_where(
    base: CriteriaFramework, own: FrameworkVersion, people: People
) -> None:
    second = moved(base, JULY, JULY, **strict(base))

    with pytest.raises(NotConfirmable) as refused:
        actions.confirm_beside_base(by=people["approver"], version=own, base_version=second)

    assert [each.path for each in refused.value.problems] == ["classification"]
    assert not BaseConfirmation.objects.exists()


def test_only_another_approver_confirms_and_only_what_is_due(
    base: CriteriaFramework, own: FrameworkVersion, people: People
) -> None:
    first = base_version_on(base, JUNE)
    assert first
    with pytest.raises(WrongState):
        actions.confirm_beside_base(by=people["approver"], version=own, base_version=first)
    second = moved(base, JULY, JULY)
    written_too = CriteriaFramework.objects.get(pk=own.framework_id)
    revision = written_too.save_revision(user=people["approver"])
    revision.created_at = own.published_at - datetime.timedelta(minutes=1)
    revision.save()

    for person in ("editor", "agency_head", "approver"):
        with pytest.raises(NotAllowed):
            actions.confirm_beside_base(by=people[person], version=own, base_version=second)


def test_a_confirmation_is_for_ever(base: CriteriaFramework, own: FrameworkVersion, people: People) -> None:
    second = moved(base, JULY, JULY)
    actions.confirm_beside_base(by=people["approver"], version=own, base_version=second)

    with pytest.raises(WrongState):
        actions.confirm_beside_base(by=people["approver"], version=own, base_version=second)
    for change in (lambda rows: rows.update(confirmed_on=JULY), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(BaseConfirmation.objects.all())


def test_the_next_draft_follows_the_base_and_keeps_what_is_the_agencys(
    base: CriteriaFramework, own: FrameworkVersion, people: People, time_machine: Any
) -> None:
    sections = conversion.definition_data(own.framework)["sections"]
    result = next(each for each in sections if each["code"] == "result")
    result["indicators"].append({"code": "ho-so", "title": "Hồ sơ", "measure": "outside", "weight": "20"})
    framework = written(own.framework, people["agency_head"], sections=sections)
    moved(base, JULY, JULY, **strict(base))

    actions.follow_base(by=people["agency_head"], framework=framework)

    framework = CriteriaFramework.objects.get(pk=framework.pk)
    draft = framework.get_latest_revision_as_object()
    data = conversion.definition_data(draft)
    assert (data["code"], data["name"], data["effective_from"]) == ("rieng", "Khung riêng", JULY.isoformat())
    assert data["classification"]["levels"][0]["from"] == "95"
    assert "ho-so" in [each["code"] for each in data["sections"][1]["indicators"]]
    assert actions.problems_of(draft) == []
    tried(framework, people["agency_head"])
    assert unmet(framework)
    framework.get_latest_revision().publish(user=people["approver"])
    assert unmet(framework) == []
    assert not FrameworkVersion.objects.behind_base().exists()
    go(time_machine, AUGUST)
    (version,) = FrameworkVersion.objects.filter(framework=framework).effective_on(AUGUST)
    assert (version.number, version.base_version and version.base_version.number) == (2, 2)
    assert unmet(framework) == []


def test_nobody_else_makes_a_draft_follow(base: CriteriaFramework, own: FrameworkVersion, people: People) -> None:
    moved(base, JULY, JULY)

    for person in ("approver", "other_agency_head", "uploader"):
        with pytest.raises(NotAllowed):
            actions.follow_base(by=people[person], framework=own.framework)


def test_limits_and_first_drafts_are_those_of_the_version_that_holds_on_the_day(
    base: CriteriaFramework, own: FrameworkVersion, people: People, province: Province
) -> None:
    moved(base, SEPTEMBER, **strict(base))

    begun = actions.specialise(
        by=people["editor"], framework=base, agency=province.office, code="rieng-2", name="Khung riêng 2"
    )
    client = Client()
    client.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")
    page = client.get(f"/admin/frameworks/edit/{begun.pk}/").content.decode()

    assert conversion.definition_data(begun)["classification"]["levels"][0]["from"] == "90"
    assert actions.problems_of(begun.get_latest_revision_as_object()) == []
    assert "phiên bản 1." in page
    assert "phiên bản 2." not in page


def test_before_an_agencys_is_published_it_is_said_when_its_base_moves(
    base: CriteriaFramework, own: FrameworkVersion
) -> None:
    assert notices_before_publishing(own.framework, own.definition) == [
        "Phiên bản 1 chỉ còn áp dụng đến hết ngày 31/05/2027 và không tự áp dụng trở lại."
    ]
    moved(base, AUGUST, AUGUST + DAY)

    assert notices_before_publishing(own.framework, own.definition)[1:] == [
        f"Từ ngày 01/08/2027 áp dụng phiên bản 2 của khung “Từ {AUGUST}”; nếu không được xác nhận, khung này tạm dừng "
        "áp dụng từ ngày 03/08/2027."
    ]


def test_an_approver_says_by_which_day(base: CriteriaFramework, people: People) -> None:
    actions.set_confirm_by(by=people["approver"], draft=base, day=AUGUST)
    assert CriteriaFramework.objects.get(pk=base.pk).confirm_by == AUGUST

    with pytest.raises(DomainError, match="01/06/2027"):
        actions.set_confirm_by(by=people["approver"], draft=base, day=JUNE - DAY)
    for person in ("editor", "agency_head"):
        with pytest.raises(NotAllowed):
            actions.set_confirm_by(by=people[person], draft=base, day=AUGUST)


def test_a_suspended_framework_is_calculated_by_the_provinces_and_says_so(
    base: CriteriaFramework, own: FrameworkVersion, time_machine: Any
) -> None:
    second = moved(base, JULY, JULY)
    go(time_machine, JULY)
    before = find("rieng", None)
    go(time_machine, AUGUST)
    after = find("rieng", None)

    assert before
    assert after
    assert (before.definition_hash, after.definition_hash) == (own.content_hash, second.content_hash)


# Any moves, days and confirmations, against a rule written another way -----------------------------------------------

MOVES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=3)
CONFIRMED = st.lists(st.tuples(st.integers(0, 12), st.integers(2, 4)), max_size=3)


def expected(day: int, moves: list[tuple[int, int]], confirmed: list[tuple[int, int]]) -> bool:
    """Say whether a version from day 0 on holds: walk the days and remember what has suspended it."""
    for number, (begins, by) in enumerate(moves, start=2):
        is_due = begins <= day and by < day
        beside = [base for on, base in confirmed if on <= day and base >= number and moves[base - 2][0] <= day]
        if is_due and not beside:
            return False
    return True


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES, confirmed=CONFIRMED)
def test_any_moves_and_confirmations(own: FrameworkVersion, moves: list[Any], confirmed: list[Any]) -> None:
    confirmed = [(on, each) for each, on in {each: on for on, each in confirmed}.items() if each - 2 < len(moves)]
    first = own.base_version
    assert first
    with transaction.atomic():
        rows = {}
        for number, (begins, by) in enumerate(moves, start=2):
            rows[number] = FrameworkVersion.objects.create(
                framework=first.framework, number=number, content=first.content, content_hash=first.content_hash,
                name="Khung", effective_from=JUNE + begins * DAY, confirm_by=JUNE + by * DAY,
                published_at=timezone.now(),
            )  # fmt: skip
            issued(rows[number])
        for on, each in confirmed:
            BaseConfirmation.objects.create(
                version=own, base_version=rows[each], confirmed_on=JUNE + on * DAY, confirmed_at=timezone.now()
            )
        for day in range(14):
            on = JUNE + day * DAY
            found = holding(own.framework, on)
            assert held(own, on) == (found.version == own) == expected(day, moves, confirmed)
            assert bool(found.because) == (found.version != own)
        transaction.set_rollback(True)
