"""Forms about rounds, and what forms about versions share with them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.catalogs.models import MAX_GROUPS, CatalogRound
from cms.core.forms import VietnameseDateField, VietnameseDecimalField

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
        """Refuse a gap between the groups."""
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
    """A round: year, deadlines, what a new version starts with; at most one round is the current one."""

    submit_by = VietnameseDateField(label=capfirst(_("agencies submit by")))
    appraise_by = VietnameseDateField(label=capfirst(_("appraised by")))
    approve_by = VietnameseDateField(label=capfirst(_("approved by")))
    standard_score = VietnameseDecimalField(
        label=capfirst(_("score of the standard unit")), above=ZERO, at_most=LARGEST_FRAME, initial=Decimal(5)
    )
    current = forms.BooleanField(
        label=capfirst(_("current round")),
        required=False,
        help_text=_("New versions begin in it; another current round ends."),
    )

    class Meta:
        model = CatalogRound
        fields = ["year", "name", "submit_by", "appraise_by", "approve_by", "standard_unit", "standard_score"]
        widgets = {"year": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["current"].initial = self.instance.is_current
        self.add_frames(self.instance.frames)

    def details(self) -> dict[str, Any]:
        """Return the round's fields as the action takes them."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields} | {
            "frames": self.frames(), "is_current": self.cleaned_data["current"],
        }  # fmt: skip
