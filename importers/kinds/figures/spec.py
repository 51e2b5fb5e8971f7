"""What an upload of figures from outside brings along (ADR 95)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from importers.kinds.contract import Kind, Offer
from importers.kinds.figures import compare, show, store, template
from importers.kinds.figures.check import check
from importers.kinds.figures.check.codes import CODES
from importers.kinds.figures.check.layout import LAYOUT, LAYOUTS
from importers.kinds.figures.words import WORDS

OFFER = Offer(
    LAYOUT.code, _("Figures from outside"),
    _("With the figures of the period on record, and the codes of officers, agencies and indicators."),
)  # fmt: skip

KIND = Kind(
    code="figures",
    words=WORDS,
    check=check,
    codes=CODES,
    base_of=compare.base_of,
    has_period=True,
    layouts=lambda: LAYOUTS,
    context=compare.context_for,
    knows_sender=True,
    offers=(OFFER,),
    template_name="so-lieu-ben-ngoai",
    template_sheets=frozenset((template.OFFICERS, template.AGENCIES, template.INDICATORS)),
    write_template=template.write_template,
    target_of=show.target_of,
    store=store.store,
    plan_undo=store.plan_undo,
    undo=store.undo,
    show=show.FiguresShowing,
    compared_with=show.compared_with,
    links=show.links,
    is_personal=True,
    is_whole=False,
)
