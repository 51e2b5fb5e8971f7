"""For whom links are made, in which file they are handed out, and which result becomes a figure."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog_pages.surveys.indicators import measures_of
from catalog_pages.surveys.page import SurveyPage
from cms.evaluations.scoring_inputs.figures import asked_indicators
from cms.organisations.models import Agency


class IndicatorForm(forms.Form):
    """Which result becomes the figure of which indicator."""

    measure = forms.ChoiceField(label=gettext_lazy("Result"))
    indicator = forms.ChoiceField(
        label=gettext_lazy("Indicator"),
        help_text=gettext_lazy("Those for which frameworks in effect on the last day of the survey ask a figure."),
    )  # fmt: skip

    above = forms.CharField(
        label=gettext_lazy("Units of the agency with the code"), required=False, max_length=32,
        help_text=gettext_lazy("Empty: departments and communes, which the Department of Home Affairs verifies."),
    )  # fmt: skip

    def clean_above(self) -> Agency | None:
        """Return the agency; None for departments and communes."""
        code = self.cleaned_data["above"].strip().lower()
        agency = Agency.objects.active().filter(code=code).first()
        if code and agency is None:
            raise forms.ValidationError(_("No agency in operation has this code: %(codes)s") % {"codes": code})
        return agency

    def __init__(self, *args: Any, survey: SurveyPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measures = {each.code: each for each in measures_of(survey)}
        asked = asked_indicators(survey.closes_on)
        self.fields["measure"].choices = [(code, each.label) for code, each in self.measures.items()]  # type: ignore[attr-defined]
        self.fields["indicator"].choices = [  # type: ignore[attr-defined]
            (code, f"{code} – {title}") for code, (title, _full) in asked.items()
        ]


_LINE = re.compile(r"(?P<code>\S+?)(?:[\s;,]+(?P<number>\d{1,4}))?[\s;,]*")
_MOST_LINES = 2_000


class LinksForm(forms.Form):
    """Codes of agencies with numbers, or a number alone; ``requested`` is what is to be made."""

    number = forms.IntegerField(
        label=gettext_lazy("Links for each agency"), min_value=1, max_value=5_000, initial=1,
        help_text=gettext_lazy("Without agencies: the number of links altogether."),
    )  # fmt: skip
    agencies = forms.CharField(
        label=gettext_lazy("Codes of agencies"), required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("One a line; a number behind the code, such as “so-noi-vu 20”, counts for it alone."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("File"), choices=[("xlsx", "Excel"), ("csv", "CSV")], initial="xlsx"
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Find the agencies."""
        typed = super().clean() or {}
        if self.errors:
            return typed
        lines = [line.strip() for line in typed["agencies"].splitlines() if line.strip()]
        if len(lines) > _MOST_LINES:
            self.add_error("agencies", _("At most %(most)s lines.") % {"most": _MOST_LINES})
            return typed
        read = [_LINE.fullmatch(line) for line in lines]
        codes = [found["code"].lower() if found else "" for found in read]
        known = {agency.code: agency for agency in Agency.objects.active().filter(code__in=codes)}
        unknown = [line for line, code in zip(lines, codes, strict=True) if code not in known]
        if unknown:
            named = ", ".join(unknown[:5])
            self.add_error("agencies", _("No agency in operation has this code: %(codes)s") % {"codes": named})
            return typed
        requested = [
            (known[code], int(found["number"] or typed["number"]))
            for code, found in zip(codes, read, strict=True) if found
        ]  # fmt: skip
        return typed | {"requested": requested or [(None, typed["number"])]}
