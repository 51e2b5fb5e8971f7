"""What a draft is tried on, and what it is put beside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cms.core.dates import format_date_vi
from cms.core.errors import DomainError
from cms.frameworks.actions import trying
from cms.frameworks.exact_json import NotJson, loads
from cms.frameworks.models import CriteriaFramework, FrameworkVersion, InputSet
from cms.organisations.access import access_for
from cms.scoring import shipped
from cms.scoring.definition import Definition

MOST_BYTES = 40 * 1024 * 1024
# Before the key of what is put beside, where that is no version.
_DRAFT, _SHIPPED = "draft", "shipped"


class InputSource(models.TextChoices):
    """Where the inputs come from."""

    SAMPLE = "sample", gettext_lazy("Made-up people or organisations, made on the spot for this framework")
    STORED = "stored", gettext_lazy("A set of inputs that is kept")
    UPLOAD = "upload", gettext_lazy("A JSON file of subjects")


class _InputSetField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        """Name a set with its size and the day on which it was added."""
        label = _("%(name)s (%(size)s; added %(day)s)")
        day = format_date_vi(timezone.localdate(obj.created_at))
        return label % {"name": obj.name, "size": obj.size, "day": day}


class TrialForm(forms.Form):
    """Choices of one trial; who does not read the whole province is offered made-up inputs and no upload."""

    source = forms.ChoiceField(label=gettext_lazy("Try it on"), choices=InputSource.choices, widget=forms.RadioSelect)
    stored = _InputSetField(label=gettext_lazy("Set of inputs"), queryset=InputSet.objects.none(), required=False)
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        help_text=gettext_lazy("Written as for trying scores over the API (see its documentation). At most 40 MB."),
    )
    name = forms.CharField(label=gettext_lazy("Name of the set"), max_length=200, required=False)
    made_up = forms.BooleanField(
        label=gettext_lazy("Nobody in it exists: agencies may try their drafts on it too"), required=False
    )
    version = forms.ChoiceField(label=gettext_lazy("What is tried"), required=False)
    beside = forms.ChoiceField(
        label=gettext_lazy("Put it beside"),
        required=False,
        help_text=gettext_lazy("What judges the same kind of subject. What only one of the two asks for is told."),
    )

    def __init__(
        self, *args: Any, user: Any, framework: CriteriaFramework, definition: Definition, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.framework, self.definition = user, framework, definition
        usable = InputSet.objects.usable_by(user).filter(subject=definition.subject).defer("content")
        self.has_stored = usable.exists()
        self.may_upload = access_for(user).reads_province
        self.fields["stored"].queryset = usable  # type: ignore[attr-defined]
        self.fields["source"].choices = self._sources()  # type: ignore[attr-defined]
        self.fields["beside"].choices = others = self._others()  # type: ignore[attr-defined]
        self.fields["beside"].initial = others[0][1][0][0]
        self.fields["version"].choices = [("", _("The draft as it stands now")), *self._own_versions()]  # type: ignore[attr-defined]
        self.fields["source"].initial = InputSource.SAMPLE

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        source = cleaned.get("source")
        if source == InputSource.STORED and not cleaned.get("stored") and "stored" not in self.errors:
            self.add_error("stored", _("Choose a set of inputs."))
        if source == InputSource.UPLOAD:
            self._check_upload(cleaned)
        return cleaned

    def inputs(self) -> InputSet:
        """Return the set of inputs that was chosen, made or uploaded.

        Raises NotReadable with every problem of an uploaded file, and DomainError when it holds nobody.
        """
        chosen = self.cleaned_data
        if chosen["source"] == InputSource.SAMPLE:
            return trying.add_sample_inputs(by=self.user, framework=self.framework, version=self.version_tried())
        if chosen["source"] == InputSource.STORED:
            stored: InputSet = chosen["stored"]
            return stored
        subjects = trying.read_uploaded(chosen["data"], self.definition)
        return trying.add_inputs(
            by=self.user, name=chosen["name"] or chosen["file"].name[:200], subjects=subjects,
            subject=self.definition.subject, made_up=chosen["made_up"],
        )  # fmt: skip

    def version_tried(self) -> FrameworkVersion | None:
        """Return the version that is tried; None for the draft."""
        chosen = self.cleaned_data["version"]
        return self.framework.versions.get(pk=chosen) if chosen else None

    def beside_chosen(self) -> trying.Beside:
        """Return what it is tried beside; None for the decree's default."""
        kind, _dash, key = self.cleaned_data["beside"].rpartition("-")
        if kind == _DRAFT:
            return CriteriaFramework.objects.get(pk=key)
        if kind.startswith(_SHIPPED):
            return self.cleaned_data["beside"].removeprefix(f"{_SHIPPED}-")
        return FrameworkVersion.objects.get(pk=key) if key else None

    def _sources(self) -> list[tuple[str, Any]]:
        offered = {InputSource.SAMPLE: True, InputSource.STORED: self.has_stored, InputSource.UPLOAD: self.may_upload}
        return [(source.value, source.label) for source, is_offered in offered.items() if is_offered]

    def _own_versions(self) -> list[tuple[str, Any]]:
        versions = self.framework.versions.order_by("-number").values_list("pk", "number", "effective_from")
        label = pgettext_lazy("of a framework", "Version %(number)s, in effect from %(day)s")
        return [(str(pk), label % {"number": number, "day": format_date_vi(day)}) for pk, number, day in versions]

    def _others(self) -> list[tuple[Any, list[tuple[str, Any]]]]:
        """Return what the person may see and what judges the same kind of subject; nothing else can be compared."""
        subject, own = self.definition.subject, self.framework.pk
        label = pgettext_lazy("of a framework", "%(name)s, version %(number)s, in effect from %(day)s")
        published = FrameworkVersion.objects.filter(framework__subject=subject).exclude(framework=own)
        versions = published.order_by("name", "-number").values_list("pk", "name", "number", "effective_from")
        drafts = CriteriaFramework.objects.worked_on_by(self.user).filter(subject=subject).exclude(pk=own)
        default = shipped.default_for(self.definition.roles[0])
        others = [code for code in shipped.codes() if shipped.load(code).subject == subject and code != default]
        offered = [
            (_("Versions of this framework"), self._own_versions()),
            (_("Shipped frameworks"), [
                ("", shipped.load(default).name), *((f"{_SHIPPED}-{code}", shipped.load(code).name) for code in others)
            ]),
            (_("Published frameworks"), [
                (str(pk), label % {"name": name, "number": number, "day": format_date_vi(day)})
                for pk, name, number, day in versions
            ]),
            (_("Drafts as they stand now"), [
                (f"{_DRAFT}-{pk}", name) for pk, name in drafts.values_list("pk", "name")
            ]),
        ]  # fmt: skip
        return [(heading, choices) for heading, choices in offered if choices]

    def _check_upload(self, cleaned: dict[str, Any]) -> None:
        file = cleaned.get("file")
        if file is None:
            if "file" not in self.errors:
                self.add_error("file", _("Choose a file first."))
        elif file.size > MOST_BYTES:
            self.add_error("file", _("The file is larger than 40 MB. Split it into several sets."))
        else:
            try:
                cleaned["data"] = loads(file.read())
            except NotJson as error:
                self.add_error("file", _("The file is not JSON: %(reason)s") % {"reason": error})


def refused(form: TrialForm, refusal: DomainError) -> None:
    """Show a refusal beside the file that it is about."""
    form.add_error("file" if form.cleaned_data["source"] == InputSource.UPLOAD else None, str(refusal))
