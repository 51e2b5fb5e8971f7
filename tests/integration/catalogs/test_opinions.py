"""Steps of a block between acceptance and decision: asked in order, of whom they name, by every door."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog_pages import actions as pages
from catalog_pages.admin.progress import waiting_for
from cms.audit.models import AuditEvent
from cms.catalogs import actions, permissions
from cms.catalogs.enums import VersionState
from cms.catalogs.errors import OwnWork, ReasonRequired, StepOfNobody
from cms.catalogs.models import OpinionStep, VersionOpinion
from cms.catalogs.triggers import OPINION_TRIGGERS
from cms.core import triggers
from cms.core.errors import NotAllowed
from cms.organisations.enums import Block
from cms.organisations.models import Agency
from cms.users.enums import Role
from tests.factories import catalogs
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db
FOUND = "Biên bản số 03/BB-HĐ: nhất trí."


def step(order=1, role=Role.APPROVER, block=Block.GOVERNMENT, name="Hội đồng thẩm định", by=None, within=None):
    return actions.save_opinion_step(by=by, block=block, order=order, name=name, role=role, within=within)


def give(by, version, words=FOUND):
    return actions.give_opinion(by=by, version=version, words=words)


@pytest.fixture
def asked(people, submitted):
    """Return a version that was accepted while its block had one step."""
    step()
    return catalogs.accept(submitted, people["editor"])


def test_without_steps_an_accepted_version_waits_for_the_decision_at_once(people, submitted):
    version = catalogs.accept(submitted, people["editor"])
    assert not version.opinions.exists()
    assert permissions.can_decide(people["provincial_approver"], version)


def test_the_decision_waits_for_the_body_that_is_asked(people, asked):
    assert not permissions.can_decide(people["provincial_approver"], asked)
    with pytest.raises(NotAllowed):
        catalogs.decide(asked, people["provincial_approver"])
    assert list(waiting_for(people["approver"])) == [asked]
    assert not waiting_for(people["provincial_approver"]).exists()

    give(people["approver"], asked)

    assert list(waiting_for(people["provincial_approver"])) == [asked]
    assert not waiting_for(people["approver"]).exists()
    assert catalogs.decide(asked, people["provincial_approver"]).state == VersionState.APPROVED
    (act,) = AuditEvent.objects.filter(action="catalog_version.give_opinion")
    assert act.after == {"step": "Hội đồng thẩm định", "text": FOUND}


def test_bodies_are_asked_one_after_the_other_and_each_by_somebody_else(people, province, submitted):
    step(2, Role.APPROVER, name="Hội đồng")
    step(1, Role.EDITOR, name="Tổ giúp việc")
    version = catalogs.accept(submitted, people["editor"])
    other_editor = make_member(Role.EDITOR, province.home_affairs, "other_editor")
    with pytest.raises(NotAllowed):
        give(people["approver"], version)
    with pytest.raises(OwnWork):
        give(people["editor"], version)
    give(other_editor, version)
    assert [each.name for each in version.opinions.pending()] == ["Hội đồng"]
    give(people["approver"], version)
    assert not version.opinions.pending().exists()


def test_nobody_speaks_twice_on_one_version(people, submitted):
    step(1)
    step(2)
    version = catalogs.accept(submitted, people["editor"])
    give(people["approver"], version)
    with pytest.raises(OwnWork):
        give(people["approver"], version)


def test_who_wrote_any_of_it_does_not_speak_on_it(people, province, submitted):
    writer = make_member(Role.EDITOR, province.home_affairs, "writer")
    step(role=Role.EDITOR)
    actions.edit_items(
        by=writer, version=submitted, items=submitted.items.all()[:1], changes={"unit": "hồ sơ"}, reason="Thống nhất"
    )
    version = catalogs.accept(submitted, people["approver"])
    with pytest.raises(OwnWork):
        give(writer, version)


def test_words_are_needed(people, asked):
    with pytest.raises(ReasonRequired):
        give(people["approver"], asked, "  ")


def test_the_body_may_send_the_version_back_and_is_asked_anew(people, asked):
    returned = catalogs.send_back(asked, people["approver"], "Bổ sung căn cứ")
    assert returned.state == VersionState.RETURNED
    assert not returned.opinions.exists()
    again = catalogs.accept(catalogs.submit(returned, people["uploader"]), people["editor"])
    give(people["approver"], again)
    assert catalogs.decide(again, people["provincial_approver"]).state == VersionState.APPROVED


def test_what_was_said_before_a_return_stays_and_counts_no_more(people, submitted):
    step(1)
    step(2, Role.PROVINCIAL_APPROVER, name="Thường trực")
    version = catalogs.accept(submitted, people["editor"])
    give(people["approver"], version)
    returned = catalogs.send_back(version, people["provincial_approver"], "Bổ sung")
    again = catalogs.accept(catalogs.submit(returned, people["uploader"]), people["editor"])
    assert [each.given_at is None for each in again.opinions.all()] == [False, True, True]
    give(people["approver"], again)


def test_a_version_keeps_the_steps_of_the_day_on_which_it_was_accepted(people, asked):
    actions.remove_opinion_step(by=people["technical_admin"], step=OpinionStep.objects.get())
    assert not permissions.can_decide(people["provincial_approver"], asked)
    give(people["approver"], asked)
    assert permissions.can_decide(people["provincial_approver"], asked)


def test_another_blocks_steps_ask_nothing(people, province, submitted):
    make_member(Role.APPROVER, province.home_affairs, "front", scope_block=Block.FRONT)
    step(block=Block.FRONT)
    assert not catalogs.accept(submitted, people["editor"]).opinions.exists()


def test_a_block_has_its_own_bodies_and_its_own_decision(people, province, submitted):
    """The Front's life: appraised, spoken on and decided by people who hold their roles over it alone."""
    agency = submitted.catalog.agency
    agency.block = Block.FRONT
    agency.save()
    own = {
        role: make_member(role, province.home_affairs, f"front_{role}", scope_block=Block.FRONT)
        for role in (Role.EDITOR, Role.APPROVER, Role.PROVINCIAL_APPROVER)
    }
    step(block=Block.FRONT)
    version = catalogs.accept(submitted, own[Role.EDITOR])
    assert list(waiting_for(own[Role.APPROVER])) == [version]
    give(own[Role.APPROVER], version)
    assert list(waiting_for(own[Role.PROVINCIAL_APPROVER])) == [version]
    assert catalogs.decide(version, own[Role.PROVINCIAL_APPROVER]).decided_by == own[Role.PROVINCIAL_APPROVER]


def test_a_step_over_a_part_is_asked_of_that_part_alone(people, province, submitted):
    over_statistics = step(1, name="Tổ của Cục Thống kê", within=province.statistics)
    step(2, name="Hội đồng của Sở Nội vụ", within=province.home_affairs)
    step(3, name="Hội đồng của tỉnh", within=Agency.get_first_root_node())

    version = catalogs.accept(submitted, people["editor"])

    assert [each.name for each in version.opinions.all()] == ["Tổ của Cục Thống kê", "Hội đồng của tỉnh"]
    (act,) = AuditEvent.objects.filter(action="opinion_step.add", subject_id=str(over_statistics.pk))
    assert act.after["within"] == province.statistics.code


def test_a_part_without_an_agency_of_the_block_or_without_a_holder_is_refused(people, province):
    with pytest.raises(ValidationError, match="không có cơ quan nào thuộc khối Mặt trận"):
        step(block=Block.FRONT, within=province.statistics)
    people["approver"].memberships.all().delete()
    make_member(Role.APPROVER, province.home_affairs, "elsewhere", scope_agency=province.home_affairs)
    with pytest.raises(StepOfNobody):
        step(within=province.statistics)
    assert step(within=province.home_affairs).within == province.home_affairs


@pytest.mark.parametrize(
    ("block", "appraiser", "decider"),
    [
        (Block.GOVERNMENT, "Sở Nội vụ", "Chủ tịch UBND tỉnh"),
        (Block.PARTY, "cơ quan thẩm định của khối", "cấp quyết định của khối"),
        (Block.FRONT, "cơ quan thẩm định của khối", "cấp quyết định của khối"),
    ],
)
def test_screens_and_mails_name_the_bodies_of_the_block(
    people, draft, block, appraiser, decider, django_capture_on_commit_callbacks
):
    agency = draft.catalog.agency
    agency.block = block
    agency.save()
    pages.page_of(draft)
    own, desk = client_of(people["uploader"]), client_of(people["editor"])
    submit, accept = (reverse(f"catalogs:{name}", args=[draft.pk]) for name in ("submit", "accept"))

    assert f"Danh mục được chuyển đến {appraiser}." in own.get(submit).text
    assert f"Đã trình {appraiser}." in own.post(submit, {"edition": draft.edition}, follow=True).text
    draft.refresh_from_db()
    assert f"Danh mục được chuyển đến {decider}." in desk.get(accept).text
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(accept, {"edition": draft.edition}, follow=True).text
    assert f"Đã chấp thuận: danh mục được chuyển đến {decider}." in answer
    (heard, *_) = [message.body for message in mail.outbox if "uploader@" in message.to[0]]
    assert f"{appraiser[0].upper()}{appraiser[1:]} đã chấp thuận danh mục." in heard
    assert f"Danh mục đang chờ quyết định của {decider}." in heard


def test_the_screen_of_acceptance_names_the_body_that_is_asked_first(people, submitted):
    pages.page_of(submitted)
    step()
    page = client_of(people["editor"]).get(reverse("catalogs:accept", args=[submitted.pk])).text
    assert "Danh mục được chuyển đến Hội đồng thẩm định." in page


def test_a_step_that_nobody_can_do_is_refused(people):
    for name in ("approver", "editor", "provincial_approver"):
        people[name].memberships.all().delete()
    with pytest.raises(StepOfNobody, match="Mặt trận"):
        step(block=Block.FRONT)
    assert not OpinionStep.objects.exists()


def test_a_place_is_taken_once_and_only_a_technical_administrator_keeps_steps(people):
    step()
    with pytest.raises(ValidationError):
        step(name="Khác")
    for name in ("editor", "approver", "provincial_approver", "agency_head"):
        with pytest.raises(NotAllowed):
            step(order=2, by=people[name])
    assert step(order=2, by=people["technical_admin"]).order == 2


def test_the_database_keeps_what_was_said(people, asked):
    give(people["approver"], asked)
    for statement in ("DELETE FROM catalogs_versionopinion", "UPDATE catalogs_versionopinion SET words = 'khác'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert triggers.missing(OPINION_TRIGGERS, connection) == []


def test_who_is_asked_hears_of_it_and_the_decider_only_when_it_is_their_turn(
    people, submitted, django_capture_on_commit_callbacks
):
    def heard(act):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return {reader.split("@")[0] for message in mail.outbox for reader in message.to}

    step()
    assert heard(lambda: catalogs.accept(submitted, people["editor"])) == {"uploader", "agency_head", "approver"}
    assert not any("Chủ tịch" in message.body for message in mail.outbox)
    submitted.refresh_from_db()
    assert heard(lambda: give(people["approver"], submitted)) == {"provincial_approver"}


def client_of(user):
    client = Client()
    client.force_login(user, backend="cms.organisations.backends.MembershipBackend")
    return client


def test_it_is_seen_and_given_on_the_workbench(people, asked):
    client, page = client_of(people["approver"]), reverse("catalogs:version", args=[asked.pk])
    assert "Hội đồng thẩm định" in client.get(page).content.decode()
    where = reverse("catalogs:opinion", args=[asked.pk])
    assert where in client.get(page).content.decode()
    form = {"text": FOUND, "edition": asked.edition}
    assert FOUND in client.post(where, form, follow=True).content.decode()
    assert VersionOpinion.objects.get().given_by == people["approver"]
    assert where not in client.get(page).content.decode()


def test_steps_are_made_ordered_and_removed_by_a_technical_administrator(people):
    client = client_of(people["technical_admin"])
    form = {"block": "government", "order": "1", "name": "Hội đồng", "role": "approver"}
    assert "Đã lưu bước." in client.post(reverse("catalogs:step_add"), form, follow=True).content.decode()
    taken = client.post(reverse("catalogs:step_add"), form | {"name": "Khác"}).content.decode()
    assert "Khối đã có bước khác ở vị trí này." in taken and 'value="Khác"' in taken
    made = OpinionStep.objects.get()
    client.post(reverse("catalogs:step_edit", args=[made.pk]), form | {"order": "3"})
    made.refresh_from_db()
    assert made.order == 3
    assert "Đã bỏ bước." in client.post(reverse("catalogs:step_remove", args=[made.pk]), follow=True).content.decode()
    assert not OpinionStep.objects.exists()


def test_the_workbench_asks_as_often_however_many_steps_there_are(people, province):
    def asked_for(version):
        client = client_of(people["approver"])
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("catalogs:version", args=[version.pk]))
        return len(queries)

    step(1)
    one = asked_for(catalogs.make_appraised(people, province.statistics))
    for order in range(2, 8):
        step(order)
    assert asked_for(catalogs.make_appraised(people, province.office)) <= one
