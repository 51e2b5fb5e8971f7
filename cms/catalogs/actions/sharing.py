"""Who reads which version: given, taken over and released by those who appraise the agency (ADR 86)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.catalogs import permissions
from cms.catalogs.errors import OwnWork
from cms.catalogs.models import CatalogVersion, VersionAssignment
from cms.core.errors import NotAllowed, WrongState
from cms.users.models import User


@transaction.atomic
def assign_version(*, by: User, version: CatalogVersion, editor: User) -> VersionAssignment:
    """Give a version that is not decided to one who appraises its agency, whoever had it before.

    Raises NotAllowed where ``by`` or ``editor`` does not appraise the agency, OwnWork where the editor wrote any of it.
    """
    version = _locked(by, version)
    if version.is_frozen:
        raise WrongState(_("%(version)s is decided; nobody has to read it.") % {"version": version})
    if not permissions.can_share_out(editor, version):
        raise NotAllowed(_("%(person)s does not appraise %(agency)s.") % _about(editor, version))
    if permissions.is_own_work(editor, version):
        raise OwnWork(_("%(person)s submitted or edited the list of %(agency)s.") % _about(editor, version))
    held = VersionAssignment.objects.filter(version=version).select_related("editor").first()
    if held and held.editor_id == editor.pk:
        return held
    given, _created = VersionAssignment.objects.update_or_create(version=version, defaults={"editor": editor, "by": by})
    before = {"editor": held.editor.full_name} if held else {}
    _record(by, version, "catalog_version.assign", before, {"editor": editor.full_name})
    return given


@transaction.atomic
def release_version(*, by: User, version: CatalogVersion) -> bool:
    """Have nobody in particular read the version; return whether somebody had to."""
    version = _locked(by, version)
    held = VersionAssignment.objects.filter(version=version).select_related("editor").first()
    if held is None:
        return False
    held.delete()
    _record(by, version, "catalog_version.release", {"editor": held.editor.full_name}, {})
    return True


def _locked(by: User, version: CatalogVersion) -> CatalogVersion:
    locked = CatalogVersion.objects.select_for_update(of=("self",)).select_related("catalog__agency").get(pk=version.pk)
    permissions.require(permissions.can_share_out(by, locked))
    return locked


def _about(editor: User, version: CatalogVersion) -> dict[str, str]:
    return {"person": editor.full_name, "agency": str(version.catalog.agency)}


def _record(by: User, version: CatalogVersion, action: str, before: dict[str, str], after: dict[str, str]) -> None:
    record(by=by, action=action, subject=version, agency_code=version.catalog.agency.code, before=before, after=after)
