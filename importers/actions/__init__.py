"""Every write of the way in. Browser, command line and API all call these."""

from importers.actions.confirming import confirm, write_upload
from importers.actions.correcting import correct
from importers.actions.deciding import abandon, commit
from importers.actions.forgetting import forget, remove_strays
from importers.actions.mapping import change_mapping, forget_mapping, map_columns
from importers.actions.sending import check_again, check_batch, check_upload, refuse_unread, turn_away, upload
from importers.actions.undoing import plan_undo, undo
from importers.kinds.catalog.discard import discard_version

__all__ = [
    "abandon",
    "change_mapping",
    "check_again",
    "check_batch",
    "check_upload",
    "commit",
    "confirm",
    "correct",
    "discard_version",
    "forget",
    "forget_mapping",
    "map_columns",
    "plan_undo",
    "refuse_unread",
    "remove_strays",
    "turn_away",
    "undo",
    "upload",
    "write_upload",
]
