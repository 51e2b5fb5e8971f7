"""A clerk says that their work is another than those that it is like."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.catalogs import permissions
from cms.catalogs.models import Catalog
from cms.core.errors import DomainError
from cms.curation.asking import digest_of
from cms.curation.models import AgencyAnswer
from cms.dedupe.finding import Work
from cms.users.models import User


@transaction.atomic
def answer_other_work(*, by: User, catalog: Catalog, work: Work, than: Collection[str]) -> int:
    """Remember that a work of an agency is another than texts with these fingerprints; return how many were new.

    The agency is not asked again while both texts hold; for others nothing changes, and editors judge for all.
    """
    permissions.require(permissions.can_write(by, catalog))
    if not work.name.strip():
        raise DomainError(_("Write the name of the work first."), code="no_name")
    mine = digest_of(work)
    pairs = {(min(mine, other), max(mine, other)) for other in than if other != mine}
    known = AgencyAnswer.objects.filter(catalog=catalog, one__in={one for one, _other in pairs})
    pairs -= set(known.values_list("one", "other"))
    AgencyAnswer.objects.bulk_create(AgencyAnswer(catalog=catalog, one=one, other=other, by=by) for one, other in pairs)
    if pairs:
        record(by=by, action="catalog.answer", subject=catalog, after={"name": work.name, "pairs": len(pairs)})
    return len(pairs)
