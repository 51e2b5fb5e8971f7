"""The state of all open data at a moment, without reading it: when it changed last, and a fingerprint."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from catalog_pages import exports
from catalog_pages.open_data import history
from catalog_pages.open_data.datasets import public_versions
from catalog_pages.open_data.dictionary import FORMAT, Dataset
from catalog_pages.open_data.moments import Moment
from catalog_pages.transparency.models import TransparencyRelease
from cms.curation.models import CommonLink
from cms.frameworks.models import BaseConfirmation, FrameworkVersion

_BEFORE_ANYTHING = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class State:
    """When something changed last before the moment, and a fingerprint of all that there was."""

    changed: datetime.datetime
    fingerprint: str

    def etag(self, *parts: str) -> str:
        """Return the entity tag of an answer that is made of the state and of these words."""
        digest = hashlib.sha256("\n".join((self.fingerprint, str(FORMAT), str(exports.FORMAT), *parts)).encode())
        return f'"{digest.hexdigest()[:32]}"'


def state_at(moment: Moment) -> State:
    """Return the state at a moment, by a few totals: whatever the size of the province."""
    before = {"published_at__lt": moment.until}
    # The ledger and rows of their own tables grow apart, so each is asked for what is newest in it.
    confirmed = BaseConfirmation.objects.filter(confirmed_at__lt=moment.until)
    totals = [
        _catalogs(moment),
        confirmed.aggregate(last=Max("confirmed_at"), count=Count("pk")),
        _frameworks(moment),
        _links(moment),
        TransparencyRelease.objects.filter(**before).aggregate(last=Max("published_at"), count=Count("pk")),
        history.events_before(moment).aggregate(last=Max("at"), count=Count("pk")),
    ]
    changed = max((total["last"] for total in totals if total["last"]), default=_BEFORE_ANYTHING)
    counted = [f"{total['last']} {total['count']}" for total in totals]
    return State(changed, "\n".join((moment.day.isoformat(), *counted)))


def _links(moment: Moment) -> dict[str, Any]:
    """Return when a link to the common list was made or ended last, and how often that was."""
    ended = Q(ended_at__lt=moment.until)
    totals = CommonLink.objects.filter(catalog__page__live=True, made_at__lt=moment.until).aggregate(
        made=Max("made_at"), ended=Max("ended_at", filter=ended), count=Count("pk") + Count("pk", filter=ended)
    )
    return {"last": max(filter(None, (totals["made"], totals["ended"])), default=None), "count": totals["count"]}


def _frameworks(moment: Moment) -> dict[str, Any]:
    """Return when a version was published or issued last, and how many were: each counts for one."""
    decided = Q(decision__recorded_at__lt=moment.until)
    totals = FrameworkVersion.objects.filter(published_at__lt=moment.until).aggregate(
        published=Max("published_at"), issued=Max("decision__recorded_at", filter=decided),
        count=Count("pk") + Count("decision", filter=decided),
    )  # fmt: skip
    return {"last": max(filter(None, (totals["published"], totals["issued"])), default=None), "count": totals["count"]}


def _catalogs(moment: Moment) -> dict[str, Any]:
    """Return when a version became public last, and how many have, by days and decisions alone."""
    aggregates = {"day": Max("effective_from"), "decided": Max("decided_at"), "count": Count("pk")}
    totals = public_versions(moment).aggregate(**aggregates)
    if totals["day"] is None:
        return {"last": None, "count": 0}
    begun = timezone.make_aware(datetime.datetime.combine(totals["day"], datetime.time.min))
    return {"last": max(begun, totals["decided"]), "count": totals["count"]}


def columns_fingerprint(dataset: Dataset) -> str:
    """Return what stands for the columns of a dataset: those that the province added come and go."""
    return " ".join(f"{field.name}={field.title.vi}={field.meaning.vi}" for field in dataset.fields)
