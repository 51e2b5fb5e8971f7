"""Whatever the admin can do with catalogs, versions and uploads has an address in the API."""

from catalog_pages.admin.urls import urlpatterns as workbench
from importers.urls import urlpatterns as uploads
from tests.authorisation.walker import all_routes, view_class

# Each address of the workbench, and of uploads, by name, with the methods and addresses of the API that do the same.
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
    "opinion": "post opinion",
    "note": "post remarks",
    "items": "get version-items",
    "item_note": "post remarks",
    "item_add": "post version-items",
    "item": "get item, patch item",
    "items_bulk": "post items-bulk",
    "batch_list": "get imports",
    "upload": "post imports",
    "upload_kind": "post imports",
    "template": "get import-template",
    "template_kind": "get import-template",
    "batch": "get import, get import-errors, get import-warnings, get import-notes, get import-rows",
    "progress": "get import",
    "commit": "post import-commit",
    "abandon": "post import-abandon",
    "check_again": "post import-check-again",
    "correct": "get import-corrections, post import-corrections",
    "columns": "get import-columns, post import-columns",
    "mappings": "get mappings, patch mapping, delete mapping",
    "discard": "delete version",
    "undo": "get import-undo, post import-undo",
    "marked": "get import-marked",
    "original": "get import-original",
}
# What the API does not do, and why.
EXCEPTIONS = {
    "column_proposal": "added columns are kept by people on screens alone; a program reads them",
    "proposal_take": "a person takes what officers propose, on the form of the new item; a program writes the item",
    "close_note": "who appraises reads notes beside their items; accepting over the API closes what is open",
    "next": "leads a person from screen to screen; a program asks versions/?state=submitted",
    "unnamed_positions": "held against the staff list, which is people's to read on screens",
    "undone_items": "the same, item by item",
    "steps": "the steps of blocks are kept by people on screens alone",
    "step_add": "the same",
    "step_edit": "the same",
    "step_remove": "the same",
    "board": "who reads which list, reminders and kept filters are people's; a program asks versions/",
    "decisions": "one decision for many lists is brought by people, with its signed document; a program decides each",
    "decision_add": "the same",
    "decision": "the same",
    "decision_file": "the same",
    "read": "a way to read items one after the other; a program reads the version's items and writes remarks",
    "read_item": "the same",
    "read_notes": "the same",
    "promote": "what enters the common list is chosen by people, beside what they judge",
    "take_over": "a person takes items of the common list into a draft; a program writes them as its own",
    "items_alike": "a person is asked while writing whether the work is known",
    "another_work": "the same, beside rows of an upload",
    "choose_agency": "leads a person to a form; a program names the agency with the file",
    "difference_file": "the difference as a file for people; a program reads it as JSON",
}


def test_everything_in_the_admin_has_a_counterpart():
    names = {pattern.name for pattern in (*workbench, *uploads)}

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
