"""Every write to catalogs. Admin, API, importers, commands and tests all call these."""

from cms.catalogs.actions.columns import confirm_column, refuse_column, save_column
from cms.catalogs.actions.discarding import discard_version
from cms.catalogs.actions.drafting import (
    ItemRow,
    Written,
    edit_details,
    lock_for_edit,
    open_catalog,
    recounted,
    refresh_summary,
    start_version,
    working_version,
    write_rows,
)
from cms.catalogs.actions.filters import remove_board_filter, save_board_filter
from cms.catalogs.actions.items import Fault, add_item, edit_items, fault_of, remove_items
from cms.catalogs.actions.many_items import ItemOperation, Outcome, code_taken, write_items
from cms.catalogs.actions.opinions import give_opinion, remove_opinion_step, save_opinion_step
from cms.catalogs.actions.reminding import (
    ListReminder,
    list_reminders,
    remind_agencies_of_lists,
    remind_of_deadlines,
)
from cms.catalogs.actions.review import (
    accept,
    close_note,
    content_hash,
    decide,
    findings,
    leave_note,
    leave_notes,
    publish_due,
    require_later_day,
    return_to_agency,
    submit,
    version_to_replace,
    withdraw,
)
from cms.catalogs.actions.rounds import save_round
from cms.catalogs.actions.seen import mark_seen
from cms.catalogs.actions.sharing import assign_version, release_version
from cms.catalogs.actions.submitting import submit_changes

__all__ = [
    "Fault",
    "ItemOperation",
    "ItemRow",
    "ListReminder",
    "Outcome",
    "Written",
    "accept",
    "add_item",
    "assign_version",
    "close_note",
    "code_taken",
    "confirm_column",
    "content_hash",
    "decide",
    "discard_version",
    "edit_details",
    "edit_items",
    "fault_of",
    "findings",
    "give_opinion",
    "leave_note",
    "leave_notes",
    "list_reminders",
    "lock_for_edit",
    "mark_seen",
    "open_catalog",
    "publish_due",
    "recounted",
    "refresh_summary",
    "refuse_column",
    "release_version",
    "remind_agencies_of_lists",
    "remind_of_deadlines",
    "remove_board_filter",
    "remove_items",
    "remove_opinion_step",
    "require_later_day",
    "return_to_agency",
    "save_board_filter",
    "save_column",
    "save_opinion_step",
    "save_round",
    "start_version",
    "submit",
    "submit_changes",
    "version_to_replace",
    "withdraw",
    "working_version",
    "write_items",
    "write_rows",
]
