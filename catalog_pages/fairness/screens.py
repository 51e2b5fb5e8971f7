"""What stands out among coefficients: charts, the list of findings, the items of one work, and a note in one act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.generic import View

from catalog_pages.fairness.charts import charts_of
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.catalogs.permissions import can_appraise
from cms.core.numbers import format_decimal_vi
from cms.core.screens import Column, ListScreen, Screen, below, link_to
from cms.curation.models import WorkText
from cms.fairness import actions, permissions
from cms.fairness.enums import FindingKind
from cms.fairness.models import STEPS, ComparedWork, FairnessFinding, FairnessReport
from cms.organisations.enums import Block


class FindingFilterForm(forms.Form):
    """Which findings are listed."""

    # An item's panel leads to its findings.
    item = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_lazy("Finding"), required=False)
    block = forms.ChoiceField(label=_lazy("Block"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("All"))]
        self.fields["kind"].choices = [*every, *FindingKind.choices]  # type: ignore[attr-defined]
        self.fields["block"].choices = [*every, *Block.choices]  # type: ignore[attr-defined]


class FairnessScreen(Screen):
    """What the screens share: who is let in, and where a refusal leads back to."""

    opens_to = staticmethod(permissions.can_compare)
    header_icon = "table"
    above: tuple[str, Any] | None = ("fairness:findings", _lazy("Fairness of coefficients"))

    @cached_property
    def report(self) -> FairnessReport | None:
        """Return the newest comparison."""
        return FairnessReport.objects.select_related("asked_by").first()


class FairnessView(FairnessScreen, ListScreen):
    """What was found, the furthest from the usual first, below two charts."""

    page_title = _lazy("Fairness of coefficients")
    template_name = "catalog_pages/fairness/findings.html"
    above = None
    filter_form_class = FindingFilterForm
    empty = _lazy("Nothing stands out.")

    def get_queryset(self) -> QuerySet[FairnessFinding]:
        if self.report is None:
            return FairnessFinding.objects.none()
        found = FairnessFinding.objects.filter(report=self.report).worked_on_by(self.person)
        if kind := self.narrowed.get("kind"):
            found = found.filter(kind=kind)
        if item := self.narrowed.get("item"):
            found = found.filter(item=item)
        if block := self.narrowed.get("block"):
            found = found.filter(agency__block=block)
        return found.select_related("agency", "item", "work", "version__catalog__agency")

    def get_columns(self) -> Sequence[Column]:
        return [
            Column("agency", _lazy("Agency"), "agency.name"),
            Column("item", _lazy("Product or work"), _subject, classname="td-sentence"),
            Column(
                "finding", _lazy("Finding"), lambda each: each.sentence, classname="td-sentence",
                below=lambda each: below(each.get_kind_display()),
            ),
            Column("acts", _lazy("Act"), self._acts, is_for_acts=True),
        ]  # fmt: skip

    def _acts(self, finding: FairnessFinding) -> Any:
        if not can_appraise(self.person, finding.version):
            return ""
        about = finding.item.code if finding.item else finding.agency.name
        return format_html(
            '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
            '<button class="button button-small button-secondary" type="submit" aria-label="{}">{}</button></form>',
            reverse("fairness:note", args=[finding.pk]), get_token(self.request),
            _("Make it a note: %(about)s") % {"about": about}, _("Make it a note"),
        )  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Whoever narrows or turns pages looks at the list.
        charts = charts_of(self.report) if self.report and not self.request.GET else []
        return super().get_context_data(report=self.report, charts=charts, steps=STEPS, **kwargs)


def _subject(finding: FairnessFinding) -> Any:
    """Return the item with its code, or the version of a whole list; each leads to its screen."""
    if finding.item is None:
        return link_to(
            reverse("catalogs:version", args=[finding.version_id]), _("The whole list"), str(finding.version)
        )
    item = link_to(reverse("catalogs:item", args=[finding.version_id, finding.item_id]), finding.item.name)
    if finding.work is None:
        return format_html("{}{}", item, below(finding.item.code))
    others = link_to(
        reverse("fairness:work", args=[finding.work_id]), _("the same work at other agencies"), finding.work.name
    )
    unjudged = "" if finding.work.is_judged else _("not judged yet")
    return format_html("{}{}", item, below(finding.item.code, others, unjudged))


class WorkView(FairnessScreen, ListScreen):
    """The items that are one work, as agencies weigh them, the heaviest first."""

    empty = _lazy("None of these items is in a list that you appraise.")

    @cached_property
    def work(self) -> ComparedWork:
        """Return the work of the address, while what was compared is kept."""
        return get_object_or_404(ComparedWork.objects.filter(report=self.report), pk=self.kwargs["compared_work_pk"])

    def get_page_title(self) -> str:
        return _("The same work")

    def get_page_subtitle(self) -> str:
        return self.work.name if self.work.is_judged else f"{self.work.name} · {_('not judged yet')}"

    def buttons(self) -> list[tuple[str, Any]]:
        """Lead to where it is judged whether these are one work."""
        texts = WorkText.objects.filter(uses__item__in=self.work.members.values("item"), cluster__isnull=False)
        cluster = None if self.work.is_judged else texts.order_by("pk").values_list("cluster", flat=True).first()
        return [(reverse("curation:cluster", args=[cluster]), _("Judge whether it is one work"))] if cluster else []

    def get_queryset(self) -> QuerySet[CatalogItem]:
        items = CatalogItem.objects.filter(pk__in=self.work.members.values("item"))
        items = items.filter(version__in=CatalogVersion.objects.worked_on_by(self.person))
        return items.select_related("version__catalog__agency").order_by("-coefficient", "pk")

    def get_columns(self) -> Sequence[Column]:
        usual = self.work.usual
        return [
            Column("agency", _lazy("Agency"), "version.catalog.agency.name"),
            Column(
                "name", _lazy("Product or work"), classname="td-sentence", below=lambda each: below(each.code),
                accessor=lambda each: link_to(reverse("catalogs:item", args=[each.version_id, each.pk]), each.name),
            ),
            Column("output", _lazy("Output"), "output"),
            Column("group", _lazy("Complexity group"), "group"),
            Column(
                "coefficient", _lazy("Coefficient"), lambda each: format_decimal_vi(each.coefficient),
                below=lambda each: below(_("the usual one") if each.coefficient == usual else ""),
            ),
            Column("hours", _lazy("Standard hours"), lambda each: format_decimal_vi(each.hours) if each.hours else ""),
        ]  # fmt: skip


class CompareView(FairnessScreen, View):
    """Have coefficients compared anew."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        actions.compare_coefficients(by=self.person)
        return redirect("fairness:findings")


class FindingNoteView(FairnessScreen, View):
    """Make a finding a note on its item."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, finding_pk: int) -> HttpResponseBase:
        found = FairnessFinding.objects.worked_on_by(self.person).select_related("item", "version")
        finding = get_object_or_404(found, pk=finding_pk)
        remark = actions.leave_finding_note(by=self.person, finding=finding)
        about = remark.item_code or finding.version
        messages.success(request, _("The finding is now a note on %(about)s.") % {"about": about})
        return redirect("fairness:findings")
