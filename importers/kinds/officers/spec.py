"""What an upload of officers brings along."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from importers.kinds.contract import Kind, Offer
from importers.kinds.officers import compare, show, store, template, undo
from importers.kinds.officers.check import check
from importers.kinds.officers.check.codes import CODES
from importers.kinds.officers.check.layout import LAYOUT, LAYOUTS
from importers.kinds.officers.words import WORDS

OFFER = Offer(
    LAYOUT.code, _("List of officers"),
    _("With the officers on record at this agency and below it, and the codes of agencies and positions."),
)  # fmt: skip

KIND = Kind(
    code="officers",
    words=WORDS,
    check=check,
    codes=CODES,
    base_of=compare.base_of,
    layouts=lambda: LAYOUTS,
    context=compare.context_for,
    offers=(OFFER,),
    template_name="cong-chuc",
    template_sheets=frozenset((template.AGENCIES, template.POSITIONS)),
    write_template=template.write_template,
    store=store.store,
    plan_undo=undo.plan,
    undo=undo.undo,
    show=show.OfficersShowing,
    compared_with=show.compared_with,
    links=show.links,
    is_personal=True,
)
