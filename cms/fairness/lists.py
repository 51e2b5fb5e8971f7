"""The lists that are compared: the newest version of each agency that lies with appraisers or was decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from cms.analysis.fairness import COLUMNS
from cms.catalogs.enums import AGENCY_EDITABLE
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.curation.models.texts import text_digest
from cms.fairness.numbers import whole

if TYPE_CHECKING:
    import pandas as pd


@dataclass
class Lists:
    """Items by columns: their keys, what they say, and whose they are."""

    keys: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    # Fingerprints of what the items say, by which it was judged.
    texts: list[str] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    version_of: dict[int, int] = field(default_factory=dict)
    agency_of: dict[int, int] = field(default_factory=dict)
    version_of_agency: dict[int, int] = field(default_factory=dict)
    rest: list[tuple[int, str, int, int, int | None]] = field(default_factory=list)

    def frame(self, works: list[int]) -> pd.DataFrame:
        """Return what statistics are made of, with the work that each item is."""
        import pandas as pd

        rows = ((key, work, *rest) for key, work, rest in zip(self.keys, works, self.rest, strict=True))
        return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"hours": "Int64"})

    def usual_names(self, works: list[int]) -> dict[int, str]:
        """Return the name that most lists have for each work."""
        counts: dict[int, Counter[str]] = {}
        for work, name in zip(works, self.names, strict=True):
            counts.setdefault(work, Counter())[name] += 1
        return {work: names.most_common(1)[0][0] for work, names in counts.items()}


def read_lists() -> Lists:
    """Return the items of the lists that are compared; drafts and returned lists are their agencies' own."""
    versions = CatalogVersion.objects.exclude(state__in=AGENCY_EDITABLE)
    newest = versions.filter(catalog=OuterRef("version__catalog")).order_by("-number").values("pk")[:1]
    items = CatalogItem.objects.filter(version=Subquery(newest)).order_by("pk")
    lists = Lists()
    for key, name, output, unit, units, version, agency, kind, group, coefficient, hours in items.values_list(
        "pk", "name", "output", "unit", "unit_quantity", "version", "version__catalog__agency",
        "version__catalog__agency__kind", "group", "coefficient", "hours",
    ).iterator(chunk_size=5000):  # fmt: skip
        lists.keys.append(key)
        lists.names.append(" ".join(name.split()))
        lists.texts.append(text_digest(name, output, unit, str(group)))
        lists.units.append(units)
        lists.version_of[key], lists.agency_of[key] = version, agency
        lists.version_of_agency[agency] = version
        lists.rest.append((agency, kind, group, whole(coefficient), None if hours is None else whole(hours)))
    return lists
