"""Nobody overwrites what they have not seen: writes to a version name the state of it that they mean (docs/adr, 19)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from cms.catalogs.errors import VersionIsFrozen
from cms.catalogs.models import CatalogVersion

IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True,
    description="The ETag of the version as you last read it, or `*` for whatever it is now.",
)  # fmt: skip


class PreconditionRequired(APIException):
    """The caller did not say which state of the version is meant."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "precondition_required"


class PreconditionFailed(APIException):
    """The version is no longer what the caller means."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "precondition_failed"


def open_etag(version: CatalogVersion) -> str:
    """Return the ETag of a version that can still change; it differs after every write to it and every move of it."""
    return f'"{version.pk}.{version.edition}.{version.state}"'


def require_tag(request: Request, tag: str) -> None:
    """Hold If-Match against the ETag of what the caller acts on; raises PreconditionRequired and PreconditionFailed.

    To be called inside the transaction of the act, once the row is locked.
    """
    named = request.headers.get("If-Match", "").strip()
    if not named:
        raise PreconditionRequired
    if not _tags(named) & {"*", tag}:
        raise PreconditionFailed


def _tags(named: str) -> set[str]:
    # A proxy that compresses answers marks their ETags as weak; it is still the one that was handed out here.
    return {tag.removeprefix("W/") for tag in parse_etags(named)}


def require_match(
    request: Request,
    version: CatalogVersion,
    *,
    part: Callable[[CatalogVersion], str] | None = None,
    needed: bool = True,
) -> CatalogVersion:
    """Return the version as it is now, locked until the transaction ends, if it is the one that If-Match names.

    ``part`` returns the ETag of what is meant inside the version, which may be named instead; without being ``needed``
    nothing has to be named. To be called inside the transaction of the act. Raises VersionIsFrozen for a decided
    version whatever was named, PreconditionRequired, PreconditionFailed, and Http404 when the version is gone.
    """
    locked = (
        CatalogVersion.objects.select_for_update(of=("self",))
        .select_related("catalog__agency")
        .filter(pk=version.pk)
        .first()
    )
    if locked is None:
        raise Http404
    if locked.is_frozen:
        raise VersionIsFrozen(_("This version is approved and never changes. Start a new version."))
    named = request.headers.get("If-Match", "").strip()
    if not named and not needed:
        return locked
    if not named:
        raise PreconditionRequired
    tags = _tags(named)
    if tags & {"*", open_etag(locked)} or (part and part(locked) in tags):
        return locked
    raise PreconditionFailed
