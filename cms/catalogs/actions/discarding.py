"""Taking away a draft that was begun and came to nothing."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.catalogs import permissions
from cms.catalogs.actions.drafting import lock_for_edit
from cms.catalogs.models import CatalogVersion
from cms.core.errors import WrongState
from cms.users.models import User


@transaction.atomic
def discard_version(*, by: User, version: CatalogVersion) -> None:
    """Take away a draft with its items. What points to it must have let go of it before.

    Raises WrongState once it was submitted or somebody remarked on it: such a version is part of the record.
    """
    version = lock_for_edit(by=by, version=version)
    if not permissions.can_discard(by, version) or version.remarks.exists():
        raise WrongState(_("Only a draft that nobody has looked at yet can be taken away."))
    record(
        by=by, action="catalog_version.discard", subject=version, agency_code=version.catalog.agency.code,
        before={"number": version.number, "items": version.item_count},
    )  # fmt: skip
    version.items.all().delete()
    version.delete()
