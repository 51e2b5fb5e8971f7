"""What a version's publishing does to the days: what stops to hold, where nothing holds, what is already over.

Which version holds on a day is asked of ``FrameworkVersion.objects.effective_on``, and of nothing else.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.dates import format_date_vi
from cms.frameworks.models import CriteriaFramework, FrameworkVersion
from cms.scoring.definition import Definition

_DAY = datetime.timedelta(days=1)


def told_before_publishing(framework: CriteriaFramework, definition: Definition) -> list[str]:
    """Return sentences on what publishing the definition now does to the days; an empty list: nothing unusual."""
    if definition.effective_from is None:
        return []
    return [*_before(framework, definition.effective_from), *_after(framework, definition)]


def _before(framework: CriteriaFramework, first: datetime.date) -> Iterator[str]:
    versions: Any = framework.versions.all()
    last: FrameworkVersion | None = versions.order_by("-number").first()
    if last is None:
        return
    holds = versions.effective_on(first).first()
    if holds is not None:
        yield _("Version %(number)s holds until %(day)s and does not come back.") % {
            "number": holds.number, "day": format_date_vi(first - _DAY),
        }  # fmt: skip
    elif last.effective_to and last.effective_to + _DAY < first:
        yield _("From %(first)s to %(last)s no version holds.") % {
            "first": format_date_vi(last.effective_to + _DAY), "last": format_date_vi(first - _DAY),
        }  # fmt: skip


def _after(framework: CriteriaFramework, definition: Definition) -> Iterator[str]:
    if definition.effective_to is None:
        return
    day = format_date_vi(definition.effective_to + _DAY)
    yield _("From %(day)s no version holds until a next one is published.") % {"day": day}


def is_backdated(draft: CriteriaFramework, definition: Definition) -> bool:
    """Say whether the definition is to hold on days that are over when it is published, today or on its day to."""
    first, today = definition.effective_from, timezone.localdate()
    published_on = max(today, timezone.localdate(draft.go_live_at)) if draft.go_live_at else today
    return first is not None and first < published_on
