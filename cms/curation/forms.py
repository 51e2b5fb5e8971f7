"""Forms of the queue of alike works."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CleanTextField
from cms.core.numbers import read_key
from cms.curation.enums import Verdict


class JudgementForm(forms.Form):
    """A judgement over a cluster, or over the works that are ticked."""

    verdict = forms.ChoiceField(choices=Verdict.choices, required=False)
    # The item of the common list that the others are the same as; it is a judgement by itself.
    common = forms.UUIDField(required=False)
    edition = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    texts = forms.TypedMultipleChoiceField(coerce=int, required=False)
    whole = forms.BooleanField(required=False)
    reason = forms.CharField(required=False, max_length=500, strip=True)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        # The action judges none but those of the cluster.
        texts: Any = self.fields["texts"]
        texts.choices = [(key, "") for key in data.getlist("texts") if read_key(key)]

    def clean(self) -> dict[str, Any]:
        """Leave out the ticks where all works are meant: those of other pages too."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("common"):
            said["verdict"] = Verdict.COMMON
        if not said.get("verdict"):
            raise forms.ValidationError(_("Choose a judgement."))
        if said.get("whole"):
            said["texts"] = []
        elif not said.get("texts"):
            raise forms.ValidationError(_("Tick the works that you judge, or judge the whole cluster."))
        return said


class NextForm(forms.Form):
    """The cluster that is left for the next."""

    after = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class TakeOverForm(forms.Form):
    """Why a cluster is taken over from another editor."""

    because = forms.CharField(label=_("Word to the other editor"), max_length=300)


class JudgementFilterForm(forms.Form):
    """Whose judgements are listed, and of which days."""

    today = forms.BooleanField(label=_("Today only"), required=False)
    own = forms.BooleanField(label=_("My own only"), required=False)
    verdict = forms.ChoiceField(label=_("Conclusion"), required=False, choices=[("", _("All")), *Verdict.choices])


class CommonFilterForm(forms.Form):
    """Words by which items of the common list are looked for, and the position whose holders do them."""

    q = CleanTextField(label=_("Search"), required=False, max_length=200)
    position = CleanTextField(label=_("Code of a position"), required=False, max_length=64)


class EndLinkForm(forms.Form):
    """Why an item is another work than the common item after all."""

    reason = CleanTextField(label=_("Why it is another work"), max_length=500)


class ListsForm(forms.Form):
    """The province's choice between a common list and lists of each agency alone."""

    per_agency = forms.TypedChoiceField(
        label=_("The province keeps"), coerce=lambda said: said == "yes", widget=forms.RadioSelect,
        choices=[("no", _("a common list, into which works are promoted and from which agencies take over")),
                 ("yes", _("lists of each agency alone: links serve checks and comparison"))],
    )  # fmt: skip
    reason = CleanTextField(label=_("By which plan or decision"), max_length=500)


class AbbreviationForm(forms.Form):
    """An abbreviation and what it stands for."""

    letters = forms.CharField(label=_("Short form"), max_length=30)
    written_out = forms.CharField(label=_("Written out"), max_length=200)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)
