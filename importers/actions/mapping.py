"""What the columns of an agency's files are: matched by a person, remembered for the agency, changed and forgotten."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.catalogs.permissions import require
from cms.core.errors import WrongState
from cms.organisations.models import Agency
from cms.users.models import User
from importers.actions.correcting import CORRECTABLE
from importers.actions.ledger import locked
from importers.actions.sending import queue
from importers.checking.columns import IGNORED
from importers.checking.headings import header_key
from importers.kinds import KINDS
from importers.mappings.models import ColumnMapping
from importers.mappings.table import every_column, is_memorable
from importers.models import ImportBatch
from importers.permissions import can_commit, can_upload

# So many headings are remembered for an agency and a kind of upload: every check reads them all.
MOST_REMEMBERED = 500


@transaction.atomic
def map_columns(*, by: User, batch: ImportBatch, words: Mapping[str, str]) -> ImportBatch:
    """Remember for the agency what headings of its files stand for, and have the upload checked once more.

    ``words`` gives for each heading, as the file writes it, the key of a column of the kind's layouts, IGNORED, or ""
    for one that nothing is to be remembered of. Raises NotAllowed, and WrongState when the upload is not open to
    correction, a key is none of the kind, a heading cannot be one, or the agency has too many of them.
    """
    batch = locked(batch)
    require(can_commit(by, batch))
    if batch.state not in CORRECTABLE or not batch.original:
        raise WrongState(_("The columns of this upload cannot be matched now. Open it again to see how it stands."))
    _remember(by, batch.agency, batch.kind, words)
    queue(batch)
    return batch


@transaction.atomic
def change_mapping(*, by: User, mapping: ColumnMapping, column: str) -> ColumnMapping:
    """Have a heading stand for another column in later uploads. Raises NotAllowed, and WrongState for no such key."""
    _remember(by, mapping.agency, mapping.kind, {mapping.header: column or IGNORED})
    return ColumnMapping.objects.get(agency=mapping.agency, kind=mapping.kind, header_key=mapping.header_key)


@transaction.atomic
def forget_mapping(*, by: User, mapping: ColumnMapping) -> None:
    """Read a heading again as if nobody had matched it. Raises NotAllowed."""
    _remember(by, mapping.agency, mapping.kind, {mapping.header: ""})


def _remember(by: User, agency: Agency, kind: str, words: Mapping[str, str]) -> None:
    """Write what changes, and one event of it: headings with the names of columns before and after."""
    require(can_upload(by, agency, kind))
    # Two people who match the same headings at once wait for each other here.
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    keys = _keys(kind, words)
    names = {column.key: column.header for column in every_column(KINDS[kind].layouts())} | {IGNORED: _("not read")}
    held = {one.header_key: one for one in ColumnMapping.objects.used_for(agency, kind)}
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for heading, column in words.items():
        old = held.get(keys[heading])
        if (old.column if old else "") == column:
            continue
        before[heading] = names.get(old.column, old.column) if old else ""
        after[heading] = names.get(column, "")
        if column:
            values = {"header": heading, "column": column, "by": by, "at": timezone.now()}
            ColumnMapping.objects.update_or_create(agency=agency, kind=kind, header_key=keys[heading], defaults=values)
        elif old:
            old.delete()
    if ColumnMapping.objects.used_for(agency, kind).count() > MOST_REMEMBERED:
        raise WrongState(_("Too many headings are remembered for this agency. Forget some that are no longer used."))
    if after:
        about = {"upload_kind": str(KINDS[kind].words.name)}
        record(
            by=by, action="import.map_columns", subject=agency, agency_code=agency.code,
            before=before, after=about | after,
        )  # fmt: skip


def _keys(kind: str, words: Mapping[str, str]) -> dict[str, str]:
    """The headings as they are compared; refused are those that cannot be told apart, and keys that there are not."""
    known = {column.key for column in every_column(KINDS[kind].layouts())} | {IGNORED, ""}
    keys = {heading: header_key(heading) for heading in words}
    if not (
        all(map(is_memorable, words)) and len(set(keys.values())) == len(keys) and known.issuperset(words.values())
    ):
        raise WrongState(_("These columns cannot be matched like this. Open the page again and choose anew."))
    return keys
