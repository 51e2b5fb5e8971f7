"""Decided versions never change, so they need not be sent twice."""

import pytest

PATHS = ["", "items/", "items/?group=1&page_size=1", "difference/"]


@pytest.mark.parametrize("path", PATHS)
def test_a_decided_version_is_sent_once(api, world, path):
    address = f"catalogs/thong-ke/versions/2/{path}"
    first = api.get(address)

    again = api.get(address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert world.second.content_hash in first["ETag"]


def test_another_etag_gets_the_answer(api, world):
    assert api.get("catalogs/thong-ke/versions/2/", headers={"If-None-Match": 'W/"old"'}).status_code == 200


def test_the_end_of_a_version_changes_its_etag(api, world, people):
    before = api.get("catalogs/van-phong/versions/1/")["ETag"]

    world.office.effective_to = world.office.effective_from
    world.office.save(update_fields=["effective_to"])

    assert api.get("catalogs/van-phong/versions/1/", headers={"If-None-Match": before}).status_code == 200


def test_a_draft_names_its_state_and_is_always_sent(api, world, people):
    draft, uploader = world.draft, people["uploader"]
    for path in PATHS[:3]:
        address = f"catalogs/thong-ke/versions/3/{path}"
        etag = api.get(address, uploader)["ETag"]
        assert etag == f'"{draft.pk}.{draft.edition}.draft"'
        assert api.get(address, uploader, headers={"If-None-Match": etag}).status_code == 200
    assert "ETag" not in api.get("catalogs/thong-ke/versions/3/difference/", uploader)


def test_an_etag_is_no_way_past_the_door(api, world, people):
    etag = api.get("catalogs/thong-ke/versions/2/")["ETag"]

    response = api.get("catalogs/thong-ke/versions/3/", people["other_uploader"], headers={"If-None-Match": etag})

    assert response.status_code == 404
