"""Part scores and columns that the province added, in proposals: checked, shown by role, and carried into the list."""

from decimal import Decimal

import pytest
from django.urls import reverse

from catalog_pages.change_sets import releasing
from cms.catalogs import actions as catalog_actions
from cms.catalogs.enums import Audience
from cms.changesets import actions
from cms.changesets.models import Proposal
from cms.core.errors import DomainError, NotAllowed
from tests.integration.changesets.conftest import WORK
from tests.integration.changesets.test_sets import decided_set, standing_of

pytestmark = pytest.mark.django_db
PARTS = {"difficulty": "3", "process": "2", "coordination": "1", "scope": "4"}


@pytest.fixture
def columns(people):
    """Return a column that agencies fill in and one that only appraisers see."""
    save = catalog_actions.save_column
    return [
        save(by=people["editor"], name="Mức ưu tiên", kind="choice", choices=["Cao", "Thấp"]),
        save(by=people["editor"], name="Ghi chú thẩm định", audience=Audience.APPRAISERS),
    ]


def asked(decided, **more):
    item = standing_of(decided[0].catalog, WORK)
    return {"catalog": decided[0].catalog.pk, "kind": "change", "item": item.code, "reason": "Lý do"} | more


def test_part_scores_bring_the_score_and_the_coefficient_into_the_list(client_of, people, decided):
    client = client_of(people["uploader"])
    client.post(reverse("changesets:propose"), asked(decided, **PARTS))
    proposal = Proposal.objects.get()
    assert Decimal(proposal.contents["score"]) == 10 and Decimal(proposal.contents["coefficient"]) == 2
    page = client.get(reverse("changesets:proposal", args=[proposal.pk])).content.decode()
    assert "Độ khó, sáng tạo" in page or "Độ khó" in page
    releasing.release_set(change_set=decided_set(people, {"change": proposal}))
    item = standing_of(decided[0].catalog, WORK)
    assert (item.difficulty, item.scope, item.score, item.coefficient) == (3, 4, 10, 2)


@pytest.mark.parametrize(
    "more", [{"difficulty": "-1"}, {"difficulty": "nhiều"}, PARTS | {"coefficient": "9"}, {"difficulty": "99999999"}]
)
def test_part_scores_that_do_not_agree_are_refused(client_of, people, decided, more):
    client_of(people["uploader"]).post(reverse("changesets:propose"), asked(decided, **more))
    assert not Proposal.objects.exists()


def test_an_added_column_is_proposed_shown_and_carried(client_of, people, decided, columns):
    client = client_of(people["uploader"])
    form = client.get(reverse("changesets:propose")).content.decode()
    assert "Mức ưu tiên" in form and "Ghi chú thẩm định" not in form
    refused = client.post(reverse("changesets:propose"), asked(decided, **{columns[0].field_name: "Vừa"}))
    assert refused.status_code == 200 and not Proposal.objects.exists()
    client.post(reverse("changesets:propose"), asked(decided, **{columns[0].field_name: "Cao"}))
    proposal = Proposal.objects.get()
    page = client.get(reverse("changesets:proposal", args=[proposal.pk])).content.decode()
    assert "Mức ưu tiên" in page and "Cao" in page
    releasing.release_set(change_set=decided_set(people, {"change": proposal}))
    assert standing_of(decided[0].catalog, WORK).extra == {columns[0].key: "Cao"}


def test_a_column_of_the_appraisers_is_proposed_by_them_and_hidden_from_the_agency(client_of, people, decided, columns):
    item = standing_of(decided[0].catalog, WORK)
    given = {
        "catalog": decided[0].catalog, "kind": "change", "identity": item.identity, "reason": "Lý do",
        "values": {columns[1].field_name: "chimhoangyen"},
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        actions.propose(by=people["uploader"], **given)
    proposal = actions.propose(by=people["editor"], **given)
    for name in ("proposals", "proposal"):
        address = reverse(f"changesets:{name}", args=[proposal.pk] if name == "proposal" else [])
        assert "chimhoangyen" in client_of(people["editor"]).get(address).content.decode()
        assert "chimhoangyen" not in client_of(people["uploader"]).get(address).content.decode()
    with pytest.raises(DomainError):
        actions.propose(by=people["editor"], **given | {"values": {columns[1].field_name: ""}})
