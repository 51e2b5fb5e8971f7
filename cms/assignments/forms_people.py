"""Forms by which many people are given work, once or by rule, each their own quantity."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from cms.assignments.actions import RuleValues, WorkValues
from cms.assignments.forms import ByForm, quantity_field
from cms.assignments.permissions import postings_given_work_by
from cms.assignments.planning_enums import Rhythm
from cms.catalogs.models import CatalogItem
from cms.core.forms import CleanTextField
from cms.core.row_fields import Row, RowsField
from cms.organisations.forms import day_field
from cms.organisations.models import Agency, Posting


def _asked(**options: Any) -> CleanTextField:
    return CleanTextField(
        label=_("What is asked"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **options
    )


class PeopleForm(ByForm):
    """Who of those at an agency to whom the person gives work, and how much of the item each of them."""

    people = RowsField(
        {
            "chosen": forms.BooleanField(label=_("Choose"), required=False),
            "assigned": quantity_field(_("Own quantity"), required=False),
        },
        label=_("Who does it"),
        help_text=_("Tick who gets the quantity above, or write another quantity beside a name."),
    )
    assigned = quantity_field(_("Quantity for each of them"), required=False)

    def __init__(self, *args: Any, agency: Agency, item: CatalogItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.item = item
        held = postings_given_work_by(self.by).filter(agency=agency).order_by("officer__code", "pk")
        self._postings: dict[str, Posting] = {str(posting.pk): posting for posting in held}
        people: Any = self.fields["people"]
        people.offer_rows([
            Row(key, str(posting.officer), str(posting.position)) for key, posting in self._postings.items()
        ])  # fmt: skip
        self.fields["assigned"].help_text = item.unit
        self.order_fields(["assigned", "people"])

    def clean(self) -> dict[str, Any]:
        """Refuse people without a quantity."""
        typed: dict[str, Any] = super().clean() or {}
        asked = typed.get("people") or {}
        if typed.get("assigned") is None and any(row["assigned"] is None for row in asked.values()):
            self.add_error("assigned", _("Say how much each of the chosen people gets."))
        return typed

    def quantities(self) -> list[tuple[Posting, Decimal]]:
        """Return who was chosen, with the quantity of each."""
        usual = self.cleaned_data["assigned"]
        return [
            (self._postings[key], usual if row["assigned"] is None else row["assigned"])
            for key, row in self.cleaned_data["people"].items()
        ]


class GiveWorkForm(PeopleForm):
    """Who does how much of the item, by when."""

    given_on = day_field(_("Given on"), initial=timezone.localdate)
    due_on = day_field(_("Due on"))
    instruction = _asked()
    is_key = forms.BooleanField(label=_("A key task"), required=False)
    is_unplanned = forms.BooleanField(label=_("Not in the plan"), required=False)

    def lines(self) -> list[tuple[Posting, WorkValues]]:
        """Return what was typed as the action takes it."""
        typed = self.cleaned_data
        asked = {
            "item": self.item, "given_on": typed["given_on"], "due_on": typed["due_on"], "is_key": typed["is_key"],
            "instruction": typed["instruction"], "is_planned": not typed["is_unplanned"],
        }  # fmt: skip
        return [(posting, WorkValues(assigned=quantity, **asked)) for posting, quantity in self.quantities()]


def due_words(rhythm: str, day: int) -> Any:
    """Return by when a rule's work is due, in words: a day of the week, or of the month."""
    return WEEKDAYS[day - 1] if rhythm == Rhythm.WEEKLY else _("Day %(day)s") % {"day": day}


def _named(rhythm: str, day: int) -> str:
    return f"{due_words(rhythm, day)} – {Rhythm(rhythm).label}"


def _days() -> list[Any]:
    """Return the days on which a rule's work may be due, below how often it comes."""
    return [
        (label, [(f"{rhythm}-{day}", _named(rhythm, day)) for day in range(1, (8 if rhythm == "weekly" else 32))])
        for rhythm, label in Rhythm.choices
    ]


class RuleForm(PeopleForm):
    """Who does how much of the item again and again, by which day of the week or month."""

    when = forms.ChoiceField(
        label=_("Due on"), choices=_days,
        help_text=_("A day off moves to the working day before; a month's last day stands for days it has not."),
    )  # fmt: skip
    first_day = day_field(_("From"), initial=timezone.localdate)
    last_day = day_field(_("To"), required=False, help_text=_("Leave it empty when no end is set."))
    instruction = _asked()

    def lines(self) -> list[tuple[Posting, RuleValues]]:
        """Return what was typed as the action takes it."""
        typed = self.cleaned_data
        rhythm, _mark, day = typed["when"].partition("-")
        asked = {
            "item": self.item, "rhythm": rhythm, "day": int(day), "instruction": typed["instruction"],
            "first_day": typed["first_day"], "last_day": typed["last_day"],
        }  # fmt: skip
        return [(posting, RuleValues(assigned=quantity, **asked)) for posting, quantity in self.quantities()]


class RuleChangeForm(ByForm):
    """What may change about a running rule."""

    assigned = quantity_field(_("Quantity each time"))
    day = forms.TypedChoiceField(label=_("Due on"), coerce=int)
    last_day = day_field(_("To"), required=False, help_text=_("Leave it empty when no end is set."))
    instruction = _asked()

    def __init__(self, *args: Any, rhythm: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        days: Any = self.fields["day"]
        days.choices = [(day, due_words(rhythm, day)) for day in range(1, 8 if rhythm == Rhythm.WEEKLY else 32)]
