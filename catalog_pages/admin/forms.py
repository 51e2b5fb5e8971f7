"""Forms of the workbench."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from cms.catalogs import item_fields
from cms.catalogs.column_fields import column_field, columns_of, initial_of
from cms.catalogs.enums import VersionState
from cms.catalogs.extra import stored
from cms.catalogs.forms import FramesMixin
from cms.catalogs.models import CONTENT_FIELDS, CatalogItem, CatalogRound, CatalogVersion, ExtraColumn
from cms.core.forms import CleanTextField, VietnameseDecimalField
from cms.core.numbers import input_decimal_vi

ZERO = Decimal(0)
LARGEST_SCORE = Decimal("99999999")
_LINES = {"rows": 2}
# What can be given to many items at once: nothing that has to differ from item to item.
_PLAIN = tuple(name for name in CONTENT_FIELDS if name != "extra")
BULK_FIELDS = tuple(one.key for one in item_fields.FIELDS if one.in_bulk)


def _text(label: Any, *, long: bool = False, **kwargs: Any) -> CleanTextField:
    widget = forms.Textarea(attrs=_LINES) if long else forms.TextInput()
    return CleanTextField(label=label, widget=widget, **kwargs)


def _digits() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


class ReasonMixin(forms.Form):
    """Ask for a reason when the Department of Home Affairs changes what an agency submitted."""

    version: CatalogVersion

    def ask_for_reason(self) -> None:
        """Add the field, if the version was submitted."""
        if self.version.state == VersionState.SUBMITTED:
            self.fields["reason"] = _text(
                _("Reason of the change"), long=True, max_length=2000,
                help_text=_("The agency reads it beside the change."),
            )  # fmt: skip


class ItemForm(ReasonMixin):
    """One item. ``seen`` carries what the item was when the form was opened, so that nobody overwrites unseen work."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, version: CatalogVersion, columns: Iterable[ExtraColumn] = (),
        item: CatalogItem | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        self.version, self.item, self.columns = version, item, columns_of(columns, version, item)
        if item is not None:
            added = {column.field_name: initial_of(column, item) for column in self.columns}
            kwargs["initial"] = (
                {name: getattr(item, name) for name in _PLAIN} | added | {"seen": fingerprint(item, self.columns)}
            )
        super().__init__(*args, **kwargs)
        self.fields = {one.key: item_form_field(one, version) for one in item_fields.FIELDS} | self.fields
        for column in self.columns:
            self.fields[column.field_name] = column_field(column, item.extra.get(column.key, "") if item else "")
        self.fields["field"].widget.attrs["list"] = "fields-of-work"
        self.ask_for_reason()

    def clean_code(self) -> str:
        """Refuse a code that another item of the version has."""
        code: str = self.cleaned_data["code"]
        others = self.version.items.with_code(code)
        if self.item is not None:
            others = others.exclude(pk=self.item.pk)
        if others.exists():
            raise forms.ValidationError(_("Another item of this version has this code."), code="code_taken")
        return code

    def clean(self) -> dict[str, Any]:
        """Refuse to overwrite what somebody else has written since the form was opened."""
        data = super().clean() or self.cleaned_data
        self._check(data)
        if self.item is not None and data.get("seen") != fingerprint(self.item, self.columns):
            raise forms.ValidationError(
                _("Somebody else has changed this item since you opened it. Open it again to see what it says now."),
                code="stale",
            )
        return data

    def _check(self, data: dict[str, Any]) -> None:
        """Fill in what follows from other numbers, and say what is wrong, as every other door does."""
        made, problems = item_fields.settle(data, self.version.terms, set(_PLAIN) - data.keys())
        data |= made
        self.warnings: list[str] = []
        for problem in problems:
            sentence = problem.sentence(translate)
            if problem.refuses:
                self.add_error(problem.field, forms.ValidationError(sentence, code=problem.api_code))
            else:
                self.warnings.append(sentence)

    def values(self) -> dict[str, Any]:
        """Return the item's content; of added columns (``extra.<key>``) those that the person may fill in."""
        return {name: self.cleaned_data[name] for name in _PLAIN} | _texts(self.columns, self.cleaned_data)


class BulkEditForm(ReasonMixin):
    """The same new values for several items; only fields that are ticked are set."""

    def __init__(self, *args: Any, version: CatalogVersion, columns: Iterable[ExtraColumn] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version, self.columns = version, [column for column in columns if column.in_use]
        self.names = (*BULK_FIELDS, *(column.field_name for column in self.columns))
        self.needed = {one.key for one in item_fields.FIELDS if one.in_bulk and one.required}
        self.needed |= {column.field_name for column in self.columns if column.required}
        template = ItemForm(version=version, columns=self.columns)
        for name in self.names:
            value = template.fields[name]
            value.required = False
            self.fields[f"set_{name}"] = forms.BooleanField(label=value.label, required=False)
            self.fields[name] = value
        self.ask_for_reason()

    @property
    def rows(self) -> list[dict[str, forms.BoundField]]:
        """Return each field with the box that turns it on."""
        return [{"tick": self[f"set_{name}"], "value": self[name]} for name in self.names]

    def clean(self) -> dict[str, Any]:
        """Require a field to set, and a value where the item needs one."""
        data = super().clean() or self.cleaned_data
        chosen = [name for name in self.names if data.get(f"set_{name}")]
        if not chosen:
            raise forms.ValidationError(_("Tick at least one field to set."))
        for name in self.needed & set(chosen):
            if data.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _("This field is required."))
        for name in set(BULK_FIELDS) & set(chosen) - set(self.errors):
            for problem in item_fields.check_field(item_fields.BY_KEY[name], data, self.version.terms):
                self.add_error(name, forms.ValidationError(problem.sentence(translate), code=problem.api_code))
        return data

    def changes(self) -> dict[str, Any]:
        """Return the fields that were ticked, with their new values."""
        values = {name: self.cleaned_data[name] for name in BULK_FIELDS} | _texts(self.columns, self.cleaned_data)
        return {name: value for name, value in values.items() if self.cleaned_data[f"set_{name}"]}


class BulkRemoveForm(ReasonMixin):
    """Confirms that items are taken out."""

    def __init__(self, *args: Any, version: CatalogVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        self.ask_for_reason()


class DetailsForm(FramesMixin, ReasonMixin):
    """A version's standard unit, divisor, frames, legal basis, year and round."""

    standard_unit = _text(capfirst(_("standard unit")), max_length=300)
    standard_score = VietnameseDecimalField(
        label=capfirst(_("score of the standard unit")), above=ZERO, at_most=LARGEST_SCORE
    )
    divisor = VietnameseDecimalField(
        label=capfirst(_("divisor")), above=ZERO, at_most=LARGEST_SCORE,
        help_text=_("An item's score divided by it is its coefficient."),
    )  # fmt: skip
    legal_basis = _text(capfirst(_("legal basis")), long=True, required=False)
    year = forms.IntegerField(label=capfirst(_("year")), min_value=2025, max_value=2100, widget=_digits())
    round = forms.ModelChoiceField(label=capfirst(_("round")), queryset=CatalogRound.objects.none(), required=False)

    _PLAIN = ("standard_unit", "standard_score", "divisor", "legal_basis", "year", "round")

    def __init__(self, *args: Any, version: CatalogVersion, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(version, name) for name in self._PLAIN}
        super().__init__(*args, **kwargs)
        self.version = version
        rounds = CatalogRound.objects.open_to(version.catalog.agency)
        if version.round_id is not None:
            rounds |= CatalogRound.objects.filter(pk=version.round_id)
        self.fields["round"].queryset = rounds  # type: ignore[attr-defined]
        self.add_frames(version.frames)
        self.ask_for_reason()

    def details(self) -> dict[str, Any]:
        """Return the details as the action takes them."""
        return {name: self.cleaned_data[name] for name in self._PLAIN} | {"frames": self.frames()}


class ConfirmForm(forms.Form):
    """Confirms an act on the version as it was seen; a version that has changed since is not acted on."""

    edition = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(forms.Form):
    """Why the version goes back, whatever was changed in it meanwhile."""

    reason = _text(
        capfirst(_("reason of return")), long=True, max_length=5000, help_text=_("The agency reads it first.")
    )


class NoteForm(forms.Form):
    """A note for the agency to mend."""

    text = _text(_("Note of the appraiser"), long=True, max_length=5000)


class ItemTextField(forms.CharField):
    """A text of an item, cleaned as files are; what must not be kept is said in the sentences of the one check."""

    def __init__(self, *, about: item_fields.ItemField, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.about, self.validators = about, []

    def to_python(self, value: Any) -> str:
        """Return the cleaned text; an old encoding shows in the text as it was typed."""
        text, wrong = item_fields.read_text(self.about, super().to_python(value) or "")
        for problem in wrong:
            raise forms.ValidationError(problem.sentence(translate), code=problem.api_code)
        return text

    def validate(self, value: str) -> None:
        """Ask for a text where there has to be one; all else is for the check of the whole item."""
        forms.Field.validate(self, value)


def item_form_field(one: item_fields.ItemField, version: CatalogVersion) -> forms.Field:
    """Return the form's field for one field of an item: it reads what is typed, and the check of the item judges."""
    missing = item_fields.ItemProblem(one.key, "required").sentence(translate)
    common: dict[str, Any] = {
        "label": capfirst(CatalogItem._meta.get_field(one.key).verbose_name),  # type: ignore[union-attr]
        "required": one.required,
        "error_messages": {"required": missing},
    }
    if one.kind == "decimal":
        return VietnameseDecimalField(places=item_fields.PLACES, **common)
    if one.kind == "whole":
        return forms.IntegerField(initial=one.initial, widget=_digits(), **common)
    if one.kind == "group":
        out = item_fields.ItemProblem(one.key, "group_out_of_range", {"maximum": version.max_group})
        common["error_messages"] |= {"invalid_choice": out.sentence(translate)}
        return forms.TypedChoiceField(choices=group_choices(version), coerce=int, **common)
    widget = forms.Textarea(attrs=_LINES) if one.is_long else forms.TextInput()
    return ItemTextField(about=one, widget=widget, **common)


def number_rules(version: CatalogVersion) -> dict[str, Any]:
    """Return what a page needs to show score and coefficient while numbers are typed; numbers are Vietnamese text."""
    terms = version.terms
    return {
        "parts": item_fields.PARTS,
        "places": item_fields.PLACES,
        "divisor": input_decimal_vi(terms.divisor),
        "tolerance": input_decimal_vi(item_fields.TOLERANCE),
        "frames": {str(group): input_decimal_vi(frame) for group, frame in terms.frames.items()},
    }


def group_choices(version: CatalogVersion) -> Iterable[tuple[int, str]]:
    """Return the complexity groups of the version."""
    return [(number, str(number)) for number in range(1, version.max_group + 1)]


def _texts(columns: Iterable[ExtraColumn], data: dict[str, Any]) -> dict[str, str]:
    """Return what was filled in, as items keep it; yes and no come as they are kept."""
    return {column.field_name: stored(data[column.field_name]) for column in columns if column.in_use}


def fingerprint(item: CatalogItem, columns: Iterable[ExtraColumn] = ()) -> str:
    """Return a short text that differs when the content of the item does, of added columns when these do."""
    held = (f"{column.key}={item.extra[column.key]}" for column in columns if column.key in item.extra)
    content = "\x1f".join(str(value) for value in (*(getattr(item, name) for name in _PLAIN), *held))
    return hashlib.sha256(content.encode()).hexdigest()[:16]
