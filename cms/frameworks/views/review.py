"""What an approver sees of a draft that waits: what changed, what its trial said, the whole of it; then yes or no."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.errors import DomainError, WrongState
from cms.frameworks import permissions
from cms.frameworks.actions import confirm_backdating, require_publishable, require_winners, set_confirm_by
from cms.frameworks.applies_to import names_in
from cms.frameworks.conversion import definition_data
from cms.frameworks.difference import compare
from cms.frameworks.effect import is_backdated, notices_before_publishing
from cms.frameworks.enums import TrialState
from cms.frameworks.models import CriteriaFramework, Trial
from cms.frameworks.overlap import overlaps
from cms.frameworks.presenters import describe
from cms.frameworks.trials.shown import headline
from cms.frameworks.views import following
from cms.frameworks.views.editor import refusal_text
from cms.frameworks.views.screens import FrameworkScreen, frameworks_url
from cms.scoring.canonical import content_hash
from cms.scoring.definition import read_definition, write_definition


class ReviewView(FrameworkScreen):
    """One draft that waits for approval."""

    template_name = "frameworks/review.html"
    page_title = gettext_lazy("Approval")

    def may_open(self, request: HttpRequest) -> bool:
        return permissions.can_review(request.user)

    @cached_property
    def draft(self) -> CriteriaFramework:
        """Return the framework as it was submitted."""
        draft: CriteriaFramework = self.framework.get_latest_revision_as_object()
        return draft

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        data = definition_data(self.draft)
        definition, _problems = read_definition(data)
        last = self.framework.versions.order_by("-number").first()
        trial = _trial_of(self.framework, content_hash(write_definition(definition))) if definition else None
        return super().get_context_data(
            task_state=self.framework.current_workflow_task_state,
            last=last,
            changes=compare(last.data, data, **names_in(last.data, data)) if last else [],
            description=describe(definition, **names_in(data)) if definition else None,
            trial=trial,
            headline=headline(json.loads(trial.result), trial.inputs.subject) if trial else "",
            refusal=self._refusal(),
            is_backdated=self._is_backdated(),
            draft=self.draft,
            days=notices_before_publishing(self.framework, definition) if definition else [],
            overlaps=overlaps(self.draft),
            **following.before_publishing(self.request, self.draft, definition),
            is_own_work=permissions.is_own_work(self.person, self.framework),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        act, comment = request.POST.get("act"), request.POST.get("comment", "").strip()
        if act == "reject" and not comment:
            messages.error(request, _("Say why the framework is returned."))
            return redirect(request.path)
        if act == "approve" and self._is_backdated() and not request.POST.get("backdating"):
            messages.error(request, _("Confirm that the framework is to hold for days that are over."))
            return redirect(request.path)
        self._act("approve" if act == "approve" else "reject", comment)
        done = _("“%(name)s” is published.") if act == "approve" else _("“%(name)s” was returned.")
        messages.success(request, done % {"name": self.draft.name})
        return redirect(frameworks_url())

    @transaction.atomic
    def _act(self, act: str, comment: str) -> None:
        task_state = self.framework.current_workflow_task_state
        if task_state is None or act not in {name for name, *_rest in task_state.task.specific.get_actions(
            self.framework, self.person
        )}:  # fmt: skip
            raise WrongState(_("This draft does not wait for you any more."))
        if act == "approve" and self._is_backdated():
            confirm_backdating(by=self.person, draft=self.draft)
        if act == "approve" and (day := following.confirm_by_of(self.request)):
            set_confirm_by(by=self.person, draft=self.draft, day=day)
        task_state.task.specific.on_action(task_state, self.person, act, comment=comment)

    def _is_backdated(self) -> bool:
        definition, _problems = read_definition(definition_data(self.draft))
        return definition is not None and is_backdated(self.draft, definition)

    def _refusal(self) -> SafeString | str:
        try:
            require_publishable(self.draft)
            require_winners(self.draft, by=self.person)
        except DomainError as refusal:
            return refusal_text(self.draft, refusal)
        return ""

    def refused_url(self) -> str:
        return reverse("frameworks:review", args=[self.kwargs["pk"]])


def _trial_of(framework: CriteriaFramework, digest: str) -> Trial | None:
    done = framework.trials.filter(content_hash=digest, state=TrialState.DONE)
    complete_first = done.order_by("-is_complete", "-created_at", "-pk")
    return complete_first.select_related("inputs").defer("inputs__content").first()
