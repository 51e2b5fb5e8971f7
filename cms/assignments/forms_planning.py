"""Forms about planned, proposed and handed-over work, and days on which nobody or somebody does not work.

The actions check again what they are given.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.assignments.actions import ProposalValues, items_on
from cms.assignments.forms import ByForm, quantity_field
from cms.assignments.models import PositionTemplate, WorkAssignment, WorkQuerySet
from cms.assignments.permissions import agencies_given_work_by, agencies_planned_by, can_give, postings_given_work_by
from cms.assignments.rules import MAX_QUANTITY
from cms.assignments.working_days import ONE_DAY, month_span
from cms.catalogs.models import CatalogItem
from cms.core.dates import format_date_vi
from cms.core.forms import CleanTextField, VietnameseDecimalField
from cms.core.numbers import format_decimal_vi
from cms.core.row_fields import Row, RowsField
from cms.core.text import code_key
from cms.organisations.forms import AgencyChoice, day_field, offer
from cms.organisations.models import Agency, Officer, Position, Posting, PostingQuerySet

# Of items that are sought so many stand in the form of a template.
_MOST_FOUND = 20


class PostingChoice(forms.ModelChoiceField):
    """An officer by a posting."""

    def label_from_instance(self, obj: Posting) -> str:
        return f"{obj.officer} – {obj.position} – {obj.agency}"


class WorkChoice(forms.ModelMultipleChoiceField):
    """Pieces of work."""

    def label_from_instance(self, obj: WorkAssignment) -> str:
        done = f"{format_decimal_vi(obj.completed)} / {format_decimal_vi(obj.assigned)} {obj.unit}"
        return f"{obj.name} ({done}, {format_date_vi(obj.due_on)})"


class HandOverForm(forms.Form):
    """Which open work goes to whom, why, and by which day."""

    work = WorkChoice(
        WorkAssignment.objects.none(), label=_("Open work"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the open work that is handed over.")},
    )  # fmt: skip
    to = PostingChoice(Posting.objects.none(), label=_("Who takes it over"))
    reason = CleanTextField(
        label=_("Reason"), max_length=500, help_text=_("For instance: transfer, leave, training. Both can read it.")
    )
    due_on = day_field(_("New last day"), required=False)

    def __init__(self, *args: Any, work: WorkQuerySet, others: PostingQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        offer(self, "work", work)
        offer(self, "to", others.order_by("officer__code", "pk"))


class ProposalForm(forms.Form):
    """What was done that no catalog has."""

    posting = PostingChoice(Posting.objects.none(), label=_("Posting"), empty_label=None)
    name = CleanTextField(label=_("Product or work"), max_length=1000)
    unit = CleanTextField(label=_("Unit"), max_length=100)
    quantity = VietnameseDecimalField(label=_("Quantity"), at_most=MAX_QUANTITY)
    given_on = day_field(_("Given on"), initial=timezone.localdate)
    due_on = day_field(_("Due on"))
    reason = CleanTextField(
        label=_("Why the work was needed"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        held = Posting.objects.on(timezone.localdate()).filter(officer=officer).order_by("-is_main", "pk")
        offer(self, "posting", held.select_related("officer", "position", "agency"))

    def values(self) -> ProposalValues:
        """Return what was typed as the action takes it."""
        return ProposalValues(**{name: value for name, value in self.cleaned_data.items() if name != "posting"})


def _months() -> list[tuple[str, str]]:
    """Return this month and the next."""
    first = timezone.localdate().replace(day=1)
    return [(f"{month:%Y-%m-%d}", f"{month:%m/%Y}") for month in (first, month_span(first)[1] + ONE_DAY)]


_MonthField = partial(forms.TypedChoiceField, label=_("Month"), choices=_months, coerce=datetime.date.fromisoformat)


class CopyPlanForm(ByForm):
    """For which month, and of whom: all at an agency and below it, or one of them."""

    month = _MonthField()
    agency = AgencyChoice(Agency.objects.none(), label=_("Agency or division"), empty_label=None)
    officer = CleanTextField(
        label=_("Officer code"), required=False, max_length=64,
        help_text=_("Leave it empty for all to whom you give work there."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        offer(self, "agency", agencies_planned_by(self.by))

    def clean(self) -> dict[str, Any]:
        """Find the officer among those to whom the person gives work."""
        typed: dict[str, Any] = super().clean() or {}
        code, agency = code_key(typed.get("officer") or ""), typed.get("agency")
        self._found: list[Posting] | None = None
        if agency and (code or not can_give(self.by, agency)):
            held = postings_given_work_by(self.by).within(agency)
            self._found = list(held.filter(officer__code=code) if code else held)
            if not self._found:
                self.add_error("officer", _("You give work to nobody like this at the agency or below it."))
        return typed

    def postings(self) -> list[Posting] | None:
        """Return whose plan is copied; None for all of the agency."""
        return self._found


class TemplateAddForm(ByForm):
    """The position, and the agency at which it is held."""

    agency = AgencyChoice(Agency.objects.none(), label=_("Agency"), empty_label=None)
    position = forms.ModelChoiceField(Position.objects.none(), label=_("Job position"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = agencies_given_work_by(self.by).active()
        held = Posting.objects.on(timezone.localdate()).filter(agency__in=agencies)
        offer(self, "agency", agencies)
        offer(self, "position", Position.objects.filter(pk__in=held.order_by().values("position")).order_by("name"))

    def clean(self) -> dict[str, Any]:
        """Refuse a position that nobody holds there."""
        typed: dict[str, Any] = super().clean() or {}
        agency, position = typed.get("agency"), typed.get("position")
        if agency and position:
            held = Posting.objects.on(timezone.localdate()).within(agency)
            if not held.filter(position=position).exists():
                self.add_error("position", _("Nobody holds this position at the agency or below it."))
        return typed


class TemplateLinesForm(forms.Form):
    """The items of a template with quantity and day, and those found by words, which become lines by a quantity."""

    lines_asked = RowsField(
        {
            "assigned": quantity_field(_("Quantity"), required=False),
            "day": forms.IntegerField(
                label=_("Due on day of the month"), required=False, min_value=1, max_value=31, initial=25
            ),
        },
        label=_("Product or work"),
        required=False,
    )

    def __init__(self, *args: Any, agency: Agency, position: Position, words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        template = PositionTemplate.objects.filter(agency=agency, position=position).first()
        there = {str(line.item_identity): line for line in template.lines.all()} if template else {}
        hold = items_on(agency, timezone.localdate())
        found = list(hold.search(words)[:_MOST_FOUND]) if words else []
        # What was typed into items found by other words is not lost when it is sent.
        typed = {name.split("-", 1)[1].rsplit("-", 1)[0] for name in self.data if name.startswith("lines_asked-")}
        kept = list(hold.filter(identity__in=[*there, *_identities(typed)]))
        items = {str(item.identity): item for item in [*kept, *found]}
        self._items: dict[str, CatalogItem] = items
        asked: Any = self.fields["lines_asked"]
        in_order = sorted(items, key=lambda key: (key not in there, items[key].code))
        asked.offer_rows([Row(key, items[key].name, f"{items[key].code} · {items[key].unit}") for key in in_order])
        self.initial["lines_asked"] = {
            key: {"assigned": line.assigned, "day": line.day} for key, line in there.items()
        }  # fmt: skip

    def lines(self) -> list[tuple[CatalogItem, Decimal, int]]:
        """Return the lines that have a quantity."""
        rows = self.cleaned_data["lines_asked"].items()
        return [(self._items[key], row["assigned"], row["day"] or 25) for key, row in rows if row["assigned"]]


def _identities(texts: Iterable[str]) -> list[uuid.UUID]:
    found = []
    for text in texts:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


class HoldersChoice(forms.ModelMultipleChoiceField):
    """Those who hold a position."""

    def label_from_instance(self, obj: Posting) -> str:
        return f"{obj.officer} – {obj.agency}"


class TemplateApplyForm(ByForm):
    """For which month, and to whom."""

    month = _MonthField()
    people = HoldersChoice(
        Posting.objects.none(), label=_("Who does it"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who does the work.")},
    )  # fmt: skip

    def __init__(self, *args: Any, holders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        offer(self, "people", holders.order_by("officer__code", "pk"))
        self.initial["people"] = [posting.pk for posting in holders]


class AbsenceForm(ByForm):
    """Who is away from when to when, and why in a word."""

    officer = CleanTextField(label=_("Officer code"), max_length=64)
    first_day = day_field(_("First day"))
    last_day = day_field(_("Last day"))
    reason = CleanTextField(
        label=_("Reason"), max_length=200, help_text=_("Leave, training, illness: no more is kept, and no papers.")
    )

    def clean_officer(self) -> Officer:
        """Return the officer, who is among those to whom the person gives work."""
        code = code_key(self.cleaned_data["officer"])
        held = postings_given_work_by(self.by).filter(officer__code=code).first()
        if held is None:
            raise forms.ValidationError(_("You give work to nobody with this code."))
        return held.officer


class DayOffForm(forms.Form):
    """A day on which nobody works, or a Saturday or Sunday on which work is made up."""

    day = day_field(_("Day"))
    name = CleanTextField(label=_("Name"), max_length=200)
    is_working = forms.BooleanField(label=_("Work is made up on this day"), required=False)
