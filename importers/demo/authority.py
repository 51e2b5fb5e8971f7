"""The demo's authority table: the shipped one, in force since its officers were posted."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.utils import timezone

from cms.organisations.actions import issue_authority_table, load_shipped_authority


def load() -> Iterator[str]:
    """Load and issue the shipped table where there is none; yield a line when there was none."""
    table = load_shipped_authority(by=None)
    if table is not None:
        first = datetime.date(timezone.localdate().year - 1, 7, 1)
        issue_authority_table(by=None, table=table, effective_from=first, decision_number="15/QĐ-UBND")
        yield f"Bảng thẩm quyền: {table}"
