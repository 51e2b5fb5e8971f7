"""Uploads that were sent: their list, one with its verdict and lists, and what can be done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.numbers import read_key
from cms.organisations.models import Agency
from importers import actions
from importers.batches import downloads
from importers.batches.pages import batches_page
from importers.enums import BatchState
from importers.kinds import kind_of
from importers.kinds.catalog.likeness import answer_other_work
from importers.models import ImportBatch
from importers.permissions import agencies_to_upload_for
from importers.screens import presenters
from importers.screens.chosen import ChosenList
from importers.screens.forms import BatchFilterForm, CommitForm
from importers.screens.running import batch_lines, running
from importers.screens.screens import BatchScreen, ImportScreen, only_one

ROWS = 50


class BatchListView(ImportScreen):
    """Uploads, the latest first, of one agency or of all that the person sees."""

    template_name = "importers/batch_list.html"
    page_title = gettext_lazy("Uploads")
    above = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        form = BatchFilterForm(self.request.GET, user=user)
        seen = form.narrow(ImportBatch.objects.visible_to(user)).select_related("agency", "by")
        agency = self._agency()
        if agency is not None:
            seen = seen.filter(agency=agency)
        uploadable = agencies_to_upload_for(user)
        page = batches_page(seen, self.request.GET.get("older", ""), ROWS)
        return super().get_context_data(
            page=page, lines=batch_lines(page.rows), filter_form=form, agency=agency,
            is_narrowed=any(form.data.get(name) for name in form.fields),
            upload_agency=uploadable.filter(pk=agency.pk).first() if agency else only_one(uploadable), **kwargs,
        )  # fmt: skip

    def _agency(self) -> Agency | None:
        chosen = self.request.GET.get("agency", "")
        if not read_key(chosen):
            return None
        user = self.request.user
        seen = Q(pk__in=agencies_to_upload_for(user).values("pk"))
        seen |= Q(pk__in=ImportBatch.objects.visible_to(user).values("agency"))
        agency: Agency = get_object_or_404(Agency.objects.filter(seen), pk=chosen)
        return agency


class BatchView(BatchScreen):
    """An upload: what was found in it, what it would change, and what can be done with it."""

    def get_page_title(self) -> str:
        return self.batch.file_name

    def get_template_names(self) -> list[str]:
        """Show progress while the file is being checked or written."""
        at_work = self.batch.state == BatchState.CHECKING or self.batch.is_being_written
        return ["importers/at_work.html" if at_work else "importers/batch.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the verdict and one page of the chosen list."""
        batch, user = self.batch, self.request.user
        choices = presenters.choices(user, batch)
        seen = batch.checked_at.isoformat() if batch.checked_at else ""
        kind = kind_of(batch)
        return super().get_context_data(
            batch=batch, banner=presenters.banner(batch), choices=choices,
            form=CommitForm(initial={"seen": seen}, batch=batch, words=kind.words),
            words=kind.words, is_whole=kind.is_whole, links=kind.links(batch), compared_with=kind.compared_with(batch),
            missing_question=presenters.missing_question(batch), left_out=presenters.left_out(batch),
            may_upload=agencies_to_upload_for(user, batch.kind).filter(pk=batch.agency_id).exists(),
            kept=presenters.rows_left(batch), layout=presenters.layout_name(batch),
            running=running(batch), passed_by=presenters.passed_by(batch),
            template=presenters.template_name(batch),
            **ChosenList(batch, self.request.GET, self.person, choices.correct).context(), **kwargs,
        )  # fmt: skip


class ProgressView(BatchScreen):
    """How far an upload at work has come, for the script that keeps a bar moving."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return ``running`` with how far, else what it has come to in ``headline``."""
        batch, now = self.batch, running(self.batch)
        if now is None:
            return JsonResponse({"running": False, "headline": presenters.banner(batch).headline})
        steps = {step.key: step.place for step in now.steps}
        return JsonResponse({"running": True, "sentence": now.sentence, "percent": now.percent, "steps": steps})


class CommitView(BatchScreen):
    """Confirm an upload."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Write what was previewed, or have it written; the upload's page then shows how that goes."""
        batch = self.batch
        form = CommitForm(request.POST, batch=batch, words=kind_of(batch).words)
        for sentences in form.errors.values():
            messages.error(request, str(sentences[0]))
        if form.is_valid():
            missing, seen = form.cleaned_data["missing"], form.cleaned_data["seen"]
            batch = actions.confirm(by=self.person, batch=batch, missing=missing, seen=seen)
            if batch.state == BatchState.COMMITTED:
                messages.success(request, presenters.banner(batch).headline)
        return redirect("importers:batch", pk=batch.pk)


class AbandonView(BatchScreen):
    """Drop an upload."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Drop it, and lead to the form for the next."""
        batch = actions.abandon(by=self.person, batch=self.batch)
        messages.success(request, _("The upload was abandoned; nothing was written."))
        return redirect("importers:upload_kind", agency_pk=batch.agency_id, kind=batch.kind)


class AnotherWorkView(BatchScreen):
    """Say that a row is another work than those that it is like."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Remember it, and lead back to the preview."""
        answer_other_work(by=self.person, agency=self.batch.agency, values=request.POST)
        messages.success(request, _("Remembered: it is another work."))
        return redirect("importers:batch", pk=self.batch.pk)


class CheckAgainView(BatchScreen):
    """Check the same bytes against what the catalog is now."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actions.check_again(by=self.person, batch=self.batch)
        return redirect("importers:batch", pk=self.batch.pk)


class OriginalView(BatchScreen):
    """The bytes as they came, never shown by the browser itself (security, T6)."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return downloads.original(self.batch)


class MarkedView(BatchScreen):
    """The sender's own file with its bad cells coloured and commented (the import contract, promise 3)."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return downloads.marked(self.batch)
