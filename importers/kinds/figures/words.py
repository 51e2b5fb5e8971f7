"""What the screens of an upload say of figures from outside."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from importers.kinds.contract import Words

WORDS = Words(
    name=_("Figures from outside"),
    in_ledger=_("figures from outside"),
    upload=_("Upload figures from outside"),
    upload_for=_("Upload figures from outside of %(agency)s"),
    template=_(
        "Download the template of the period: it holds the figures on record, with the codes of officers, agencies and "
        "indicators to choose from. Add a row for each figure, and upload it here."
    ),
    accepted=(
        _(
            "Results of surveys, marks of coordination and indices (PAR Index, DTI, PCI), each of an officer or of an "
            "agency, with the day of measuring in the chosen period and the source."
        ),
        _("Another figure of the same indicator, subject and day takes the place of the one on record."),
        _("What is not in the file changes nothing."),
    ),
    same=_("The file says the same as what is on record"),
    changed_nothing=_("The record already said what the file says."),
    written=_("The file is written: its figures are on record"),
    after_writing=_("Calculate open periods anew so that results follow."),
    preview_stale=_("The preview is out of date: figures of the period have been recorded since"),
    moved=_("Figures of the period have been recorded or withdrawn since this file was checked. Check the file again."),
    missing=_("%(count)s figures of the period are not in the file; they stay as they are."),
    leaves_out_much=_("Figures that are not in the file stay as they are."),
    sure=_("%(count)s figures are not in the file."),
    remove=_("Leave them as they are"),
    keep=_("Leave them as they are"),
    were_left=_("were left as they are"),
)
