"""Forms of what bodies do in an evaluation: meetings, findings in words, notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.forms import CleanTextField
from cms.evaluations.actions.bodies import Minutes
from cms.evaluations.forms import words_field
from cms.evaluations.models import Evaluation
from cms.frameworks.blocks.words import LEVELS
from cms.organisations.forms import day_field


class StatementForm(forms.Form):
    """What was found, and the level that is proposed."""

    words = words_field(gettext_lazy("What the body found"), required=True)
    level = forms.ChoiceField(
        label=gettext_lazy("Level proposed"), required=False,
        choices=[("", gettext_lazy("None")), *LEVELS.items()],
    )  # fmt: skip


@dataclass(frozen=True)
class MeetingRow:
    """One of the unit: whether they were there, and what was said of them where that is asked."""

    evaluation: Evaluation
    present: BoundField
    chosen: BoundField | None
    opinion: BoundField | None


class MeetingForm(forms.Form):
    """The minutes of a unit's meeting, with a row for each of its people."""

    held_on = day_field(gettext_lazy("Held on"), initial=timezone.localdate)
    chair = CleanTextField(label=gettext_lazy("Chaired by"), max_length=200)
    text = words_field(gettext_lazy("Minutes"), required=True)

    def __init__(self, *args: Any, listed: list[Evaluation], discussed: set[int], **kwargs: Any) -> None:
        """``listed`` are those of the unit; ``discussed`` the keys of the evaluations that wait for the meeting."""
        super().__init__(*args, **kwargs)
        self.listed, self.discussed = listed, discussed
        for each in listed:
            name = {"name": each.subject.name}
            self.fields[f"present_{each.pk}"] = forms.BooleanField(
                label=_("Present: %(name)s") % name, required=False, initial=True
            )
            if each.pk in discussed:
                self.fields[f"chosen_{each.pk}"] = forms.BooleanField(
                    label=_("Discussed: %(name)s") % name, required=False, initial=True
                )
                self.fields[f"opinion_{each.pk}"] = CleanTextField(
                    label=_("Opinion on %(name)s") % name, required=False, max_length=2000
                )

    @property
    def rows(self) -> list[MeetingRow]:
        """Return the rows, ready for a template."""
        return [
            MeetingRow(
                each, self[f"present_{each.pk}"],
                self[f"chosen_{each.pk}"] if each.pk in self.discussed else None,
                self[f"opinion_{each.pk}"] if each.pk in self.discussed else None,
            )
            for each in self.listed
        ]  # fmt: skip

    @property
    def own_fields(self) -> list[BoundField]:
        """Return the fields of the minutes themselves."""
        return [self["held_on"], self["chair"], self["text"]]

    def chosen(self) -> list[Evaluation]:
        """Return those whom the meeting was about."""
        return [each for each in self.listed if self.cleaned_data.get(f"chosen_{each.pk}")]

    def minutes(self) -> Minutes:
        """Return what was filled in, as the action takes it."""
        said = self.cleaned_data
        return Minutes(
            held_on=said["held_on"], chair=said["chair"], text=said["text"],
            present={each.officer_id: said[f"present_{each.pk}"] for each in self.listed if each.officer_id},
            opinions={each.pk: said[f"opinion_{each.pk}"] for each in self.chosen()},
        )  # fmt: skip


class NoticeForm(forms.Form):
    """Whose results are made known, from which day, and to which bodies besides."""

    evaluations = forms.MultipleChoiceField(
        label=gettext_lazy("Whose results"), widget=forms.CheckboxSelectMultiple, choices=[]
    )
    notified_on = day_field(gettext_lazy("Notified on"), initial=timezone.localdate)
    bodies = CleanTextField(label=gettext_lazy("Also to"), required=False, max_length=500)

    def __init__(self, *args: Any, waiting: list[Evaluation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.pk), f"{each.subject} – {LEVELS.get(each.level, '')}") for each in waiting]
        self.fields["evaluations"].choices = choices  # type: ignore[attr-defined]
        self.fields["evaluations"].initial = [key for key, _label in choices]
