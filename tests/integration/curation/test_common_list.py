"""Agencies' items are linked to items of the province's list, whatever their versions."""

import pytest
from django.urls import reverse

from cms.catalogs import actions as catalog_actions
from cms.core.errors import DomainError
from cms.curation import actions
from cms.curation.models import Cluster, CommonLink
from tests.factories import catalogs
from tests.factories.people import make_member
from tests.integration.curation.conftest import OURS, THEIRS, make_list, read

pytestmark = pytest.mark.django_db


def test_items_are_linked_to_a_common_item_shown_with_it_and_parted_when_that_is_undone(client, people, province):
    versions = [make_list(people, province.statistics, OURS), make_list(people, province.office, THEIRS)]
    writer = make_member("uploader", province.root, "writer")
    common = catalogs.make_version(writer, province.root, items=0)
    catalogs.make_items(common, 1, name=OURS[0], group=1)
    common.refresh_from_db()
    common = catalogs.accept(catalogs.submit(common, writer), people["editor"])
    catalogs.decide(common, people["provincial_approver"])
    read()
    item = common.items.get()
    cluster = Cluster.objects.get(members__name=THEIRS[0])

    client.force_login(people["editor"])
    address = reverse("curation:cluster", args=[cluster.pk])
    assert f'value="{item.identity}"' in client.get(address).content.decode()
    client.post(address, {"edition": cluster.edition, "common": str(item.identity), "whole": "on"})
    links = CommonLink.objects.standing().filter(common=item.identity)
    assert {link.catalog_id for link in links} == {version.catalog_id for version in versions}
    page = client.get(reverse("curation:common")).content.decode()
    assert versions[1].catalog.agency.name in page
    # Nothing of agencies' lists is decided: one coefficient cannot be proposed.
    assert reverse("changesets:common_conflict", args=[item.identity]) not in page

    # The link is of the item, not of its text.
    ours = versions[0].items.get(name=OURS[0])
    changes = {"changes": {"name": "Báo cáo quý về cải cách hành chính"}, "reason": "Rõ hơn"}
    catalog_actions.edit_items(by=people["editor"], version=versions[0], items=[ours], **changes)
    read()
    assert links.filter(identity=ours.identity).exists()

    actions.undo(by=people["editor"], judgement=links[0].judgement)
    assert not links.all().exists()


def test_what_is_no_common_item_is_refused(lists, people):
    cluster = Cluster.objects.get(members__name=THEIRS[0])
    said = {"verdict": "common", "edition": cluster.edition, "common": lists[0].items.first().identity}
    with pytest.raises(DomainError, match="Danh mục chung|common list"):
        actions.judge(by=people["editor"], cluster=cluster, **said)
