"""What an upload of a catalog brings along."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from importers.kinds.catalog import compare, likeness, show, store, target, template, undo
from importers.kinds.catalog.check import check
from importers.kinds.catalog.check.codes import CODES
from importers.kinds.catalog.check.layouts import COMMUNE, HANDBOOK, PLATFORM
from importers.kinds.catalog.words import WORDS
from importers.kinds.contract import Kind, Offer

OFFERS = (
    Offer(
        PLATFORM.code, _("The platform's own template"),
        _("With codes, fields of work, units and all other columns. Take this one unless you are told otherwise."),
    ),
    Offer(
        HANDBOOK.code, _("The Ministry's handbook"),
        _("With sections by field of work and the four scores, no codes: for lists kept as the handbook has them."),
        "so-tay",
    ),
    Offer(
        COMMUNE.code, _("The commune's short form"),
        _("With codes, outputs, groups and coefficients alone: for communes and wards."),
        "mau-ngan",
    ),
)  # fmt: skip

KIND = Kind(
    code="catalog",
    words=WORDS,
    check=check,
    codes=CODES,
    base_of=compare.base_of,
    layouts=compare.understood_layouts,
    context=compare.context_for,
    offers=OFFERS,
    template_name="danh-muc",
    write_template=template.write_template,
    target_of=target.target_of,
    related=target.RELATED,
    keep_base=target.keep_base,
    same_target=target.same_target,
    outdated=compare.outdated,
    store=store.store,
    plan_undo=undo.plan,
    undo=undo.undo,
    show=show.CatalogShowing,
    questions=likeness.questions,
    compared_with=show.compared_with,
    links=show.links,
    blocking_reason=store.blocking_reason,
)
