"""What an upload of results of work brings along (ADR 70)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from importers.kinds.contract import Kind, Offer
from importers.kinds.results import compare, show, store, template, undo
from importers.kinds.results.check import check
from importers.kinds.results.check.codes import CODES
from importers.kinds.results.check.layout import LAYOUT, LAYOUTS
from importers.kinds.results.words import WORDS

OFFER = Offer(
    LAYOUT.code, _("Results of work"),
    _("With the work of the period as it stands, and the codes of officers and items."),
)  # fmt: skip

KIND = Kind(
    code="results",
    words=WORDS,
    check=check,
    codes=CODES,
    base_of=compare.base_of,
    has_period=True,
    layouts=lambda: LAYOUTS,
    context=compare.context_for,
    offers=(OFFER,),
    template_name="ket-qua",
    template_sheets=frozenset((template.OFFICERS, template.ITEMS)),
    write_template=template.write_template,
    target_of=show.target_of,
    store=store.store,
    plan_undo=undo.plan,
    undo=undo.undo,
    show=show.ResultsShowing,
    compared_with=show.compared_with,
    links=show.links,
    is_personal=True,
    is_own=True,
    is_whole=False,
    compares_rows=True,
)
