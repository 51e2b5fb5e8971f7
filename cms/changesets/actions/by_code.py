"""Proposing as people fill in a form: items by their codes, and only what is to be another."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import gettext as _

from cms.catalogs.item_fields import PARTS
from cms.catalogs.models import Catalog
from cms.changesets.actions.proposing import propose
from cms.changesets.contents import with_coefficient, with_parts
from cms.changesets.enums import ProposalKind
from cms.changesets.errors import InvalidProposal
from cms.changesets.models import Proposal
from cms.changesets.standing import standing_items
from cms.users.models import User


def propose_by_code(
    *, by: User, catalog: Catalog, kind: ProposalKind, reason: str, item: str = "", other: str = "", **typed: Any
) -> Proposal:
    """Propose as ``propose`` does, the items named by their codes in the decided list; blank fields change nothing.

    Another coefficient brings the score of the item with it; other part scores bring score and coefficient.
    """
    values = {name: value for name, value in typed.items() if value not in ("", None)}
    if kind == ProposalKind.NEW:
        if last := catalog.versions.frozen().order_by("-number").first():
            values = with_parts(values, {}, last.terms)
        return propose(by=by, catalog=catalog, kind=kind, reason=reason, values=values)
    found = standing_items([catalog.pk]).with_code(item).first() if item else None
    if found is None:
        raise InvalidProposal(_("The decided list holds no item with the code “%(code)s”.") % {"code": item})
    if "coefficient" in values and not any(part in values for part in PARTS):
        values |= with_coefficient(found, values["coefficient"])
    values = with_parts(values, found.content, found.version.terms)
    merged = _identity(catalog, other) if kind == ProposalKind.MERGE else None
    return propose(
        by=by, catalog=catalog, kind=kind, reason=reason, identity=found.identity, merged=merged, values=values
    )


def _identity(catalog: Catalog, code: str) -> uuid.UUID | None:
    item = standing_items([catalog.pk]).with_code(code).first() if code else None
    return item.identity if item else None
