"""The table of abbreviations: those that editors added, beside those that ship."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.screens import Column, FormScreen, ListScreen, Screen, link_to
from cms.curation import actions
from cms.curation.forms import AbbreviationForm
from cms.curation.models import Abbreviation
from cms.curation.permissions import can_keep_abbreviations
from cms.dedupe import words

LIST = ("curation:abbreviations", gettext_lazy("Abbreviations"))


class AbbreviationScreen(Screen):
    """A screen for those who appraise the whole province."""

    opens_to = staticmethod(can_keep_abbreviations)
    header_icon = "copy"
    above: tuple[str, Any] | None = LIST

    def refused_url(self) -> str:
        return reverse(LIST[0])

    @cached_property
    def abbreviation(self) -> Abbreviation:
        """Return the abbreviation of the address."""
        return get_object_or_404(Abbreviation, pk=self.kwargs["pk"])


class AbbreviationListScreen(AbbreviationScreen, ListScreen):
    """What editors added; what ships stands below."""

    page_title = LIST[1]
    template_name = "curation/abbreviations.html"
    above = ("curation:queue", gettext_lazy("Alike works"))
    empty = gettext_lazy("Nobody has added an abbreviation.")

    def get_queryset(self) -> Any:
        return Abbreviation.objects.select_related("changed_by")

    def buttons(self) -> list[tuple[str, Any]]:
        return [(reverse("curation:add_abbreviation"), _("Add an abbreviation"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shipped = [(letters, "; ".join(phrases)) for letters, phrases in sorted(words.ABBREVIATIONS.items())]
        return super().get_context_data(**kwargs) | {"shipped": shipped}

    def get_columns(self) -> list[Column]:
        return [
            Column("letters", _("Short form"), url_name="curation:abbreviation"),
            Column("written_out", _("Written out")),
            Column("note", _("Note")),
            Column("changed_by", _("Changed by"), "changed_by.full_name"),
            Column("act", _("Remove"), _remove_link, is_for_acts=True),
        ]


def _remove_link(row: Abbreviation) -> Any:
    return link_to(reverse("curation:remove_abbreviation", args=[row.pk]), _("Remove"), f"{_('Remove')}: {row}")


class AddAbbreviationScreen(AbbreviationScreen, FormScreen):
    """Put letters, and what they stand for, into the table."""

    page_title = gettext_lazy("Add an abbreviation")
    form_class = AbbreviationForm
    explanation = gettext_lazy("All works are compared anew with it, in a moment; what was judged stays.")
    success_message = gettext_lazy("The table has been changed. Works are being compared anew.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.keep_abbreviation(by=self.person, **form.cleaned_data)


class EditAbbreviationScreen(AddAbbreviationScreen):
    """Change an abbreviation."""

    page_title = gettext_lazy("Change the abbreviation")

    def get_initial(self) -> dict[str, Any]:
        kept = self.abbreviation
        return {"letters": kept.letters, "written_out": kept.written_out, "note": kept.note}

    def perform(self, form: forms.BaseForm) -> None:
        actions.keep_abbreviation(by=self.person, abbreviation=self.abbreviation, **form.cleaned_data)


class RemoveAbbreviationScreen(AbbreviationScreen, FormScreen):
    """Take an abbreviation out of the table."""

    page_title = gettext_lazy("Remove the abbreviation")
    form_class = forms.Form
    submit_label = gettext_lazy("Remove")
    serious = True
    success_message = gettext_lazy("The table has been changed. Works are being compared anew.")

    @property
    def subject(self) -> str:
        return f"{self.abbreviation.letters} – {self.abbreviation.written_out}"

    def perform(self, form: forms.BaseForm) -> None:
        actions.remove_abbreviation(by=self.person, abbreviation=self.abbreviation)
