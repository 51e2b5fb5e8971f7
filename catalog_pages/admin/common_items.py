"""Works promoted from agencies' lists into the province's common list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from catalog_pages import actions as pages
from catalog_pages.admin.forms import ItemForm, number_rules
from catalog_pages.admin.item_edit import NUMBER_WORDS, ItemScreen
from cms.catalogs.models import CatalogVersion
from cms.core.screens import FormScreen
from cms.curation import actions, permissions
from cms.curation.actions import AlikeTexts
from cms.curation.actions.promoting import require_promotable
from cms.curation.promotion import AlikeWorks, alike_works, copied_values, free_code, province_version
from cms.organisations.models import Agency


class PromotionForm(ItemForm):
    """The common item as it is to be, and the works of other agencies that are the same."""

    def __init__(self, *args: Any, alike: AlikeWorks | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alike = alike
        if alike is None:
            return
        choices = [(text.pk, self._label(text, alike)) for text in alike.texts]
        self.fields["texts"] = forms.TypedMultipleChoiceField(
            label=_("The same work, linked at once"), coerce=int, required=False, choices=choices,
            widget=forms.CheckboxSelectMultiple, initial=[],
            help_text=_("What is ticked is judged to be the same as the new common item."),
        )  # fmt: skip
        self.fields["cluster_edition"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=alike.cluster.edition, min_value=0, max_value=2**31 - 1
        )

    def ask_for_reason(self) -> None:
        """Ask only while the province's own version is appraised; the form may be that of the agency's."""
        if self.version.catalog.agency.is_root():
            super().ask_for_reason()

    @staticmethod
    def _label(text: Any, alike: AlikeWorks) -> str:
        return _("%(name)s (other agencies say the same)") % {"name": text.name} if text == alike.own else text.name

    def chosen(self) -> AlikeTexts | None:
        """Return what was ticked, the item's own text with it; None where nothing was."""
        texts = self.cleaned_data.get("texts")
        if self.alike is None or not texts:
            return None
        edition = self.cleaned_data["cluster_edition"]
        return AlikeTexts(self.alike.cluster, edition, {*texts, self.alike.own.pk})


class PromoteView(ItemScreen, FormScreen):
    """Make an item of the province's draft of this one; wording and values are looked at once more."""

    template_name = "catalog_pages/admin/promote.html"
    page_title = _lazy("Promote into the common list")
    form_class = PromotionForm

    @property
    def subject(self) -> str:
        return f"{self.item.code} – {self.item.name}"

    @cached_property
    def province(self) -> CatalogVersion | None:
        """Return the province's version whose draft the item goes into, or begins with."""
        return province_version()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Begin with what the agency's item says, under a code of the province's."""
        permissions.require(permissions.can_promote(self.person, self.version))
        self.item.version = self.version
        require_promotable(self.item)
        version = self.province or self.version
        values = copied_values(self.item, version) | {"code": free_code(self.province)}
        about = {"version": version, "initial": values, "alike": alike_works(self.item, self.person)}
        return super().get_form_kwargs() | about

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which version it goes into."""
        version = self.province or self.version
        rules = {"rules": number_rules(version), "words": {name: str(word) for name, word in NUMBER_WORDS.items()}}
        fields = sorted(version.summary.get("fields", {}))
        return super().get_context_data(
            province=self.province, fields_of_work=fields, number_rules=rules, **kwargs
        )  # fmt: skip

    def refused_url(self) -> str:
        return reverse("catalogs:item", args=[self.version.pk, self.item.pk])

    def perform(self, form: Any) -> None:
        with transaction.atomic():
            # A list is submitted from its page.
            pages.open_page(by=self.person, agency=Agency.objects.get(depth=1))
            common = actions.promote(
                by=self.person, item=self.item, values=form.values(), alike=form.chosen(),
                reason=form.cleaned_data.get("reason", ""),
            )  # fmt: skip
        draft = reverse("catalogs:version", args=[common.version_id])
        done = _("Item %(code)s stands in the draft of the common list. It holds once that is decided.")
        messages.success(
            self.request,
            format_html('{} <a href="{}">{}</a>', done % {"code": common.code}, draft, _("Open the draft")),
        )
