"""What the screens of an upload say of a list of officers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from importers.kinds.contract import Words

WORDS = Words(
    name=_("Officers and postings"),
    in_ledger=_("list of officers"),
    upload=_("Upload a list of officers"),
    upload_for=_("Upload the officers of %(agency)s"),
    template=_(
        "Download the template: it holds the officers on record at this agency and below it, with a guide on its first "
        "sheet and the lists of agencies and positions. Fill it in with Excel and upload it here."
    ),
    accepted=(
        _(
            "Columns in any order; the header row is found by itself. Officers of this agency and of those below it; "
            "others are refused row by row."
        ),
        _("Dates of birth, identity and telephone numbers are not needed: such columns are read past and not kept."),
    ),
    same=_("The file says the same as what is on record"),
    changed_nothing=_("The record already said what the file says."),
    written=_("The file is written: its postings are on record"),
    after_writing=_("Open the list of officers to look it through."),
    preview_stale=_("The preview is out of date: officers of this agency have been written to since"),
    moved=_("Officers of this agency have been written to since this file was checked. Check the file again."),
    missing=_("%(count)s postings that hold today are not in the file. What becomes of them?"),
    leaves_out_much=_(
        "Is it the right file? Look at who is missing, then choose: no posting is ended unless you say so."
    ),
    sure=_("I have looked at the %(count)s postings, and they are to be ended."),
    remove=_("End them today"),
    keep=_("Leave them as they are"),
    were_left=_("were left as they are"),
)
