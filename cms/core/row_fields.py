"""A field that asks the same few things of many rows at once: of each person a quantity, of each item a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string


@dataclass(frozen=True)
class Row:
    """One row: the key that its inputs are named by, what stands in it, and what stands in small type below that."""

    key: str
    label: str
    hint: str = ""


class RowsWidget(forms.Widget):
    """A table: a row for each thing, a column for each question; the inputs are named ``field-key-column``."""

    use_fieldset = True
    template = "screens/_rows.html"

    def __init__(self, columns: Mapping[str, forms.Field]) -> None:
        super().__init__()
        self.columns, self.rows = columns, list[Row]()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, dict[str, Any]]:
        """Return what was typed, by row and column."""
        return {
            row.key: {
                column: field.widget.value_from_datadict(data, files, f"{name}-{row.key}-{column}")
                for column, field in self.columns.items()
            }
            for row in self.rows
        }

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Nothing filled in is an answer too."""
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        """Return the table."""
        known = value or {}
        rows = [(row, self._cells(name, row, known.get(row.key) or {})) for row in self.rows]
        labels = [field.label for field in self.columns.values()]
        return render_to_string(self.template, {"rows": rows, "labels": labels})

    def _cells(self, name: str, row: Row, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        cells = []
        for column, field in self.columns.items():
            named = f"{name}-{row.key}-{column}"
            attrs = {"id": f"id_{named}", "aria-label": f"{field.label}: {row.label}"}
            value = field.prepare_value(values.get(column, field.initial))
            cells.append({"label": field.label, "input": field.widget.render(named, value, attrs)})
        return cells


class RowsField(forms.Field):
    """Cleans to the rows in which something is filled in: ``{key: {column: value}}``.

    ``columns`` are fields, none of them required; a form gives its rows in ``offer_rows``.
    """

    widget: RowsWidget

    def __init__(self, columns: Mapping[str, forms.Field], **options: Any) -> None:
        super().__init__(widget=RowsWidget(columns), **options)
        self.columns = columns

    def offer_rows(self, rows: Sequence[Row]) -> None:
        """Ask of these rows."""
        self.widget.rows = list(rows)

    def clean(self, value: Any) -> dict[str, dict[str, Any]]:
        """Return the filled rows; each fault is a sentence that begins with its row."""
        filled, faults = {}, []
        for row in self.widget.rows:
            cells = {}
            for column, field in self.columns.items():
                try:
                    cells[column] = field.clean(value[row.key][column])
                except ValidationError as fault:
                    faults += [f"{row.label}: {message}" for message in fault.messages]
            if any(each not in (None, "", False) for each in cells.values()):
                filled[row.key] = cells
        if faults:
            raise ValidationError(faults)
        if self.required and not filled:
            raise ValidationError(self.error_messages["required"], code="required")
        return filled

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether anything may have been changed: it is not compared."""
        return True
