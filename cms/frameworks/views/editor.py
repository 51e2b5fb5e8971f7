"""Wagtail's list and editor with what frameworks need: search, a first filling, problems told before submission."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.views.generic.mixins import RevisionsRevertMixin
from wagtail.snippets.views import snippets
from wagtail.utils.decorators import xframe_options_sameorigin_override

from cms.core.errors import DomainError
from cms.frameworks import permissions
from cms.frameworks.actions import note_brought_back, require_publishable
from cms.frameworks.conversion import definition_data, fill, places
from cms.frameworks.errors import NotPublishable
from cms.frameworks.messages import described
from cms.frameworks.models import CriteriaFramework, FrameworkQuerySet
from cms.frameworks.views import buttons
from cms.scoring import shipped
from cms.scoring.definition import write_definition
from cms.scoring.definition.words import STAFF
from cms.scoring.problems import Problem

# What leads to a version, now or after approval: these ask first whether the draft may become one.
_TOWARDS_A_VERSION = ("submit", "publish", "restart-workflow")


class FrameworkIndexView(snippets.IndexView):
    """The list: searched without diacritics, no acts on many rows at once."""

    is_searchable = True

    @cached_property
    def columns(self) -> list[Any]:
        """Return the columns without Wagtail's ticks for bulk actions: each framework is judged by itself."""
        return [each for each in super().columns if each.name != "bulk_actions"]

    def search_queryset(self, queryset: FrameworkQuerySet) -> FrameworkQuerySet:
        """Return the frameworks that hold every word that was typed."""
        return queryset.search(self.search_query) if self.is_searching else queryset

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Return the button that adds a framework; for heads of agencies the one that makes their own."""
        return super().header_buttons or buttons.beside_list(self.request.user)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Return the other ways in which an editor begins a framework."""
        user = self.request.user
        more = buttons.beside_list(user) if permissions.can_add(user) else []
        return [*super().header_more_buttons, *more]

    def get_copy_url(self, instance: CriteriaFramework) -> str | None:
        """Return the address of our own screen: a copy begins with its code and name."""
        return _copy_url(self.request.user, instance)

    def get_list_more_buttons(self, instance: CriteriaFramework) -> list[Any]:
        """Return Wagtail's buttons of a row and those to the screens beside the editor."""
        is_published = instance.latest_version is not None
        return [
            *super().get_list_more_buttons(instance),
            *buttons.about(instance, self.request.user, is_published=is_published),
        ]


class _ReportsProblems:
    """A draft that cannot become a version is saved as it is, and everything that is wrong with it is told on top."""

    action: str
    actions: list[str]
    object: CriteriaFramework
    request: Any

    def run_action_method(self) -> HttpResponse | None:
        """Submit or publish what was saved, or say why not and leave it a draft."""
        if self.action in _TOWARDS_A_VERSION and (refused := _refusal(self.object)):
            self.action = self.actions[0]
            messages.error(self.request, refused)
            return None
        response: HttpResponse | None = super().run_action_method()  # type: ignore[misc]
        return response

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer the form; what the actions refuse is said in a sentence."""
        try:
            response: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
            return response
        except DomainError as refusal:
            messages.error(request, str(refusal))
        except MultiValueDictKeyError:
            # Wagtail's blocks are put into the form by a script, and are read as if they were always sent.
            messages.error(request, _("The form came without its blocks. Nothing was saved: fill it in again here."))
        return redirect(request.path)


class FrameworkCreateView(_ReportsProblems, snippets.CreateView):
    """Add a framework; the tabs begin with what the decree says, or what ``?from=`` names."""

    def get_initial_form_instance(self) -> CriteriaFramework:
        """Return a framework that is filled but for its name, code and days."""
        framework = CriteriaFramework(created_by=self.request.user)
        chosen = self.request.GET.get("from", "")
        definition = shipped.load(chosen if chosen in shipped.codes() else shipped.default_for(STAFF))
        begun = {"code": "", "name": "", "effective_from": None, "effective_to": None}
        fill(framework, write_definition(definition) | begun)
        return framework


class FrameworkEditView(_ReportsProblems, snippets.EditView):
    """Change a draft."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Return Wagtail's buttons and those to the screens beside the editor."""
        is_published = self.object.versions.exists()
        return [
            *super().header_more_buttons,
            *buttons.about(self.object, self.request.user, is_published=is_published),
        ]

    def get_copy_url(self) -> str | None:
        """Return the address of our own screen."""
        return _copy_url(self.request.user, self.object)


class FrameworkRevertView(RevisionsRevertMixin, FrameworkEditView):
    """Bring an earlier draft back; whoever wrote that one wrote this."""

    view_name = "revisions_revert"

    def save_instance(self) -> CriteriaFramework:
        """Save it as the next draft."""
        framework: CriteriaFramework = super().save_instance()
        note_brought_back(framework=framework, revision=self.revision)
        return framework


class FrameworkPreviewView(snippets.PreviewOnEditView):
    """The form as an officer will see it: what stands in the editor, or the draft as it was saved."""

    permission_required = "view"

    @method_decorator(xframe_options_sameorigin_override)
    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the saved draft where nothing was sent from the editor yet; Wagtail would show an error."""
        if self.get_form_state_queryset().exists():
            answer: HttpResponse = super().get(request, *args, **kwargs)
            return answer
        mode = request.GET.get("mode", self.object.default_preview_mode)
        saved: HttpResponse = self.object.make_preview_request(request, mode, self.get_extra_request_attrs())
        return saved


class FrameworkWorkflowActionView(snippets.WorkflowActionView):
    """Approve a draft or return it; what the gate refuses is told, and the draft goes on waiting."""

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().post(request, *args, **kwargs)
            return response
        except DomainError as refusal:
            messages.error(request, refusal_text(self.object.get_latest_revision_as_object(), refusal))
            return redirect(self.redirect_url)


def refusal_text(framework: CriteriaFramework, refusal: DomainError) -> SafeString | str:
    """Return a refusal as the editor shows it: a sentence, or the problems with links to their blocks."""
    return problem_list(framework, refusal.problems) if isinstance(refusal, NotPublishable) else str(refusal)


def _copy_url(user: Any, framework: CriteriaFramework) -> str | None:
    return reverse("frameworks:copy", args=[framework.pk]) if permissions.can_add(user) else None


def _refusal(framework: CriteriaFramework) -> SafeString | str:
    """Return why the draft cannot become a version, nothing where it can."""
    try:
        require_publishable(framework)
    except DomainError as refusal:
        return refusal_text(framework, refusal)
    return ""


def problem_list(framework: CriteriaFramework, problems: tuple[Problem, ...]) -> SafeString:
    """Return the problems as a list, each with a link to the block that it speaks of."""
    blocks = places(framework)
    heading = ngettext(
        "The framework cannot be published yet: %(count)s thing to mend.",
        "The framework cannot be published yet: %(count)s things to mend.",
        len(problems),
    ) % {"count": len(problems)}
    rows = [
        (_target(blocks, each["path"]), each["place"], each["message"])
        for each in described(problems, definition_data(framework))
    ]
    items = format_html_join("", '<li><a href="#{}" data-fw-place>{}</a>: {}</li>', rows)
    return format_html('{}<ul class="fw-problems">{}</ul>', heading, items)


# What stands on the screen for a part of the definition that has no block of its own.
_FIELDS = {
    "legal_basis": "basis",
    "sections": "sections",
    "classification": "classification",
    "applies_to": "id_subject",
    "open_to_agencies": "id_open_sections",
    "overridable": "id_overridable",
    "code": "id_code",
    "effective_from": "id_effective_from",
    "effective_to": "id_effective_to",
}
_RULES = ("work", "periods", "rounding", "procedure")


def _target(blocks: dict[str, str], path: str) -> str:
    """Return the id of the nearest element on the screen that stands for the path."""
    root = re.split(r"[.\[]", path)[0]
    while path:
        if path in blocks:
            return f"block-{blocks[path]}-section"
        path = path.rpartition(".")[0] if path.rfind(".") > path.rfind("[") else path.rpartition("[")[0]
    return "rules" if root in _RULES else _FIELDS.get(root, "id_name")
