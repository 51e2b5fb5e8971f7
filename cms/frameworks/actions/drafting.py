"""Drafts that begin from something: a definition that was sent, another framework, the province's shared frame."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.errors import WrongState
from cms.frameworks import conversion, permissions
from cms.frameworks.bases import base_version_on
from cms.frameworks.errors import CodeTaken, NotReadable
from cms.frameworks.models import CriteriaFramework
from cms.organisations.models import Agency
from cms.scoring import shipped
from cms.scoring.definition import read_definition, write_definition
from cms.scoring.problems import Problem


@transaction.atomic
def import_definition(*, by: Any, data: Any, framework: CriteriaFramework | None = None) -> CriteriaFramework:
    """Make a draft of a definition as JSON data: a new framework, or the next draft of the one that is given.

    Raises NotReadable with every problem of its shape, CodeTaken when a new one brings a code that is in use, and
    WrongState while the draft is locked: what waits for approval stays what was submitted. Whether the draft makes
    sense is asked when it is published.
    """
    definition, problems = read_definition(data)
    if definition is None:
        raise NotReadable(problems)
    if framework is None:
        permissions.require(permissions.can_add(by))
        _require_slug(definition.code)
        return _start(by, write_definition(definition), action="framework.import")
    permissions.require(permissions.can_change(by, framework))
    require_unlocked(framework, by)
    draft = framework.get_latest_revision_as_object()
    conversion.fill(draft, write_definition(definition) | {"code": framework.code})
    save_draft(draft, by)
    record(by=by, action="framework.import", subject=framework, agency_code=_agency_code(framework))
    return framework


@transaction.atomic
def load_shipped(*, by: Any, code: str) -> CriteriaFramework | None:
    """Make a draft of the province of a shipped definition; None when a framework has the code already.

    ``by`` is None for the command line. Raises KeyError for a code that is not shipped.
    """
    definition = shipped.load(code)
    if by is not None:
        permissions.require(permissions.can_add(by))
    if CriteriaFramework.objects.filter(code=code).exists():
        return None
    return _start(by, write_definition(definition), action="framework.import")


@transaction.atomic
def copy(*, by: Any, framework: CriteriaFramework, code: str, name: str) -> CriteriaFramework:
    """Start a framework of the province from the draft of another; its unpublished words keep their writers."""
    permissions.require(permissions.can_add(by) and permissions.can_read(by, framework))
    data = conversion.definition_data(framework.get_latest_revision_as_object())
    begun = _start(by, data | {"code": code, "name": name}, action="framework.copy", reason=framework.code)
    begun.earlier_writers.set(framework.writers())
    return begun


@transaction.atomic
def note_brought_back(*, framework: CriteriaFramework, revision: Any) -> None:
    """Count those who wrote an earlier draft among the writers of the draft, now that it says the same again."""
    framework.earlier_writers.add(*framework.writers(revision))


@transaction.atomic
def specialise(*, by: Any, framework: CriteriaFramework, agency: Agency, code: str, name: str) -> CriteriaFramework:
    """Start an agency's own framework from the province's version that holds today ("shared frame, own indicators").

    Where none holds today, from the last.

    Source: plan of Nghệ An, I.2 and III.2.1; plan of Gia Lai, V.1.c. Raises WrongState when there is no version yet.
    """
    permissions.require(permissions.can_specialise(by, agency))
    version = base_version_on(framework, timezone.localdate())
    if version is None or framework.agency is not None:
        raise WrongState(_("An agency's framework is made of a published framework of the province."))
    # What holds already is followed from today on: an agency's framework does not begin on a day that is over.
    begins = max(version.effective_from, timezone.localdate()).isoformat()
    data = version.data | {"code": code, "name": name, "effective_from": begins}
    return _start(by, data, action="framework.specialise", reason=framework.code, agency=agency, base=framework)


def _start(by: Any, data: dict[str, Any], *, action: str, reason: str = "", **place: Any) -> CriteriaFramework:
    if CriteriaFramework.objects.filter(code=data["code"]).exists():
        raise CodeTaken(_("Another framework has the code “%(code)s”.") % {"code": data["code"]})
    framework = CriteriaFramework(live=False, has_unpublished_changes=True, created_by=by, **place)
    conversion.fill(framework, data)
    framework.full_clean(exclude=["basis", "sections", "rules", "classification"])
    framework.save()
    save_draft(framework, by)
    record(by=by, action=action, subject=framework, agency_code=_agency_code(framework), reason=reason)
    return framework


def _require_slug(code: str) -> None:
    """Refuse a code that no address can carry; codes inside definitions are freer."""
    try:
        validate_slug(code)
    except ValidationError:
        raise NotReadable([Problem("code", "not_a_slug", {"value": code})]) from None


def require_unlocked(framework: CriteriaFramework, by: Any) -> None:
    """Refuse to write a draft that is locked or waits for approval."""
    lock = framework.get_lock()
    if lock is not None and lock.for_user(by):
        raise WrongState(_("The draft is locked or waits for approval. Nothing was written."))


def save_draft(framework: CriteriaFramework, by: Any) -> None:
    """Save what the framework says now as this person's next draft."""
    framework.save_revision(user=by, log_action=True)


def _agency_code(framework: CriteriaFramework) -> str:
    return framework.agency.code if framework.agency else ""
