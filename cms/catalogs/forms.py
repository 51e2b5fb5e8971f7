"""Forms about rounds and extra columns, and what forms about versions share with them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.catalogs import permissions
from cms.catalogs.enums import Audience, ColumnKind
from cms.catalogs.models import MAX_GROUPS, CatalogRound, ExtraColumn
from cms.core.forms import VietnameseDateField, VietnameseDecimalField
from cms.organisations.enums import Block

ZERO = Decimal(0)
LARGEST_FRAME = Decimal("99999999")


class FramesMixin(forms.Form):
    """The frames of up to five complexity groups as labelled numbers; an empty one means no such group."""

    def add_frames(self, frames: dict[str, str]) -> None:
        """Add one field for each group, filled with what is known."""
        for number in range(1, MAX_GROUPS + 1):
            known = frames.get(str(number))
            self.fields[f"frame_{number}"] = VietnameseDecimalField(
                label=_("Highest score of group %(number)s") % {"number": number}, required=number == 1,
                above=ZERO, at_most=LARGEST_FRAME, initial=Decimal(known) if known else None,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        filled = [data.get(f"frame_{number}") is not None for number in range(1, MAX_GROUPS + 1)]
        if sorted(filled, reverse=True) != filled:
            sentence = _("Fill the groups in order: a group without a frame cannot stand before one that has it.")
            raise forms.ValidationError(sentence)
        return data

    def frames(self) -> dict[str, str]:
        """Return the frames as the models keep them."""
        found = {str(number): self.cleaned_data[f"frame_{number}"] for number in range(1, MAX_GROUPS + 1)}
        return {number: format(frame.normalize(), "f") for number, frame in found.items() if frame is not None}


class RoundForm(FramesMixin, WagtailAdminModelForm):
    """A round: year, for whom it is, deadlines, what a new version starts with; a block has at most one current one."""

    block = forms.ChoiceField(
        label=capfirst(_("for the block")),
        required=False,
        choices=[("", _("All blocks without a round of their own")), *Block.choices],
        help_text=_("While a block has a current round of its own, its agencies have the deadlines of that one alone."),
    )
    submit_by = VietnameseDateField(label=capfirst(_("agencies submit by")))
    appraise_by = VietnameseDateField(label=capfirst(_("appraised by")))
    approve_by = VietnameseDateField(label=capfirst(_("approved by")))
    standard_score = VietnameseDecimalField(
        label=capfirst(_("score of the standard unit")), above=ZERO, at_most=LARGEST_FRAME, initial=Decimal(5)
    )
    current = forms.BooleanField(
        label=capfirst(_("current round")),
        required=False,
        help_text=_("New versions begin in it; another current round for the same agencies ends."),
    )

    class Meta:
        model = CatalogRound
        fields = ["year", "name", "block", "submit_by", "appraise_by", "approve_by", "standard_unit", "standard_score"]
        widgets = {"year": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["current"].initial = self.instance.is_current
        self._offer_blocks()
        self.add_frames(self.instance.frames)

    def _offer_blocks(self) -> None:
        """Offer the blocks whose rounds the person keeps; for whom a round is stays as it was first saved."""
        field: Any = self.fields["block"]
        kept = permissions.blocks_with_rounds_kept_by(self.for_user)
        field.choices = [choice for choice in field.choices if choice[0] in kept]
        field.required = "" not in kept
        if self.instance.pk:
            field.disabled = True
            field.help_text = _("For whom a round is never changes. Add another round instead.")

    def details(self) -> dict[str, Any]:
        """Return the round's fields as the action takes them."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields} | {
            "frames": self.frames(), "is_current": self.cleaned_data["current"],
        }  # fmt: skip


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 5})

    def prepare_value(self, value: Any) -> Any:
        """Return the list as the field shows it."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return str(value or "").splitlines()

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether other lines were written."""
        return bool(self.to_python(data) != (initial or []))


_KINDS = {
    ColumnKind.TEXT: _("any words, as the agency writes them"),
    ColumnKind.NUMBER: _("written 1,5 or 1.234,5; never negative"),
    ColumnKind.CHOICE: _("one of the choices that you list below; lists of items can be filtered by it"),
    ColumnKind.YES_NO: _("written Có or Không; lists of items can be filtered by it"),
    ColumnKind.DATE: _("written day first: 05/06/2026"),
}
_AUDIENCES = {
    Audience.EVERYONE: _("in the template, on the public pages, in the files to download and in the open data"),
    Audience.OFFICES: _("in the template and in the workbench of the agency; nothing is published"),
    Audience.APPRAISERS: _("in the workbench of the Department of Home Affairs; agencies can neither see nor fill it"),
}


def _explained(choices: Any, explanations: Any) -> list[tuple[str, Any]]:
    """Return choices with the sentence that says what each means."""
    line = '<span>{} <span class="td-muted">– {}</span></span>'
    return [(value, format_html(line, label, explanations[value])) for value, label in choices]


class ColumnForm(WagtailAdminModelForm):
    """A column that the province adds to its catalogs."""

    choices = LinesField(
        label=capfirst(_("choices")), required=False,
        help_text=_("One a line; only for a column with choices. Items keep what they hold when a choice goes."),
    )  # fmt: skip
    position = forms.IntegerField(
        label=capfirst(_("place among the added columns")), required=False, min_value=1, max_value=999,
        help_text=_("Left empty, the column stands last."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    class Meta:
        model = ExtraColumn
        fields = ["name", "kind", "choices", "required", "audience", "help_text", "position", "in_use"]
        widgets = {"kind": forms.RadioSelect, "audience": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, audience = self.fields["kind"], self.fields["audience"]
        kind.choices = _explained(ColumnKind.choices, _KINDS)
        audience.choices = _explained(Audience.choices, _AUDIENCES)
        self.fields["required"].help_text = _(
            "A list in which it is empty on any item is not submitted. Only for columns that agencies fill in."
        )
        self.fields["in_use"].help_text = _(
            "Out of use, the column is no longer asked for; what was filled in stays and is still shown."
        )
        if self.instance.pk:
            kind.disabled = True
            kind.help_text = _("What stands in a column never changes. Add another column instead.")
        else:
            self.fields["position"].initial = None

    def details(self) -> dict[str, Any]:
        """Return the column's fields as the action takes them."""
        details = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if details["position"] is None:
            del details["position"]
        return details
