"""One editor at a time: a cluster is taken, released, or taken over with a word to whoever had it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.errors import DomainError, require_words
from cms.curation import permissions
from cms.curation.errors import HeldByOther
from cms.curation.models import Cluster
from cms.users.models import User


@transaction.atomic
def take(*, by: User, cluster: Cluster, because: str = "") -> Cluster:
    """Take a cluster, so that nobody else judges it for a while.

    What another editor holds is taken over with ``because``, a word that they read; without it HeldByOther is raised.
    """
    cluster = locked(by, cluster)
    if cluster.is_held_by_other(by):
        if not because.strip():
            raise held_by_other(cluster)
        record(
            by=by, action="cluster.take_over", subject=cluster, reason=because.strip(),
            after={"taken_from": str(cluster.taken_by)},
        )  # fmt: skip
    elif because:
        because = require_words(because, DomainError(_("Write why you take it over."), code="reason_required"))
    cluster.taken_by, cluster.taken_at, cluster.taken_because = by, timezone.now(), because.strip()
    cluster.save(update_fields=["taken_by", "taken_at", "taken_because"])
    return cluster


@transaction.atomic
def take_next(*, by: User, after: Cluster | None = None) -> Cluster | None:
    """Take the next cluster that waits and that nobody holds, and release the one before; None where there is none."""
    if after is not None:
        release(by=by, cluster=after)
    found = Cluster.objects.waiting(by).free_for(by).select_for_update(of=("self",), skip_locked=True)
    cluster = (found.exclude(pk=after.pk) if after else found).first()
    return take(by=by, cluster=cluster) if cluster else None


@transaction.atomic
def release(*, by: User, cluster: Cluster) -> bool:
    """Give a cluster back; return whether the person held it."""
    own = Cluster.objects.filter(pk=cluster.pk, taken_by=by)
    return bool(own.update(taken_by=None, taken_at=None, taken_because=""))


def locked(by: User, cluster: Cluster) -> Cluster:
    """Return a cluster that the person may judge, locked until the transaction ends."""
    found = Cluster.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=cluster.pk).first()
    permissions.require(found is not None and permissions.can_curate(by))
    assert found is not None  # noqa: S101 - required above
    return found


def held_by_other(cluster: Cluster) -> HeldByOther:
    """Return the refusal that says who holds the cluster, and since when."""
    since = date_format(timezone.localtime(cluster.taken_at), "SHORT_DATETIME_FORMAT")
    sentence = _("%(person)s has been judging this cluster since %(since)s. Take another one, or take it over.")
    return HeldByOther(sentence % {"person": cluster.taken_by, "since": since})
