"""Every write of the way in. Browser, command line and API all call these."""

from importers.actions.correcting import correct
from importers.actions.deciding import abandon, commit
from importers.actions.forgetting import forget, remove_strays
from importers.actions.sending import check_again, check_batch, check_upload, refuse_unread, upload
from importers.actions.undoing import plan_undo, undo

__all__ = [
    "abandon",
    "check_again",
    "check_batch",
    "check_upload",
    "commit",
    "correct",
    "forget",
    "plan_undo",
    "refuse_unread",
    "remove_strays",
    "undo",
    "upload",
]
