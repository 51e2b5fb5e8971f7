"""What the screens of an upload say of results of work."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from importers.kinds.contract import Words

WORDS = Words(
    name=_("Results of work"),
    in_ledger=_("results of work"),
    upload=_("Upload results of work"),
    upload_for=_("Upload results of work of %(agency)s"),
    template=_(
        "Download the template of the period: it holds the work that is assigned, with the officers and the items to "
        "choose from. Fill in what is done, add rows for other work, and upload it here."
    ),
    accepted=(
        _(
            "Work of officers of this agency and of those below it, due in the chosen period. A row that names "
            "assigned work reports on it; any other row gives the work and reports on it."
        ),
        _("What is reported as done waits for confirmation by the manager: a file confirms nothing."),
        _("What is not in the file, and cells left blank, change nothing."),
    ),
    same=_("The file says the same as what is on record"),
    changed_nothing=_("The record already said what the file says."),
    written=_("The file is written: its work is on record"),
    after_writing=_("What is reported as done waits for confirmation by the manager."),
    preview_stale=_("The preview is out of date: work in this file has been written to since"),
    moved=_("Work in this file has been written to since it was checked. Check the file again."),
    missing=_("%(count)s pieces of work of the period are not in the file; they stay as they are."),
    leaves_out_much=_("Work that is not in the file stays as it is."),
    sure=_("%(count)s pieces of work are not in the file."),
    remove=_("Leave them as they are"),
    keep=_("Leave them as they are"),
    were_left=_("were left as they are"),
)
