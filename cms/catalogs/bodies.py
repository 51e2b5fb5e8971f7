"""Who appraises and who decides the catalogs of a block, by name: what screens and mails call them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cms.catalogs.models import CatalogVersion, OpinionStep
from cms.organisations.enums import Block


def appraiser_of(version: CatalogVersion) -> str:
    """Return the body that appraises; its decree names it for the government block alone."""
    if version.catalog.agency.block == Block.GOVERNMENT:
        return _("the Department of Home Affairs")
    return _("the appraising body of the block")


def decider_of(version: CatalogVersion) -> str:
    """Return who decides; the decree names it for the government block alone."""
    if version.catalog.agency.block == Block.GOVERNMENT:
        return _("the Chairman of the provincial People's Committee")
    return _("the deciding authority of the block")


def after_acceptance(version: CatalogVersion) -> str:
    """Return the body to which an accepted list goes on: the first whose opinion is asked, or who decides."""
    asked = OpinionStep.objects.asked_for(version).first()
    return asked.name if asked else decider_of(version)


def accepted_sentence(version: CatalogVersion, next_body: str = "") -> str:
    """Say for what an accepted list waits: the opinion of the body that is asked next, if any, or the decision."""
    if next_body:
        return _("The list was accepted. Before the decision, %(step)s is asked for its opinion.") % {"step": next_body}
    bodies = {"appraiser": _capitalised(appraiser_of(version)), "decider": decider_of(version)}
    return _("%(appraiser)s accepted the list. It now waits for the decision of %(decider)s.") % bodies


def _capitalised(body: str) -> str:
    return body[:1].upper() + body[1:]
