"""The editors' queue of alike works: one cluster after another, judged by keyboard, and what was judged."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from cms.core.errors import DomainError
from cms.core.numbers import format_decimal_vi
from cms.core.screens import Column, FormScreen, ListScreen, PageScreen, Screen, below, link_to
from cms.curation import actions
from cms.curation.enums import Verdict
from cms.curation.forms import JudgementFilterForm, JudgementForm, NextForm, TakeOverForm
from cms.curation.models import Cluster, Judgement
from cms.curation.permissions import can_curate, can_keep_abbreviations
from cms.curation.queue import first_names, names_judged, show_cluster
from cms.organisations.access import access_for
from cms.users.enums import Role

LIST = ("curation:queue", gettext_lazy("Alike works"))


class QueueScreen(Screen):
    """A screen for those who appraise."""

    opens_to = staticmethod(can_curate)
    header_icon = "copy"
    above: tuple[str, Any] | None = LIST

    def refused_url(self) -> str:
        return reverse(LIST[0])


class QueueListScreen(QueueScreen, ListScreen):
    """The clusters that wait, those of most agencies first, with how far one is and what was judged today."""

    page_title = LIST[1]
    template_name = "curation/queue.html"
    above = None
    empty = gettext_lazy("No works wait for a judgement.")

    def get_queryset(self) -> Any:
        return Cluster.objects.waiting(self.person).select_related("taken_by")

    def buttons(self) -> list[tuple[str, Any]]:
        judged = (reverse("curation:judgements"), _("What was judged"))
        abbreviations = (reverse("curation:abbreviations"), _("Abbreviations"))
        common = (reverse("curation:common"), _("Common list and its members"))
        return [judged, common, abbreviations] if can_keep_abbreviations(self.person) else [judged, common]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        clusters = Cluster.objects.visible_to(self.person)
        totals = clusters.aggregate(pairs=Sum("pairs"), waiting=Sum("open_pairs"))
        today = Judgement.objects.visible_to(self.person).standing().made_on()
        pairs, waiting = totals["pairs"] or 0, totals["waiting"] or 0
        return super().get_context_data(**kwargs) | {
            "pairs": pairs,
            "judged": pairs - waiting,
            "judged_today": today.count(),
            "own_today": today.filter(by=self.person).count(),
        }

    def present(self, rows: list[Cluster]) -> list[Cluster]:
        """Give each cluster its first two names."""
        names = first_names([row.pk for row in rows], self.person)
        for row in rows:
            vars(row)["names"] = names.get(row.pk, ["–"])
        return rows

    def get_columns(self) -> list[Column]:
        return [
            Column("name", _("Names"), _name_cell),
            Column("catalogs", _("Agencies"), classname="td-num"),
            Column("open_pairs", _("Pairs to judge"), classname="td-num"),
            Column("score", _("Likeness"), lambda row: _percent(row.score), classname="td-num"),
            Column("held", _("Taken by"), _holder),
        ]


def _percent(score: Any) -> str:
    return f"{format_decimal_vi((score * 100).quantize(1))} %"


def _name_cell(row: Cluster) -> Any:
    first, *others = vars(row)["names"]
    return format_html('<a href="{}">{}</a>{}', reverse("curation:cluster", args=[row.pk]), first, below(*others))


def _holder(row: Cluster) -> Any:
    return row.taken_by.full_name if row.taken_by and row.is_held else ""


class ClusterScreen(QueueScreen, PageScreen):
    """One cluster: its works side by side, and the judgements, by keyboard or by hand."""

    template_name = "curation/cluster.html"
    page_title = gettext_lazy("The same work?")

    @cached_property
    def cluster(self) -> Cluster:
        """Return the cluster of the address, where the person may judge it."""
        return get_object_or_404(Cluster.objects.visible_to(self.person), pk=self.kwargs["pk"])

    def refused_url(self) -> str:
        return reverse("curation:cluster", args=[self.kwargs["pk"]])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Judge what was ticked, and go on with the next cluster."""
        form = JudgementForm(request.POST)
        if not form.is_valid():
            raise DomainError(" ".join(str(error) for errors in form.errors.values() for error in errors))
        said = dict(form.cleaned_data)
        said.pop("whole")
        judgement = actions.judge(by=self.person, cluster=self.cluster, **said)
        undo = reverse("curation:undo", args=[judgement.pk])
        done = _("Judged: %(verdict)s.") % {"verdict": Verdict(judgement.verdict).label}
        messages.success(request, format_html('{} <a href="{}">{}</a>', done, undo, _("Undo it")))
        return self._go_on()

    def _go_on(self) -> HttpResponseBase:
        left = Cluster.objects.waiting(self.person).filter(pk=self.cluster.pk).first()
        following = left or actions.take_next(by=self.person, after=self.cluster)
        if following is None:
            return redirect(LIST[0])
        return redirect("curation:cluster", following.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "").replace("\x00", "")[:200]
        shown = show_cluster(self.cluster, self.person, self.request.GET.get("p"), words)
        return super().get_context_data(**kwargs) | {
            "cluster": self.cluster,
            "shown": shown,
            "q": words,
            "may_promote": access_for(self.person).has(Role.EDITOR),
            "is_held_by_other": self.cluster.is_held_by_other(self.person),
            "is_held": self.cluster.is_held_by(self.person),
            "verdicts": [each for each in Verdict if each != Verdict.COMMON],
            "waiting_clusters": Cluster.objects.waiting(self.person).count(),
            "judged_today": Judgement.objects.standing().made_on().filter(by=self.person).count(),
        }


class NextScreen(QueueScreen, View):
    """Take the next cluster that waits; the one that one leaves is released."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it, and open it."""
        form = NextForm(request.POST)
        after = form.cleaned_data["after"] if form.is_valid() else None
        cluster = actions.take_next(by=self.person, after=Cluster.objects.filter(pk=after or 0).first())
        if cluster is None:
            messages.success(request, _("No other works wait for a judgement."))
            return redirect(LIST[0])
        return redirect("curation:cluster", cluster.pk)


class ReleaseScreen(QueueScreen, View):
    """Give a cluster back."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Release it, and go back to the list."""
        cluster = get_object_or_404(Cluster.objects.visible_to(self.person), pk=self.kwargs["pk"])
        actions.release(by=self.person, cluster=cluster)
        return redirect(LIST[0])


class TakeOverScreen(QueueScreen, FormScreen):
    """Take a cluster over from whoever has it, with a word to them."""

    page_title = gettext_lazy("Take the cluster over")
    form_class = TakeOverForm
    submit_label = gettext_lazy("Take over")
    serious = True
    explanation = gettext_lazy("The other editor reads your word, and can no longer judge this cluster.")

    @cached_property
    def cluster(self) -> Cluster:
        """Return the cluster of the address, where the person may judge it."""
        return get_object_or_404(Cluster.objects.visible_to(self.person), pk=self.kwargs["pk"])

    @property
    def subject(self) -> str:
        return str(self.cluster)

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        actions.take(by=self.person, cluster=self.cluster, because=form.cleaned_data["because"])
        return redirect("curation:cluster", self.cluster.pk)


class JudgementListScreen(QueueScreen, ListScreen):
    """What was judged, the latest first; each can be undone."""

    page_title = gettext_lazy("What was judged")
    filter_form_class = JudgementFilterForm
    empty = gettext_lazy("Nothing has been judged.")

    def get_queryset(self) -> Any:
        judgements = Judgement.objects.visible_to(self.person)
        if self.narrowed.get("today"):
            judgements = judgements.made_on()
        if self.narrowed.get("own"):
            judgements = judgements.filter(by=self.person)
        if self.narrowed.get("verdict"):
            judgements = judgements.filter(verdict=self.narrowed["verdict"])
        return judgements.annotate(pairs=Count("judged")).select_related("by", "undone_by").order_by("-at", "-pk")

    def present(self, rows: list[Judgement]) -> list[Judgement]:
        """Give each the names of the first pair that it judged."""
        names = names_judged([row.pk for row in rows], self.person)
        for row in rows:
            vars(row)["names"] = names.get(row.pk, ("–", ""))
        return rows

    def is_past(self, row: Judgement) -> bool:
        return row.undone_at is not None

    def get_columns(self) -> list[Column]:
        return [
            Column("names", _("Names"), lambda row: format_html("{}{}", row.names[0], below(row.names[1]))),
            Column("verdict", _("Conclusion"), "get_verdict_display", below=lambda row: below(row.reason)),
            Column("pairs", _("Pairs"), classname="td-num"),
            Column("by", _("Judged by"), "by.full_name"),
            Column("at", _("At")),
            Column("act", _("Undo"), _undo_link, is_for_acts=True),
        ]


def _undo_link(row: Judgement) -> Any:
    if row.undone_at is not None:
        return _("Undone by %(person)s") % {"person": row.undone_by.full_name if row.undone_by else ""}
    return link_to(reverse("curation:undo", args=[row.pk]), _("Undo"), f"{_('Undo')}: {row}")


class UndoScreen(QueueScreen, FormScreen):
    """Take one judgement back."""

    page_title = gettext_lazy("Undo the judgement")
    form_class = forms.Form
    submit_label = gettext_lazy("Undo")
    explanation = gettext_lazy("Its works wait for a judgement again. What was judged later stays as it is.")
    success_message = gettext_lazy("The judgement has been undone.")

    @cached_property
    def judgement(self) -> Judgement:
        """Return the judgement of the address, where the person may see it."""
        return get_object_or_404(Judgement.objects.visible_to(self.person), pk=self.kwargs["pk"])

    @property
    def subject(self) -> str:
        names = names_judged([self.judgement.pk], self.person).get(self.judgement.pk, ("", ""))
        return f"{self.judgement}: {' / '.join(filter(None, names))}"

    def refused_url(self) -> str:
        return reverse("curation:judgements")

    def perform(self, form: forms.BaseForm) -> None:
        actions.undo(by=self.person, judgement=self.judgement)
