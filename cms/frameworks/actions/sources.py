"""Confirming that a source says what is cited from it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.frameworks import conversion, permissions
from cms.frameworks.errors import SourceNotConfirmed
from cms.frameworks.models import CriteriaFramework, SourceConfirmation
from cms.frameworks.sources import digest_of, sources_of
from cms.scoring.provenance import Source


@transaction.atomic
def confirm_sources(
    *, by: Any, framework: CriteriaFramework, digests: Collection[str], compared_with: str
) -> list[SourceConfirmation]:
    """Confirm sources of a framework's draft, named by their digests, as compared with a document.

    Sources are law and the province's own choice, so only an editor of the province confirms, and for every framework
    at once. What waits no more is left alone. Raises SourceNotConfirmed when nothing is chosen or no document is named.
    """
    permissions.require(permissions.can_add(by))
    compared_with = compared_with.strip()
    if not compared_with:
        raise SourceNotConfirmed(_("Name the document that you compared with, its number and day."))
    waiting = sources_of(conversion.definition_data(framework.get_latest_revision_as_object())).waiting
    chosen = [each for each in waiting if digest_of(each.text) in digests]
    if not chosen:
        raise SourceNotConfirmed(_("Choose at least one source that waits to be confirmed."))
    return [_confirm(by, framework, each, compared_with) for each in chosen]


def _confirm(by: Any, framework: CriteriaFramework, source: Source, compared_with: str) -> SourceConfirmation:
    confirmation, _is_new = SourceConfirmation.objects.get_or_create(
        digest=digest_of(source.text),
        defaults={"text": source.text, "compared_with": compared_with, "confirmed_by": by},
    )
    record(
        by=by, action="framework.confirm_source", subject=confirmation, label=source.text, reason=compared_with,
        after={"framework": framework.code, "source": source.text},
    )  # fmt: skip
    return confirmation
