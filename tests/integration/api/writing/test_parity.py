"""Whatever the workbench of the admin can do with catalogs has an address in the API."""

from catalog_pages.admin.urls import urlpatterns as workbench
from tests.authorisation.walker import all_routes, view_class

# Each address of the workbench by name, with the methods and addresses of the API that do the same.
COUNTERPARTS = {
    "overview": "get versions, get agencies, get rounds",
    "open": "post catalog-versions",
    "start": "post catalog-versions",
    "catalog": "get catalog-versions",
    "difference": "get difference",
    "version": "get version, get findings, get remarks",
    "file": "get items-export",
    "details": "patch version",
    "submit": "post submit",
    "withdraw": "post withdraw",
    "return": "post return",
    "accept": "post accept",
    "decide": "post decide",
    "note": "post remarks",
    "items": "get version-items",
    "item_note": "post remarks",
    "item_add": "post version-items",
    "item": "get item, patch item",
    "items_bulk": "post items-bulk",
}
# What the API does not do, and why.
EXCEPTIONS = {
    "next": "leads a person from screen to screen; a program asks versions/?state=submitted",
    "difference_file": "the difference as a file for people; a program reads it as JSON",
}


def test_everything_in_the_workbench_has_a_counterpart():
    names = {pattern.name for pattern in workbench}

    assert names == COUNTERPARTS.keys() | EXCEPTIONS.keys()
    assert not COUNTERPARTS.keys() & EXCEPTIONS.keys()


def test_every_counterpart_is_there():
    views = {route.name: view_class(route.view) for route in all_routes() if route.name.startswith("api_v1:")}
    missing = [
        counterpart
        for said in COUNTERPARTS.values()
        for counterpart in said.split(", ")
        if not _takes(views.get(f"api_v1:{counterpart.partition(' ')[2]}"), counterpart.partition(" ")[0])
    ]

    assert not missing


def _takes(view, method):
    return view is not None and method in view.http_method_names and hasattr(view, method)
