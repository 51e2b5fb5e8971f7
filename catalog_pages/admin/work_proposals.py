"""Work that officers proposed to the catalog, put into its draft as an item."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from catalog_pages.admin.forms import ItemForm, number_rules
from catalog_pages.admin.item_edit import NUMBER_WORDS
from catalog_pages.admin.screens import CatalogScreen
from cms.assignments import actions
from cms.assignments.actions.proposing import catalog_agency
from cms.assignments.errors import InvalidProposal
from cms.assignments.models import WorkProposal
from cms.catalogs import permissions
from cms.catalogs.models import CatalogVersion
from cms.core.numbers import format_decimal_vi
from cms.core.screens import FormScreen
from cms.organisations.actions import note_read
from cms.organisations.enums import OfficerData


class ProposalTakeView(CatalogScreen, FormScreen):
    """Fill in what the item needs; a draft is started where there is none, and goes the way of its block."""

    template_name = "catalog_pages/admin/proposal_take.html"
    page_title = _lazy("Put the work into the draft")
    form_class = ItemForm
    above = ("assignments:proposal_list", _lazy("Work proposed to the catalog"))

    @cached_property
    def proposal(self) -> WorkProposal:
        """Return the proposal of the address, where it is the person's to decide; the officer reads who looked."""
        found = WorkProposal.objects.writable_by(self.person).select_related("posting__officer", "posting__agency")
        proposal = get_object_or_404(found, pk=self.kwargs["pk"])
        note_read(by=self.person, officer=proposal.posting.officer, what=OfficerData.WORK)
        return proposal

    @cached_property
    def version(self) -> CatalogVersion:
        """Return the draft, or the version that a draft begins with; raises InvalidProposal without a catalog."""
        owner = catalog_agency(self.proposal.posting.agency)
        versions = CatalogVersion.objects.filter(catalog__agency=owner).order_by("-number")
        version = versions.open().first() or versions.first()
        if version is None:
            raise InvalidProposal(_("The agency works by no catalog yet: it is opened first."))
        return version

    @property
    def subject(self) -> str:
        """Say what was proposed."""
        return str(self.proposal)

    @property
    def explanation(self) -> str:
        """Say who proposed how much of it, and why."""
        proposal = self.proposal
        words = {
            "officer": proposal.posting.officer, "quantity": format_decimal_vi(proposal.quantity),
            "unit": proposal.unit, "reason": proposal.reason,
        }  # fmt: skip
        return _("%(officer)s: %(quantity)s %(unit)s. %(reason)s") % words

    def get_form_kwargs(self) -> dict[str, Any]:
        """Begin with what the officer wrote."""
        if not self.version.is_frozen:
            permissions.require(permissions.can_edit(self.person, self.version))
        written = {"name": self.proposal.name, "unit": self.proposal.unit}
        return super().get_form_kwargs() | {"version": self.version, "initial": written}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Suggest the fields of work that the version already has."""
        rules = {"rules": number_rules(self.version), "words": {name: str(word) for name, word in NUMBER_WORDS.items()}}
        fields = sorted(self.version.summary.get("fields", {}))
        return super().get_context_data(fields_of_work=fields, number_rules=rules, **kwargs)

    def refused_url(self) -> str:
        return reverse("assignments:proposal_list")

    def perform(self, form: Any) -> None:
        taken = actions.take_proposal(by=self.person, proposal=self.proposal, item=form.values())
        sentence = _("The work is item %(code)s of the draft. It counts once the draft is decided and the item holds.")
        messages.success(self.request, sentence % {"code": taken.code})
