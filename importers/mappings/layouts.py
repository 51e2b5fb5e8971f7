"""The layouts that an agency's file is read in: those of its kind, with the agency's own words for columns."""

from __future__ import annotations

from cms.organisations.models import Agency
from importers.checking.columns import Layout, with_words
from importers.kinds.contract import Kind
from importers.mappings.models import ColumnMapping


def layouts_for(agency: Agency, kind: Kind) -> tuple[Layout, ...]:
    """Return the kind's layouts with what the agency has matched; browser, command line and API read by these."""
    words = ColumnMapping.objects.used_for(agency, kind.code).words()
    return tuple(with_words(layout, words) for layout in kind.layouts()) if words else kind.layouts()
