"""Frameworks that begin from something: a copy, an agency's own of the province's, a definition as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.core.errors import DomainError
from cms.frameworks import actions, permissions
from cms.frameworks.errors import NotReadable
from cms.frameworks.exact_json import NotJson, loads
from cms.frameworks.messages import described
from cms.frameworks.models import CriteriaFramework
from cms.frameworks.views.screens import FrameworkScreen, RoomScreen, editor_url
from cms.organisations.access import access_for
from cms.organisations.models import Agency
from cms.scoring.problems import Problem
from cms.users.enums import Role

MOST_BYTES = 2 * 1024 * 1024
# More of what is wrong than a person reads is counted, not listed.
MOST_PROBLEMS = 500


class NamesForm(forms.Form):
    """What a new framework is called."""

    code = forms.SlugField(
        label=capfirst(gettext_lazy("code")),
        max_length=60,
        help_text=gettext_lazy("Short and lasting: other tools name the framework by it."),
    )
    name = forms.CharField(label=capfirst(gettext_lazy("name")), max_length=300)


class _PublishedField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        """Name a framework with its code."""
        return f"{obj.name} ({obj.code})"


class SpecialiseForm(NamesForm):
    """Of which framework of the province, and for which agency."""

    framework = _PublishedField(
        label=gettext_lazy("Framework of the province"),
        queryset=CriteriaFramework.objects.none(),
        to_field_name="code",
        help_text=gettext_lazy("The agency fills the sections that the province opens; the rest stays as it is there."),
    )
    agency = forms.ModelChoiceField(label=capfirst(gettext_lazy("agency")), queryset=Agency.objects.none())
    field_order = ("framework", "agency", "code", "name")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        published = CriteriaFramework.objects.published().filter(agency=None)
        self.fields["framework"].queryset = published  # type: ignore[attr-defined]
        self.fields["agency"].queryset = agencies_for(user)  # type: ignore[attr-defined]


class DefinitionForm(forms.Form):
    """A definition as JSON; ``cleaned_data["data"]`` holds it read."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        help_text=gettext_lazy("A definition as “Download as JSON” gives it, at most 2 MB."),
    )

    def clean_file(self) -> Any:
        """Read the file as JSON."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        try:
            self.cleaned_data["data"] = loads(file.read())
        except NotJson as error:
            raise forms.ValidationError(_("The file is not JSON: %(reason)s") % {"reason": error}) from None
        return file


def agencies_for(user: Any) -> QuerySet[Agency]:
    """Return the agencies for which the person may make an own framework."""
    access = access_for(user)
    if access.has(Role.EDITOR):
        return Agency.objects.active()
    return Agency.objects.within(access.paths.get(Role.AGENCY_HEAD, frozenset())).active()


def may_specialise(user: Any) -> bool:
    """Return whether there is any agency for which the person may make an own framework."""
    return access_for(user).has(Role.EDITOR, Role.AGENCY_HEAD)


class StartingScreen(RoomScreen):
    """A form that makes a draft and leads to its editor."""

    template_name = "frameworks/starting.html"
    explanation: Any = ""
    button: Any = gettext_lazy("Make the draft")

    def form(self, **sent: Any) -> forms.Form:
        """Return the form, filled with what was sent (``data``, ``files``)."""
        raise NotImplementedError

    def act(self, form: Any) -> CriteriaFramework:
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.form())
        return super().get_context_data(
            explanation=self.explanation, button=self.button, back_url=self.refused_url(), **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Make the draft, or show again what was sent with everything that is wrong with it."""
        form = self.form(data=request.POST, files=request.FILES)
        if not form.is_valid():
            return self.again(form)
        try:
            framework = self.act(form)
        except NotReadable as refusal:
            form.add_error(None, str(refusal))
            return self.again(form, refusal.problems)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.again(form)
        _report(request, framework)
        return redirect(editor_url(framework))

    def again(self, form: forms.Form, problems: Sequence[Problem] = ()) -> HttpResponseBase:
        """Show the form with what is wrong."""
        shown = described(problems[:MOST_PROBLEMS], form.cleaned_data.get("data")) if problems else []
        context = self.get_context_data(form=form, problems=shown, problem_count=len(problems))
        return self.render_to_response(context, status=400)


class CopyView(FrameworkScreen, StartingScreen):
    """Start a framework of the province from the draft of another."""

    page_title = gettext_lazy("Copy")
    explanation = gettext_lazy("The copy is a draft of the province, with everything that the draft says now.")

    def may_open(self, request: HttpRequest) -> bool:
        return permissions.can_add(request.user)

    def form(self, **sent: Any) -> forms.Form:
        """Ask for a code and a name."""
        name = _("Copy of %(name)s") % {"name": self.framework.get_latest_revision_as_object().name}
        return NamesForm(**sent, initial={"name": name[:300]})

    def act(self, form: Any) -> CriteriaFramework:
        return actions.copy(by=self.person, framework=self.framework, **form.cleaned_data)

    def refused_url(self) -> str:
        return editor_url(self.framework)


class SpecialiseView(StartingScreen):
    """Start an agency's own framework from a published one of the province."""

    page_title = gettext_lazy("An agency's own framework")
    explanation = gettext_lazy(
        "An agency may have its own framework, made of a published one of the province: the shared frame, with the "
        "agency's own indicators in the sections that the province opens."
    )

    def may_open(self, request: HttpRequest) -> bool:
        return may_specialise(request.user)

    def form(self, **sent: Any) -> forms.Form:
        """Ask of which framework, for which agency; a head's is chosen already."""
        is_head = not access_for(self.person).has(Role.EDITOR)
        chosen = {"agency": agencies_for(self.person).first()} if is_head else {}
        return SpecialiseForm(
            **sent, user=self.person, initial=chosen | {"framework": self.request.GET.get("from", "")}
        )

    def act(self, form: Any) -> CriteriaFramework:
        return actions.specialise(by=self.person, **form.cleaned_data)


class FrameworkUploadView(StartingScreen):
    """A new framework of the province from a definition as a file."""

    page_title = gettext_lazy("Upload a definition")
    explanation = gettext_lazy(
        "The file becomes a new draft of the province under the code that it brings. Whether it can be published is "
        "told in the editor."
    )

    def may_open(self, request: HttpRequest) -> bool:
        return permissions.can_add(request.user)

    def form(self, **sent: Any) -> forms.Form:
        return DefinitionForm(**sent)

    def act(self, form: Any) -> CriteriaFramework:
        return actions.import_definition(by=self.person, data=form.cleaned_data["data"])


class UploadNextView(FrameworkScreen, FrameworkUploadView):
    """The next draft of a framework from a definition as a file."""

    page_title = gettext_lazy("Upload the next draft")
    explanation = gettext_lazy(
        "The file takes the place of the draft; the framework keeps its code. What the draft says now stays in the "
        "history."
    )

    def may_open(self, request: HttpRequest) -> bool:
        """Let in those who work on frameworks; whether on this one is asked next."""
        return permissions.can_enter(request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the form to those who may write the draft."""
        permissions.require(permissions.can_change(self.person, self.framework))
        return super().get(request, *args, **kwargs)

    def act(self, form: Any) -> CriteriaFramework:
        return actions.import_definition(by=self.person, data=form.cleaned_data["data"], framework=self.framework)

    def refused_url(self) -> str:
        return editor_url(self.framework)


def _report(request: HttpRequest, framework: CriteriaFramework) -> None:
    """Say that the draft is there, and how much is to be mended before it can be published."""
    messages.success(request, _("The draft “%(name)s” is made.") % {"name": framework.name})
    count = len(actions.problems_of(framework.get_latest_revision_as_object()))
    if count:
        message = ngettext(
            "Before it can be published, %(count)s thing is to be mended: the preview lists it.",
            "Before it can be published, %(count)s things are to be mended: the preview lists them.",
            count,
        )
        messages.warning(request, message % {"count": count})
