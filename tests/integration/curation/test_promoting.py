"""Works of agencies become items of the province's common list; links say whether these hold, and can be ended."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog_pages import actions as pages
from cms.audit.models import AuditEvent
from cms.catalogs import actions as catalog_actions
from cms.catalogs.errors import ItemRefused
from cms.core.errors import DomainError, NotAllowed, WrongState
from cms.curation import actions
from cms.curation.common import common_of_version, find_common
from cms.curation.enums import CommonState, LinkOrigin, Verdict
from cms.curation.models import Cluster, CommonLink, LikePair
from tests.factories import catalogs
from tests.factories.catalogs import item_values
from tests.factories.people import make_member
from tests.integration.curation.conftest import OURS, THEIRS

pytestmark = pytest.mark.django_db


def promote_url(version, item):
    return reverse("catalogs:promote", args=[version.pk, item.pk])


def filled(page):
    """Return what the form of promoting begins with, as it would be sent."""
    form = page.context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() not in (None, [])}


def decide_province(people, province, writer="province-writer", days_ago=0):
    """Submit, accept and decide the province's draft; return it."""
    draft = province.root.catalog.versions.open().get()
    writer = make_member("uploader", province.root, writer)
    draft = catalogs.accept(catalogs.submit(draft, writer), people["approver"])
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    return catalogs.decide(draft, people["provincial_approver"], day)


def test_a_work_of_a_cluster_is_promoted_and_all_that_are_ticked_are_linked(client, lists, people, province):
    ours, theirs = (version.items.get(name=name) for version, name in zip(lists, (OURS[0], THEIRS[0]), strict=True))
    cluster = Cluster.objects.get(members__name=THEIRS[0])
    client.force_login(people["editor"])
    address = promote_url(lists[0], ours)
    assert address in client.get(reverse("curation:cluster", args=[cluster.pk])).content.decode()

    page = client.get(address)
    assert THEIRS[0] in page.content.decode()
    text = cluster.members.get(name=THEIRS[0])
    answer = client.post(address, filled(page) | {"name": "Soạn báo cáo quý về CCHC", "texts": [text.pk]}, follow=True)
    assert answer.redirect_chain, answer.context["form"].errors

    common = province.root.catalog.versions.get().items.get()
    assert "Danh mục chung" in answer.content.decode()
    assert (common.name, common.coefficient) == ("Soạn báo cáo quý về CCHC", ours.coefficient)
    links = {link.identity: link for link in CommonLink.objects.standing().filter(common=common.identity)}
    assert links.keys() == {ours.identity, theirs.identity}
    assert links[ours.identity].origin == LinkOrigin.PROMOTED and links[ours.identity].source == lists[0]
    assert links[theirs.identity].origin == LinkOrigin.JUDGED
    assert AuditEvent.objects.filter(action="common.promote").count() == 1
    # Not yet in force, and in force once the draft is decided.
    assert common_of_version(lists[1], [theirs])[theirs.identity].state == CommonState.COMING
    desk = client.get(reverse("catalogs:read_item", args=[lists[0].pk, ours.pk])).content.decode()
    assert "Danh mục chung" in desk and "chưa có hiệu lực" in desk and address not in desk
    decide_province(people, province)
    desk = client.get(reverse("catalogs:read_item", args=[lists[0].pk, ours.pk])).content.decode()
    assert common.name in desk and "chưa có hiệu lực" not in desk

    # One undoing ends both, and the works wait again.
    actions.undo(by=people["editor"], judgement=links[ours.identity].judgement)
    assert not CommonLink.objects.standing().exists()
    assert LikePair.objects.waiting().filter(one__cluster=cluster).exists()


def test_an_item_is_promoted_from_its_own_screen_and_its_link_is_ended_with_a_reason(client, lists, people, province):
    item = lists[0].items.get(name=OURS[1])
    client.force_login(people["editor"])
    screen = reverse("catalogs:item", args=[lists[0].pk, item.pk])
    address = promote_url(lists[0], item)
    assert address in client.get(screen).content.decode()

    assert client.post(address, filled(client.get(address))).status_code == 302

    link = CommonLink.objects.get()
    assert (link.judgement, link.by, link.identity) == (None, people["editor"], item.identity)
    end = reverse("curation:end_link", args=[link.pk])
    shown = client.get(screen).content.decode()
    assert end in shown and address not in shown
    assert client.get(end).status_code == 200
    assert client.post(end, {"reason": " "}).status_code == 200 and CommonLink.objects.standing().exists()
    assert client.post(end, {"reason": "Việc khác"}).status_code == 302
    assert not CommonLink.objects.standing().exists()
    with pytest.raises(WrongState):
        actions.end_link(by=people["editor"], link=link, reason="Lần nữa")
    assert address in client.get(screen).content.decode()


def test_what_cannot_be_promoted_is_refused_and_nothing_is_written(lists, people, province):
    item = lists[0].items.get(name=OURS[0])
    item.version = lists[0]
    with pytest.raises(NotAllowed):
        actions.promote(by=people["uploader"], item=item, values=item_values(1))
    with pytest.raises(ItemRefused):
        actions.promote(by=people["editor"], item=item, values=item_values(1, coefficient=-1))
    assert not CommonLink.objects.exists()
    common = actions.promote(by=people["editor"], item=item, values=item_values(1))
    with pytest.raises(WrongState, match="TK"):
        actions.promote(by=people["editor"], item=item, values=item_values(2))
    with pytest.raises(WrongState):
        actions.promote(by=people["editor"], item=common, values=item_values(3))
    lists[0] = catalogs.send_back(lists[0], people["editor"])
    other = lists[0].items.get(name=OURS[1])
    with pytest.raises(WrongState):
        actions.promote(by=people["editor"], item=other, values=item_values(4))
    assert CommonLink.objects.count() == 1


def test_a_common_item_is_found_by_words_and_one_that_was_taken_out_is_refused(client, lists, people, province):
    pages.open_page(by=None, agency=province.root)
    item = lists[0].items.get(name=OURS[1])
    item.version = lists[0]
    values = item_values(7, name="Thẩm định dự toán ngân sách")
    common = actions.promote(by=people["editor"], item=item, values=values)
    cluster = Cluster.objects.get(members__name=THEIRS[0])
    client.force_login(people["editor"])
    address = reverse("curation:cluster", args=[cluster.pk])
    assert str(common.identity) not in client.get(address).content.decode()
    assert str(common.identity) in client.get(address, {"q": "du toan ngan"}).content.decode()
    assert "Danh mục chung" in client.get(address, {"q": "khong co gi"}).content.decode()

    said = {"verdict": Verdict.COMMON, "edition": cluster.edition, "common": common.identity}
    decided = decide_province(people, province, days_ago=5)
    following = catalogs.make_version(people["editor"], province.root)
    catalog_actions.add_item(by=people["editor"], version=following, values=item_values(9))
    following.refresh_from_db()
    removed = following.items.filter(identity=common.identity)
    catalog_actions.remove_items(by=people["editor"], version=following, items=removed)
    # Still in force, as the version without it is a draft.
    assert find_common([common.identity])[common.identity].item.version == decided
    decide_province(people, province, "another-writer")
    assert find_common([common.identity])[common.identity].state == CommonState.ENDED
    with pytest.raises(DomainError, match="TK.00007"):
        actions.judge(by=people["editor"], cluster=cluster, **said)
    assert "không còn" in client.get(reverse("catalogs:items", args=[lists[0].pk])).content.decode()
