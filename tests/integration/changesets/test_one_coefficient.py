"""Works that are the same and weighed differently: one coefficient proposed, seen and answered by each agency."""

from decimal import Decimal

import pytest
from django.urls import reverse

from cms.audit.models import AuditEvent
from cms.catalogs.models import CatalogItem
from cms.changesets import actions, conflicts
from cms.changesets.errors import InvalidProposal
from cms.changesets.models import Proposal
from cms.core.errors import DomainError, NotAllowed
from cms.curation import actions as curation
from cms.curation.enums import Verdict
from cms.curation.models import Cluster, CommonLink, Judgement
from tests.factories import catalogs
from tests.factories.people import make_member
from tests.integration.changesets.conftest import WORK
from tests.integration.curation.conftest import read

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"changesets:{name}", args=args)


def test_one_coefficient_is_proposed_to_each_agency_that_has_another(client_of, people, decided):
    client = client_of(people["editor"])
    page = client.get(address("conflicts")).content.decode()
    assert WORK in page and "2,5" in page
    cluster = Cluster.objects.get(members__name=WORK)
    here = address("conflict", cluster.pk)
    assert all(each.catalog.agency.name in client.get(here).content.decode() for each in decided)

    client.post(here, {"coefficient": "2,5", "reason": "Cùng một việc, cùng một định mức"})
    made = Proposal.objects.get()
    assert (made.catalog, made.name, made.kind) == (decided[0].catalog, WORK, "change")
    assert made.contents == {"coefficient": "2.5", "score": "12.5000"}
    assert made.former == {"coefficient": "1.0000", "score": "5.0000"}
    # Nothing changes in lists, and a list that has it already is asked nothing.
    assert set(CatalogItem.objects.filter(name=WORK).values_list("coefficient", flat=True)) == {
        Decimal(1), Decimal("2.5"),
    }  # fmt: skip
    assert AuditEvent.objects.done("proposal.make").get().reason == "Cùng một việc, cùng một định mức"


def test_the_agency_sees_who_else_is_concerned_and_answers_in_words(client_of, people, decided):
    cluster = Cluster.objects.get(members__name=WORK)
    items = conflicts.items_of_cluster(people["editor"], cluster)
    made = actions.propose_one_coefficient(
        by=people["editor"], items=items, coefficient=Decimal("1.5"), reason="Theo định mức chung"
    )
    mine = next(one for one in made if one.catalog == decided[0].catalog)
    other = next(one for one in made if one.catalog == decided[1].catalog)

    client = client_of(people["uploader"])
    listed = client.get(address("proposals")).content.decode()
    assert "Đề nghị sửa hệ số từ Sở Nội vụ" in listed and "Theo định mức chung" in listed
    assert decided[1].catalog.agency.name not in listed
    page = client.get(address("proposal", mine.pk)).content.decode()
    assert decided[1].catalog.agency.name in page and "2,5" in page and "Theo định mức chung" in page
    # Another agency's proposal is not there.
    assert client.get(address("proposal", other.pk)).status_code == 404

    refused = client.post(address("proposal", mine.pk), {"answer": "disagrees", "words": " "})
    assert "Nêu" in refused.content.decode() and Proposal.objects.get(pk=mine.pk).answer == ""
    client.post(address("proposal", mine.pk), {"answer": "disagrees", "words": "Hồ sơ của chúng tôi phức tạp hơn"})
    mine.refresh_from_db()
    assert (mine.answer, mine.answered_by) == ("disagrees", people["uploader"])
    # The editor reads the words; whoever proposed it does not answer for the agency.
    client = client_of(people["editor"])
    assert "phức tạp hơn" in client.get(address("proposals")).content.decode()
    with pytest.raises(NotAllowed):
        actions.answer_proposal(by=people["editor"], proposal=mine, answer="agrees")


def test_what_is_rightly_different_or_equal_is_no_conflict(people, decided):
    editor = people["editor"]
    assert conflicts.clusters_in_conflict(editor).count() == 1
    judgement = Judgement.objects.get()
    curation.undo(by=editor, judgement=judgement)
    assert not conflicts.clusters_in_conflict(editor).exists()
    cluster = Cluster.objects.get(members__name=WORK)
    curation.judge(by=editor, cluster=cluster, verdict=Verdict.RIGHTLY, edition=cluster.edition)
    assert not conflicts.clusters_in_conflict(editor).exists()


@pytest.mark.parametrize(("coefficient", "reason"), [("0", "Lý do"), ("-1", "Lý do"), ("1.5", "  ")])
def test_a_coefficient_that_cannot_be_or_no_reason_is_refused(people, decided, coefficient, reason):
    items = conflicts.items_of_cluster(people["editor"], Cluster.objects.get(members__name=WORK))
    with pytest.raises(DomainError):
        actions.propose_one_coefficient(
            by=people["editor"], items=items, coefficient=Decimal(coefficient), reason=reason
        )
    assert not Proposal.objects.exists()


def test_nothing_is_proposed_where_all_have_it_or_none_is_in_reach(people, decided):
    items = conflicts.items_of_cluster(people["editor"], Cluster.objects.get(members__name=WORK))
    with pytest.raises(InvalidProposal):
        actions.propose_one_coefficient(by=people["editor"], items=[], coefficient=Decimal(1), reason="Lý do")
    same = [item for item in items if item.coefficient == 1]
    with pytest.raises(InvalidProposal):
        actions.propose_one_coefficient(by=people["editor"], items=same, coefficient=Decimal(1), reason="Lý do")
    # An agency proposes nothing about another's list.
    with pytest.raises(NotAllowed):
        actions.propose_one_coefficient(by=people["uploader"], items=items, coefficient=Decimal(3), reason="Lý do")


def test_items_linked_to_one_common_item_are_weighed_together(client_of, people, province, decided):
    writer = make_member("uploader", province.root, "writer")
    common = catalogs.make_version(writer, province.root, items=0)
    catalogs.make_items(common, 1, name="Cấp phép xây dựng", group=1, coefficient="2.5", score="12.5")
    common.refresh_from_db()
    catalogs.decide(catalogs.accept(catalogs.submit(common, writer), people["editor"]), people["provincial_approver"])
    read()
    item = common.items.get()
    ours = decided[0].items.get(name=WORK)
    CommonLink.objects.create(
        catalog=decided[0].catalog, identity=ours.identity, common=item.identity, judgement=Judgement.objects.get()
    )
    found = conflicts.items_of_common(people["editor"], item.identity)
    assert {each.pk for each in found} == {item.pk, ours.pk}
    page = client_of(people["editor"]).get(address("common_conflict", item.identity))
    assert decided[0].catalog.agency.name in page.content.decode()
    listed = client_of(people["editor"]).get(reverse("curation:common")).content.decode()
    assert address("common_conflict", item.identity) in listed


def test_the_list_asks_the_same_number_of_queries_for_any_number(
    client_of, people, decided, django_assert_max_num_queries
):
    items = conflicts.items_of_cluster(people["editor"], Cluster.objects.get(members__name=WORK))
    for step in range(8):
        actions.propose_one_coefficient(by=people["editor"], items=items, coefficient=Decimal(3 + step), reason="Lý do")
    client = client_of(people["editor"])
    client.get(address("proposals"))
    with django_assert_max_num_queries(14):
        assert client.get(address("proposals")).content.decode().count("Hệ số quy đổi:") == 16
    with django_assert_max_num_queries(16):
        client.get(address("conflicts"))
