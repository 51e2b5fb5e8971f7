"""Alike works over the API: what texts are like, the editors' queue, judgements, and who reaches what."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.audit.models import AuditEvent
from cms.curation.models import Cluster, Judgement
from cms.organisations.enums import Block
from cms.users.enums import Role
from tests.factories import catalogs, outside
from tests.factories.agencies import make_agency
from tests.factories.curation import make_cluster
from tests.factories.people import make_member
from tests.integration.curation.conftest import OURS, THEIRS, lists, make_list, read

pytestmark = pytest.mark.django_db
__all__ = ["lists"]


@pytest.fixture
def decided(province, people, lists):
    """Return the office's list, decided; that of the statistics office still waits."""
    version = catalogs.decide(catalogs.accept(lists[1], people["editor"]), people["provincial_approver"])
    read()
    return version


def bearer(secret):
    return {"Authorization": f"Bearer {secret}"}


def test_texts_are_told_what_they_are_like_in_lists_in_effect(api, decided, people):
    body = {"works": [{"id": "1", "name": OURS[0]}, {"name": "Trồng cây xanh"}]}

    first, second = api.post("likeness/", body, people["uploader"]).json()["results"]

    (found,) = first["alike"]
    assert (found["name"], found["agency"]["code"], found["list"]) == (THEIRS[0], "van-phong", "other")
    assert found["coefficient"].count(".") == 1 and 0.8 <= float(found["score"]) <= 1
    assert any("viết" in reason for reason in found["reasons"])
    assert (first["id"], first["more"], second["id"], second["alike"]) == ("1", 0, None, [])
    own = api.post("likeness/", body | {"agency": "van-phong"}, people["uploader"]).json()["results"]
    assert own[0]["alike"][0]["list"] == "own"


def test_what_waits_for_its_decision_is_told_to_nobody(api, lists, people):
    answer = api.post("likeness/", {"works": [{"name": OURS[0]}]}, people["uploader"])

    assert answer.json()["results"][0]["alike"] == []


@pytest.mark.parametrize(
    "body",
    [
        {}, {"works": []}, {"works": [{"name": ""}]}, {"works": [{"name": "x" * 2001}]}, {"works": [{"name": 7}]},
        {"works": [{"name": "x"}] * 101}, {"works": [{"name": "x", "group": 0}]}, {"works": [{"nme": "x"}]},
        {"works": [{"name": "x\u202ey"}]},
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(api, people, body):
    answer = api.post("likeness/", body, people["uploader"])

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


def test_a_hundred_texts_take_as_many_queries_as_one(api, decided, people):
    counts = []
    for number in (1, 1, 100):
        with CaptureQueriesContext(connection) as queries:
            api.post("likeness/", {"works": [{"name": OURS[0]}] * number}, people["uploader"])
        counts.append(len(queries))

    assert counts[1] == counts[2]


def test_while_texts_are_read_one_is_asked_to_come_again(api, people, monkeypatch):
    monkeypatch.setattr("cms.curation.asking.known_at_hand", lambda: None)

    answer = api.post("likeness/", {"works": [{"name": "x"}]}, people["uploader"])

    assert (answer.status_code, answer.json()["code"]) == (503, "still_reading") and answer["Retry-After"]


def test_an_editor_works_through_the_queue(api, lists, people):
    editor = people["editor"]
    rows = api.results("clusters/", editor, waiting="true")
    assert {tuple(row["names"]) for row in rows} == {(OURS[0], THEIRS[0]), (OURS[2],)}
    cluster = api.json(next(row["url"] for row in rows if row["texts"] == 2), editor)
    assert [text["name"] for text in cluster["members"]] == [OURS[0], THEIRS[0]]
    assert cluster["members"][1]["reasons"] and not cluster["members"][1]["judged_before"]
    assert cluster["members"][1]["items"][0]["agency"]["code"] == "van-phong"
    path = f"clusters/{cluster['id']}/"

    taken = api.post(f"{path}take/", {}, editor).json()
    assert taken["taken_by"] == str(editor)
    refused = api.post(f"{path}take/", {}, people["approver"])
    assert (refused.status_code, refused.json()["code"]) == (409, "held_by_other")
    said = {"verdict": "same", "edition": cluster["edition"], "reason": "Chỉ khác cách viết tắt"}
    assert api.post(f"{path}judge/", said, people["approver"]).json()["code"] == "held_by_other"
    assert api.post(f"{path}release/", {}, editor).json()["taken_by"] is None

    judged = api.post(f"{path}judge/", said, editor, key="mot").json()
    assert (judged["verdict"], judged["pairs"], judged["names"]) == ("same", 1, [OURS[0], THEIRS[0]])
    assert api.post(f"{path}judge/", said, editor, key="mot").json() == judged
    stale = api.post(f"{path}judge/", said, editor)
    assert (stale.status_code, stale.json()["code"]) == (409, "cluster_changed")
    assert len(api.results("clusters/", editor, waiting="true")) == 1

    undone = api.post(f"judgements/{judged['id']}/undo/", {}, editor).json()
    assert undone["undone_by"] == str(editor)
    again = api.post(f"judgements/{judged['id']}/undo/", {}, editor)
    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")
    assert api.results("judgements/", editor, stands="true") == []
    assert [row["id"] for row in api.results("judgements/", editor, verdict="same")] == [judged["id"]]
    assert api.results("judgements/", editor, on="2020-01-01") == []
    assert AuditEvent.objects.filter(action__startswith="cluster.").count() == 2


@pytest.mark.parametrize(
    "change",
    [{"verdict": "maybe"}, {"edition": -1}, {"edition": None}, {"texts": ["a"]}, {"common": "x"}, {"other": 1}],
)
def test_a_judgement_that_says_nothing_clear_is_refused(api, lists, people, change):
    cluster = Cluster.objects.first()
    said = {"verdict": "same", "edition": cluster.edition} | change

    answer = api.post(f"clusters/{cluster.pk}/judge/", said, people["editor"])

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert not Judgement.objects.exists()


def test_a_common_item_that_is_none_and_works_that_do_not_wait_are_refused(api, lists, people):
    cluster = Cluster.objects.get(members__name=THEIRS[0])
    for change, code in (({"verdict": "common"}, "no_common_item"), ({"texts": [2**62]}, "nothing_waits")):
        said = {"verdict": "same", "edition": cluster.edition} | change
        answer = api.post(f"clusters/{cluster.pk}/judge/", said, people["editor"])
        assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_who_does_not_appraise_finds_nothing(api, lists, people):
    cluster = Cluster.objects.first()
    for role in ("uploader", "provincial_approver", "technical_admin", "nobody"):
        assert api.results("clusters/", people[role]) == api.results("judgements/", people[role]) == []
        api.problem(f"clusters/{cluster.pk}/", 404, people[role])
        assert api.post(f"clusters/{cluster.pk}/judge/", {}, people[role]).status_code == 404
    api.problem("clusters/", 401)
    api.problem(f"clusters/{2**70}/", 404, people["editor"])
    api.problem(f"clusters/{cluster.pk}/", 400, people["editor"], page="0")


def test_an_editor_of_a_part_sees_its_names_alone(api, lists, people, province):
    codes = ("ban-dang", "ban-dang-2")
    party = [make_agency(province.root, code=code, name=code, block=Block.PARTY) for code in codes]
    writers = [make_member(Role.UPLOADER, agency, f"writer-{agency.code}") for agency in party]
    for agency in party:
        make_list(dict(zip(("uploader", "other_uploader"), writers, strict=True)), agency, [OURS[0]])
    read()
    editor = make_member(Role.EDITOR, province.home_affairs, "bien-tap-dang", scope_block=Block.PARTY)

    (row,) = api.results("clusters/", editor)

    assert row["names"] == [OURS[0]]
    (text,) = api.json(row["url"], editor)["members"]
    assert {item["agency"]["code"] for item in text["items"]} == set(codes)


def test_a_program_of_the_province_reads_and_judges_by_its_scopes_and_others_do_not(api, lists, province):
    cluster = Cluster.objects.get(members__name=THEIRS[0])
    said = {"verdict": "different", "edition": cluster.edition}
    _reads, reader = outside.make_client(province.root, ["curation:read"])
    assert len(api.get("clusters/", headers=bearer(reader)).json()["results"]) == 2
    path = f"clusters/{cluster.pk}/judge/"
    refused = api.send("POST", path, said, headers=bearer(reader))
    assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")
    _agency, own = outside.make_client(province.office, ["curation:read", "curation:write"])
    assert api.get("clusters/", headers=bearer(own)).json()["results"] == []
    assert api.send("POST", path, said, headers=bearer(own)).status_code == 404
    asked = {"works": [{"name": OURS[0]}]}
    assert api.send("POST", "likeness/", asked, headers=bearer(own)).status_code == 200
    _blind, other = outside.make_client(province.root, ["catalogs:read"])
    assert api.send("POST", "likeness/", asked, headers=bearer(other)).status_code == 403

    _writes, writer = outside.make_client(province.root, ["curation:write"])
    judged = api.send("POST", path, said, headers=bearer(writer))

    assert judged.json()["verdict"] == "different" and Judgement.objects.get().by.api_client is not None


def test_lists_ask_no_more_for_more_rows(api, lists, people):
    counts = []
    for _time in range(3):
        with CaptureQueriesContext(connection) as queries:
            api.results("clusters/", people["editor"])
        counts.append(len(queries))
        if len(counts) == 2:
            make_cluster("Trồng cây xanh", "Trồng cây xanh đô thị")

    assert counts[1] == counts[2]
