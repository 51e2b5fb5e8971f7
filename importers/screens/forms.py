"""Forms of the way in."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _

from importers.batches.rows import SheetRow
from importers.enums import BatchState, MissingItems
from importers.kinds import KIND_CHOICES
from importers.kinds.contract import Words
from importers.models import ImportBatch, ImportBatchQuerySet

# Longer cells are mended in a box of several lines.
_SHORT = 80
ACCEPTED = ".xlsx,.csv,.xls,.ods"


class UploadForm(forms.Form):
    """One file. What is in it, or whether it is too large or empty, is for the action to say."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file first.")},
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


class CommitForm(forms.Form):
    """What becomes of the items of the current version that the file does not have.

    Where the file leaves out much, nothing is chosen beforehand and taking items out is confirmed beside the choice.
    """

    missing = forms.ChoiceField(
        label=_("Items that the file does not have"),
        required=False,
        error_messages={"required": _("Choose what becomes of the items that are not in the file.")},
        widget=forms.RadioSelect,
    )
    sure = forms.BooleanField(required=False)
    # When the preview that the person looked at was made.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, batch: ImportBatch, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._careful = batch.leaves_out_much
        missing, sure = cast(forms.ChoiceField, self.fields["missing"]), self.fields["sure"]
        missing.choices = [(MissingItems.REMOVE, words.remove), (MissingItems.KEEP, words.keep)]
        missing.required, missing.initial = self._careful, None if self._careful else MissingItems.REMOVE
        sure.label = words.sure % {"count": localize(batch.counts.get("missing", 0))}

    def clean_missing(self) -> Any:
        """Take the choice that the form shows first when none was sent."""
        return self.cleaned_data["missing"] or MissingItems.REMOVE

    def clean(self) -> dict[str, Any]:
        """Take nothing out that was not confirmed, where that is asked for."""
        cleaned = super().clean() or self.cleaned_data
        if self._careful and cleaned.get("missing") == MissingItems.REMOVE and not cleaned.get("sure"):
            self.add_error("sure", _("Tick beside the choice that these items are to be taken out, or keep them."))
        return cleaned


class CorrectionForm(forms.Form):
    """The cells of one row as text, to be typed anew; whether the new text is any good is for the check to say."""

    def __init__(self, row: SheetRow, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        self.names = {column: f"cell_{column}" for column in row.headings}
        for column, name in self.names.items():
            self.fields[name] = _cell_field(row.headings[column], row.text(column))

    def cells(self) -> dict[int, str]:
        """Return what was typed, by column; a cell that was not sent stays as it is."""
        return {column: self.cleaned_data[name] for column, name in self.names.items() if name in self.data}


def _cell_field(heading: str, text: str) -> forms.CharField:
    is_long = "\n" in text or len(text) > _SHORT
    widget = forms.Textarea(attrs={"rows": 3}) if is_long else forms.TextInput()
    widget.attrs["autocomplete"] = "off"
    return forms.CharField(label=heading, initial=text, required=False, strip=False, widget=widget)


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"placeholder": "dd/mm/yyyy", "autocomplete": "off"})
    return forms.DateField(label=label, required=False, widget=widget, localize=True)


class BatchFilterForm(forms.Form):
    """Which uploads to list; the words may stand in the file's name, the agency's, the person's or the SHA-256."""

    q = forms.CharField(label=_("File, agency, person or SHA-256"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind of upload"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *BatchState.choices])
    by = forms.ChoiceField(label=_("Uploaded by"), required=False, choices=[("", _("Everybody")), ("me", _("Me"))])
    first = _day(_("From"))
    last = _day(_("To"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        cast(forms.ChoiceField, self.fields["kind"]).choices = [("", _("All")), *KIND_CHOICES]

    def narrow(self, batches: ImportBatchQuerySet) -> ImportBatchQuerySet:
        """Return those of the uploads that were asked for; what cannot be read narrows nothing."""
        self.is_valid()
        requested = self.cleaned_data
        found = batches.search(requested.get("q", ""))
        if requested.get("by"):
            found = found.filter(by=self._user)
        for name in ("kind", "state"):
            if requested.get(name):
                found = found.filter(**{name: requested[name]})
        return found.between(requested.get("first"), requested.get("last"))
