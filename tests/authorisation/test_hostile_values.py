"""Whatever is written into an address or a body, nobody gets an internal error from a page or operation of ours."""

from itertools import product

import pytest

from tests.authorisation.addresses import address, possible_relations
from tests.authorisation.asking import undone
from tests.authorisation.test_garbage import looked_up
from tests.authorisation.walker import all_routes, view_class
from tests.hostile import BODIES, CURSORS, QUERIES

pytestmark = pytest.mark.one_database("the fuzz asks both databases by numbers and texts of this kind")

CURSOR_NAMES = ("sau", "truoc", "after", "before")
# Names of one group hide nothing from one another: none of them refuses what it does not understand.
PUBLIC_NAMES = (("q", "loai", "khoi", "linh-vuc", "nhom"), ("ngay",), ("tu", "den"), ("sap-xep",))
SCREEN_NAMES = (
    ("p", "q", "kind", "state", "late", "agency", "column", "finding", "group", "actor", "since", "until", "role"),
)
IN_BODIES = {"Idempotency-Key": "mot-lan", "If-Match": "*"}


def _places(world, *beginnings):
    """Return the addresses of routes that read something which is there."""
    for route in all_routes():
        if route.name.startswith(beginnings):
            relations = possible_relations(route)
            relation = next((name for name in ("public", "own", "thing", "-") if name in relations), None)
            if relation:
                yield route, address(route, relation, world)


def _status(client, method, where, **sent):
    client.raise_request_exception = False
    with undone():
        response = client.generic(method, where, **sent)
        if response.streaming:
            b"".join(response.streaming_content)
    return response.status_code


def _asked(client, where, cursor_names, cursors, groups, queries):
    """Yield addresses with each cursor, and with each value under all the names of a group, that a page looks for."""
    with looked_up() as looked_for:
        _status(client, "GET", where)
    for name, value in product(looked_for.intersection(cursor_names), cursors):
        yield f"{where}?{name}={value}"
    for names, value in product((names for names in groups if looked_for.intersection(names)), queries):
        yield where + "?" + "&".join(f"{name}={value}" for name in names)


def _broken(client, addresses):
    return [where[:200] for where in addresses if _status(client, "GET", where) >= 500]


def test_a_stranger_breaks_no_public_page(world):
    client, broken, asked = world.clients["anonymous"], [], 0
    for _route, where in _places(world, "page.", "open_data:"):
        addresses = [*_asked(client, where, CURSOR_NAMES[:2], CURSORS, PUBLIC_NAMES, QUERIES[::3])]
        asked += len(addresses)
        broken += _broken(client, addresses)

    assert asked > 400
    assert not broken, "\n".join(broken)


def test_a_stranger_breaks_no_list_of_the_api_by_a_cursor(world):
    client, broken, lists = world.clients["anonymous"], [], 0
    for route, where in _places(world, "api_v1:"):
        pages = getattr(view_class(route.view), "pagination_class", None)
        names = sorted(getattr(pages, "parameter_names", frozenset()) & set(CURSOR_NAMES))
        lists += bool(names)
        broken += _broken(client, _asked(client, where, names, CURSORS, (), ()))

    assert lists >= 12
    assert not broken, "\n".join(broken)


def test_an_editor_breaks_no_screen_of_ours(world):
    client, broken, asked = world.clients["editor"], [], 0
    for route, where in _places(world, "catalogs:", "audit:", "importers:", "organisations:", "frameworks:", "rounds:"):
        if not route.takes("GET") or _status(client, "GET", where) != 200:
            continue
        asked += 1
        broken += _broken(client, _asked(client, where, CURSOR_NAMES[2:], CURSORS[::8], SCREEN_NAMES, QUERIES[::4]))

    assert asked > 20
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("role", ["anonymous", "uploader", "editor"])
def test_nobody_breaks_an_operation_by_its_body(world, role):
    client, broken = world.clients[role], []
    for route, where in _places(world, "api_v1:"):
        methods = [method for method in ("POST", "PATCH") if route.takes(method)]
        for method, body in product(methods, BODIES):
            sent = {"data": body, "content_type": "application/json", "headers": IN_BODIES}
            if _status(client, method, where, **sent) >= 500:
                broken.append(f"{method} {where} {body[:40]!r}")

    assert not broken, "\n".join(broken)
