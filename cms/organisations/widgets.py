"""How the cells of the list of agencies are read and written; each refusal is a sentence for its cell."""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext as _
from import_export.widgets import Widget

from cms.core.dates import DateError, parse_date
from cms.core.text import fold
from cms.organisations.identifier_codes import clean_code, form_of


class TextWidget(Widget):
    """Text that must be there unless ``blank``."""

    def __init__(self, blank: bool = False) -> None:
        super().__init__()
        self.blank = blank

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """Return the text; raise ValueError when it is missing."""
        text = str(value)
        if not text and not self.blank:
            raise ValueError(_("This cell is empty."))
        return text

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value or ""


class ChoiceWidget(Widget):
    """One of the labels of a choice, in Vietnamese, with or without diacritics; its code name does as well."""

    def __init__(self, choices: type[TextChoices]) -> None:
        super().__init__()
        self.choices = choices

    def labels(self) -> list[str]:
        """Return the Vietnamese labels: a file is read by others, whatever language its maker's screens have."""
        with translation.override("vi"):
            return [str(choice.label) for choice in self.choices]

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """Return the code name; raise ValueError with the labels that there are."""
        names = dict(zip(map(fold, self.labels()), self.choices.values, strict=True))
        names |= {fold(name): name for name in self.choices.values}
        if fold(str(value)) not in names:
            raise ValueError(_("Use one of: %(labels)s.") % {"labels": " / ".join(self.labels())})
        return names[fold(str(value))]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        with translation.override("vi"):
            return str(self.choices(value).label) if value in self.choices.values else ""


class CodesWidget(Widget):
    """Current identifier codes, parted by semicolons; an empty cell leaves them as they are."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str] | None:
        """Return the codes in order, or None for an empty cell; raise ValueError for a shape of neither form."""
        codes = sorted({clean_code(code) for code in str(value).split(";")} - {""})
        wrong = [code for code in codes if form_of(code) is None]
        if wrong or len({form_of(code) for code in codes}) < len(codes):
            raise ValueError(_("One code of each form at most, such as 000.00.00.H49; H49.1.2."))
        return codes or None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "; ".join(value or ())


class DayWidget(Widget):
    """A date as a cell holds it or as people write it."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the date or None; raise ValueError when the text is no date."""
        try:
            return parse_date(value) if value != "" else None
        except DateError as error:
            raise ValueError(_("Write a date such as 05/06/2026.")) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Return the date itself: a workbook has dates."""
        return value
