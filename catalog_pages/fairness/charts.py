"""What was compared, drawn: the heaviest lists, and the works that are weighed most differently."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from catalog_pages.transparency.figures import Drawing, Figure, FigureColumn
from catalog_pages.transparency.presenters import FigurePresentation, present_figure
from cms.fairness.enums import FindingKind
from cms.fairness.models import FairnessReport

_MOST = 6
_HUNDREDTH = Decimal("0.01")


def charts_of(report: FairnessReport) -> list[FigurePresentation]:
    """Return the charts that have something to show; each says its numbers in a table, too."""
    return [present_figure(figure) for figure in (_works(report), _lists(report)) if figure.rows]


def _works(report: FairnessReport) -> Figure:
    columns = (
        FigureColumn("work", _("Product or work")),
        FigureColumn("ratio", _("Highest by lowest"), "decimal"),
        FigureColumn("least", _("Lowest coefficient"), "decimal"),
        FigureColumn("usual", _("Usual coefficient"), "decimal"),
        FigureColumn("most", _("Highest coefficient"), "decimal"),
        FigureColumn("agencies", _("Agencies"), "number"),
    )
    return Figure(
        code="works", title=_("Works that agencies weigh most differently"),
        summary=_("One bar a work: how many times its lowest coefficient its highest is."),
        columns=columns, drawing=Drawing("work", ("ratio",)),
        rows=tuple(
            (each.name, str(each.ratio.quantize(_HUNDREDTH)), str(each.least), str(each.usual), str(each.most),
             each.agencies)
            for each in report.works.all()[:_MOST]
        ),
    )  # fmt: skip


def _lists(report: FairnessReport) -> Figure:
    heavy = report.findings.filter(kind=FindingKind.LIST).select_related("agency")[:_MOST]
    columns = (
        FigureColumn("agency", _("Agency")),
        FigureColumn("percent", _("Percent of the usual coefficient"), "decimal"),
        FigureColumn("works", _("Works compared"), "number"),
    )
    return Figure(
        code="lists", title=_("Lists that are heavier than others for the same works"),
        summary=_("One bar an agency: the median of its coefficients in percent of the usual ones, of 110 percent on."),
        columns=columns, drawing=Drawing("agency", ("percent",)),
        rows=tuple((each.agency.name, str(each.value.quantize(_HUNDREDTH)), each.compared) for each in heavy),
    )  # fmt: skip
