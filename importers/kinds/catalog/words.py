"""What the screens of an upload say of a catalog."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from importers.enums import MissingItems
from importers.kinds.contract import Words

WORDS = Words(
    name=_("Catalog"),
    in_ledger=_("list of products and works"),
    upload=_("Upload a catalog"),
    upload_for=_("Upload the catalog of %(agency)s"),
    template=_(
        "Download the template: it holds the agency's current items, with a guide on its first sheet. Fill it in with "
        "Excel and upload it here."
    ),
    accepted=(
        _(
            "The template of this system, the Ministry's handbook layout, or the commune's short form. The header row "
            "is found by itself."
        ),
    ),
    same=_("The file says the same as the catalog"),
    changed_nothing=_("The catalog already said what the file says."),
    written=_("The file is written into the catalog"),
    after_writing=_("It is still a draft: open the version, look it through, then submit it."),
    preview_stale=_("The preview is out of date: the catalog has changed since"),
    moved=_("The catalog has changed since this file was checked. Check the file again."),
    missing=_("%(count)s items of the current version are not in the file. What becomes of them?"),
    leaves_out_much=_(
        "Is it the right file? Look at what is missing, then choose: nothing is taken out unless you say so."
    ),
    sure=_("I have looked at the %(count)s items, and they are to be taken out."),
    remove=MissingItems.REMOVE.label,
    keep=MissingItems.KEEP.label,
    were_left=_("were kept"),
)
