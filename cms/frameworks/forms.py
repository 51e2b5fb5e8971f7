"""The editor's form of a framework: lists of words are ticked, days are written day first."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from cms.core.forms import VietnameseDateField
from cms.frameworks.applies_to import agency_choices
from cms.frameworks.blocks.position_groups import GroupsField, choices_with, position_groups
from cms.frameworks.blocks.words import WORK_SETTINGS
from cms.frameworks.enums import ScoredRole
from cms.organisations.enums import AgencyKind, Block, StaffCategory

_SEPARATORS = re.compile(r"[;,\s]+")


def _ticked(
    label: Any,
    choices: Any,
    help_text: Any = "",
    field: type[forms.MultipleChoiceField] = forms.MultipleChoiceField,
    css: str = "fw-choices",
) -> forms.MultipleChoiceField:
    return field(
        label=capfirst(label),
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": css}),
        help_text=help_text,
    )


class CodesField(forms.CharField):
    """Codes typed in one line, semicolons or spaces between them; kept as a list."""

    def prepare_value(self, value: Any) -> Any:
        """Return the codes as one line."""
        return "; ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [each for each in _SEPARATORS.split(self.prepare_value(value) or "") if each]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether other codes were typed, however they are separated."""
        return bool(self.to_python(data) != self.to_python(initial))


class FrameworkForm(WagtailAdminModelForm):
    """A draft may be incomplete; what is missing is told when it is submitted or published (``problem_list``)."""

    _EVERYBODY = _("None ticked: everybody whom the framework judges.")

    categories = _ticked(_("staff categories"), StaffCategory.choices, _EVERYBODY)
    roles = _ticked(_("roles"), ScoredRole.choices, _EVERYBODY)
    position_groups = _ticked(_("position groups"), position_groups, _EVERYBODY, GroupsField)
    kinds = _ticked(
        _("kinds of agency"),
        AgencyKind.choices,
        _("Of the agency where the posting is: tick divisions beside departments. None ticked: every kind."),
    )
    blocks = _ticked(_("blocks of agencies"), Block.choices, _("None ticked: every block."))
    subtrees = _ticked(
        _("agencies with all below them"), (), _("None ticked: everywhere."), GroupsField, "fw-choices fw-choices-long"
    )
    agencies = _ticked(
        _("single agencies"), (), _("These alone. None ticked: everywhere."), GroupsField, "fw-choices fw-choices-long"
    )
    effective_from = VietnameseDateField(label=capfirst(_("effective from")), required=False)
    effective_to = VietnameseDateField(label=capfirst(_("effective to")), required=False)
    overridable = _ticked(_("settings open to callers of the API"), list(WORK_SETTINGS.items()))
    open_sections = CodesField(
        label=capfirst(_("sections that agencies fill")),
        required=False,
        help_text=_("Codes of sections, such as: result. Left blank: agencies fill none themselves."),
    )
    open_settings = _ticked(_("settings that agencies choose"), list(WORK_SETTINGS.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "position_groups" in self.fields:
            self.fields["position_groups"].choices = choices_with(self.instance.position_groups)
        if "agencies" in self.fields:
            known = agency_choices()
            for name in ("subtrees", "agencies"):
                chosen = getattr(self.instance, name)
                self.fields[name].choices = known + [(code, code) for code in chosen if code not in dict(known)]
        if "code" in self.fields and self.instance.pk and self.instance.versions.exists():
            self.fields["code"].disabled = True
            self.fields["code"].help_text = _("A published framework keeps its code.")
