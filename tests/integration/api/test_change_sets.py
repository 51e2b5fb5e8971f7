"""Change sets over the API: proposed by agencies and programs, answered, gathered, appraised, undone and released."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from catalog_pages.change_sets import releasing
from cms.catalogs import actions as catalog_actions
from cms.changesets import actions
from cms.changesets.models import ChangeSet, Proposal
from tests.factories import catalogs, outside
from tests.integration.changesets.conftest import WORK, decided
from tests.integration.changesets.test_sets import appraised, facts, now_in, proposals, standing_of

pytestmark = pytest.mark.django_db
__all__ = ["decided", "proposals"]


def bearer(secret):
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def code(decided):
    return decided[0].catalog.agency.code


@pytest.fixture
def item(decided):
    return standing_of(decided[0].catalog, WORK)


def change(code, item, **more):
    values = {"coefficient": "2", "score": "10"}
    return {
        "agency": code,
        "kind": "change",
        "identity": str(item.identity),
        "values": values,
        "reason": "Lý do",
    } | more


def do(api, path, by, body=None, match="*", **more):
    return api.send("POST", path, {} if body is None else body, by, match=match, **more)


def test_a_set_goes_from_a_proposal_to_its_release(
    api, people, decided, code, item, django_capture_on_commit_callbacks
):
    editor, approver, decider = (people[role] for role in ("editor", "approver", "provincial_approver"))
    made = do(api, "proposals/", people["uploader"], change(code, item), key="mot")
    assert (made.status_code, made["Location"]) == (201, made.json()["url"])
    assert do(api, "proposals/", people["uploader"], change(code, item), key="mot").json() == made.json()
    assert Proposal.objects.count() == 1
    row = made.json()
    assert row["changes"] == [
        {"field": "score", "before": "5.0000", "after": "10.0000"},
        {"field": "coefficient", "before": "1.0000", "after": "2.0000"},
    ]  # fmt: skip

    path = f"change-sets/{do(api, 'change-sets/', editor, {'name': 'Bộ quý I'}).json()['id']}/"
    gathered = do(api, f"{path}gather/", editor, {"proposals": [row["id"]]})
    read = api.get(path, editor)
    assert read["ETag"] == gathered["ETag"]
    assert read.json()["impact"] == {"catalogs": 1, "items": 1, "work": 0, "evaluations": 0}
    # Nobody closes what they have not seen.
    answer = do(api, f"{path}close/", editor, match="")
    assert (answer.status_code, answer.json()["code"]) == (428, "precondition_required")
    assert do(api, f"{path}close/", editor, match='"1.x"').json()["code"] == "precondition_failed"
    closed = do(api, f"{path}close/", editor, match=read["ETag"])
    assert (closed.json()["state"], closed.json()["closed_by"]) == ("closed", str(editor))

    one = f"proposals/{row['id']}/"
    refused = do(api, f"{one}judge/", approver, {"outcome": "refused"})
    assert (refused.status_code, refused.json()["code"]) == (400, "reason_required")
    assert do(api, f"{path}finish/", approver).json()["code"] == "wrong_state"
    judged = do(api, f"{one}judge/", approver, {"outcome": "accepted"}, match=api.get(one, approver)["ETag"])
    assert judged.json()["outcome"] == "accepted"
    assert do(api, f"{path}finish/", editor).json()["code"] == "own_work"
    assert do(api, f"{path}finish/", approver).json()["state"] == "appraised"

    day = timezone.localdate() + datetime.timedelta(days=1)
    releasing.decide_set(by=decider, change_set=ChangeSet.objects.get(), **facts(day))
    assert api.json(path, decider)["effective_from"] == f"{day}"
    assert do(api, f"{path}release/", decider).json()["code"] == "wrong_state"
    assert do(api, f"{path}undo/", decider, {"reason": "Sai ngày"}).json()["stopped_because"] == "Sai ngày"
    releasing.decide_set(by=decider, change_set=ChangeSet.objects.get(), **facts())
    with django_capture_on_commit_callbacks(execute=True):
        assert do(api, f"{path}release/", decider).status_code == 202
    assert api.json(path, editor)["state"] == "released"
    assert now_in(decided[0].catalog)[WORK] == Decimal(2)
    late = do(api, f"{path}undo/", decider, {"reason": "Muộn"})
    assert (late.status_code, late.json()["code"]) == (409, "wrong_state")


def test_an_agency_answers_for_itself_and_a_program_only_proposes(api, people, province, decided, code, item):
    client, token = outside.make_client(province.statistics, scopes=["proposals:read", "proposals:write"])
    row = api.send("POST", "proposals/", change(code, item), headers=bearer(token)).json()
    listed = api.get("proposals/", headers=bearer(token)).json()["results"]
    assert [each["id"] for each in listed] == [row["id"]]
    theirs = standing_of(decided[1].catalog, WORK)
    other = decided[1].catalog.agency.code
    hidden = api.send("POST", "proposals/", change(other, theirs), headers=bearer(token))
    assert hidden.status_code == 404
    by_editor = actions.propose(
        by=people["editor"], catalog=decided[0].catalog, kind="end", reason="Bỏ",
        identity=standing_of(decided[0].catalog, "Thẩm định dự toán").identity,
    )  # fmt: skip
    path = f"proposals/{by_editor.pk}/answer/"
    said = {"answer": "disagrees", "words": "Vẫn làm"}
    spoken = api.send("POST", path, said, headers=bearer(token), match="*")
    assert (spoken.status_code, spoken.json()["code"]) == (403, "not_allowed")
    assert [each["id"] for each in api.results("proposals/", people["uploader"], asked="true")][0] == by_editor.pk
    assert do(api, path, people["uploader"], said).json()["answer_words"] == "Vẫn làm"
    assert do(api, path, people["other_uploader"], said).status_code == 404
    assert api.results("proposals/", people["editor"], answer="disagrees", agency=code)[0]["id"] == by_editor.pk
    without = outside.make_client(province.statistics, name="Khác", scopes=["catalogs:read"])[1]
    assert api.get("proposals/", headers=bearer(without)).json()["code"] == "scope_missing"


def test_what_moved_on_cannot_be_accepted_and_is_said(api, people, decided, code, item):
    row = do(api, "proposals/", people["uploader"], change(code, item)).json()
    change_set = actions.open_set(by=people["editor"], name="Bộ")
    actions.gather(by=people["editor"], change_set=change_set, proposals=Proposal.objects.all())
    actions.close_set(by=people["editor"], change_set=change_set)
    later = catalogs.make_version(people["uploader"], decided[0].catalog.agency)
    catalog_actions.remove_items(by=people["uploader"], version=later, items=[later.items.get(name=WORK)])
    catalogs.decide(
        catalogs.accept(catalogs.submit(later, people["uploader"]), people["editor"]), people["provincial_approver"],
        timezone.localdate(),
    )  # fmt: skip
    one = f"proposals/{row['id']}/"
    assert "không còn" in api.json(one, people["editor"])["troubles"][0]
    refused = do(api, f"{one}judge/", people["approver"], {"outcome": "accepted"})
    assert (refused.status_code, refused.json()["code"]) == (409, "proposal_overtaken")
    assert do(api, f"{one}judge/", people["approver"], {"outcome": "refused", "reason": "Đã bỏ"}).status_code == 200
    assert do(api, f"{one}take-out/", people["editor"]).json()["code"] == "wrong_state"
    again = do(api, f"{one}again/", people["uploader"], {"reason": "Vẫn cần"})
    assert again.json()["code"] == "invalid_proposal"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "swap"}, "kind"), ({"reason": ""}, "reason"), ({"reason": None}, "reason"), ({"x": 1}, "x"),
        ({"identity": "x"}, "identity"), ({"values": {"coefficient": "nhiều"}}, "coefficient"),
        ({"values": {"coefficient": "-1"}}, "coefficient"), ({"values": {"hệ số": "2"}}, "hệ số"),
        ({"values": {"extra": {"la": "x"}}}, "extra.la"), ({"values": []}, "values"),
    ],
)  # fmt: skip
def test_what_cannot_be_proposed_is_refused_by_field(api, people, decided, code, item, more, field):
    answer = do(api, "proposals/", people["uploader"], change(code, item) | more)
    assert answer.status_code == 400 and [error["field"] for error in answer.json()["errors"]] == [field]
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("keys", [[], [0], ["a"], [999999], [1] * 501])
def test_proposals_that_are_not_there_are_not_gathered(api, people, decided, keys):
    change_set = actions.open_set(by=people["editor"], name="Bộ")
    answer = do(api, f"change-sets/{change_set.pk}/gather/", people["editor"], {"proposals": keys})
    assert answer.status_code == 400


def test_a_set_is_decided_once(api, people, decided, proposals):
    change_set = appraised(people, proposals)
    read = api.get(f"change-sets/{change_set.pk}/", people["provincial_approver"])
    releasing.decide_set(by=people["provincial_approver"], change_set=change_set, **facts())
    reopened = do(api, f"change-sets/{change_set.pk}/reopen/", people["editor"], {"reason": "Xem lại"}, read["ETag"])
    assert reopened.status_code == 412
    reopened = do(api, f"change-sets/{change_set.pk}/reopen/", people["editor"], {"reason": "Xem lại"})
    assert (reopened.status_code, reopened.json()["code"]) == (409, "wrong_state")
    late = do(api, f"proposals/{proposals['end'].pk}/answer/", people["other_uploader"], {"answer": "agrees"})
    assert (late.status_code, late.json()["code"]) == (403, "not_allowed")


def test_lists_take_as_many_queries_for_one_as_for_many(api, people, decided, proposals, django_assert_max_num_queries):
    appraised(people, proposals)
    api.get("proposals/", people["editor"])
    with django_assert_max_num_queries(12):
        assert len(api.results("proposals/", people["editor"])) == 4
    with django_assert_max_num_queries(10):
        assert len(api.results("change-sets/", people["editor"])) == 1
    assert api.results("change-sets/", people["uploader"]) == []
    assert [row["id"] for row in api.results("proposals/", people["editor"], in_set="false")] == []
    assert api.get("change-sets/", people["editor"], state="open").json()["results"] == []
