"""What goes into a check of figures from outside, beside the file: plain values."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from importers.checking.columns import Layout
from importers.kinds.figures.check.layout import LAYOUTS
from importers.reading.contract import Limits

# What a row says of a figure, in the order in which differences are shown.
ROW_FIELDS = ("value", "source")


class Subject(NamedTuple):
    """An officer or an agency of which figures may come.

    ``refusal`` is the code of the problem with a figure that this sender records of it, empty where there is none.
    """

    code: str
    name: str
    refusal: str = ""


class BaseFigure(NamedTuple):
    """A figure that stands, of an officer or of an agency; the other code is empty."""

    officer: str
    agency: str
    name: str
    indicator: str
    measured_on: datetime.date
    value: Decimal
    source: str

    @property
    def identity(self) -> uuid.UUID:
        """Return what tells it from every other that stands."""
        return identity_of(self.officer, self.agency, self.indicator, self.measured_on)

    def values(self) -> dict[str, Any]:
        """The content by field."""
        return self._asdict()


def identity_of(officer: str, agency: str, indicator: str, day: datetime.date) -> uuid.UUID:
    """Return which figure it is: of one indicator, of one subject, of one day."""
    return uuid.uuid5(uuid.NAMESPACE_OID, "\n".join(("figure", officer, agency, indicator, day.isoformat())))


@dataclass(frozen=True, slots=True)
class Context:
    """What the check must know; officers and agencies by the key of their code.

    ``first``, ``last`` and ``period`` (in words) are the period that the file is for; ``today`` is that of the check.
    ``indicators`` are those that frameworks of the period ask for, with the highest figure that is 100 %.
    """

    agency: str
    first: datetime.date
    last: datetime.date
    period: str
    today: datetime.date
    officers: Mapping[str, Subject] = field(default_factory=dict)
    agencies: Mapping[str, Subject] = field(default_factory=dict)
    indicators: Mapping[str, Decimal] = field(default_factory=dict)
    base: Sequence[BaseFigure] = ()
    layouts: tuple[Layout, ...] = LAYOUTS
    limits: Limits = field(default_factory=Limits)
