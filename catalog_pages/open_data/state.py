"""What stands for all open data at a moment, without reading it: when it changed last, and a mark of what there is."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

from django.db.models import Count, Max

from catalog_pages import exports
from catalog_pages.open_data import memory
from catalog_pages.open_data.dictionary import FORMAT, Dataset
from catalog_pages.open_data.moments import Moment
from catalog_pages.published import published_pages
from catalog_pages.transparency.models import TransparencyRelease
from cms.catalogs.models import CatalogVersion
from cms.frameworks.models import FrameworkVersion

_BEFORE_ANYTHING = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class State:
    """When something changed last before the moment, and a mark of all that there was."""

    changed: datetime.datetime
    mark: str

    def etag(self, *parts: str) -> str:
        """Return the entity tag of an answer that is made of the state and of these words."""
        digest = hashlib.sha256("\n".join((self.mark, str(FORMAT), str(exports.FORMAT), *parts)).encode())
        return f'"{digest.hexdigest()[:32]}"'


def state_at(moment: Moment) -> State:
    """Return the state at a moment, by a few totals: whatever the size of the province."""
    before = {"published_at__lt": moment.until}
    public = CatalogVersion.objects.filter(catalog__page__in=published_pages(), **before)
    # The ledger and rows of their own tables grow apart, so each is asked for what is newest in it.
    totals = [
        public.aggregate(last=Max("published_at"), count=Count("pk")),
        FrameworkVersion.objects.filter(**before).aggregate(last=Max("published_at"), count=Count("pk")),
        TransparencyRelease.objects.filter(**before).aggregate(last=Max("published_at"), count=Count("pk")),
        memory.acts_before(moment).aggregate(last=Max("at"), count=Count("pk")),
    ]
    changed = max((total["last"] for total in totals if total["last"]), default=_BEFORE_ANYTHING)
    counted = [f"{total['last']} {total['count']}" for total in totals]
    return State(changed, "\n".join((moment.day.isoformat(), *counted)))


def mark_of(dataset: Dataset) -> str:
    """Return what stands for the columns of a dataset: those that the province added come and go."""
    return " ".join(f"{field.name}={field.title.vi}={field.meaning.vi}" for field in dataset.fields)
