"""How the form of a trial names what it offers."""

import datetime

import pytest

from cms.core.dates import format_date_vi
from cms.frameworks.models import InputSet
from cms.frameworks.views.trial_form import TrialForm


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime.datetime(2026, 6, 1, 16, 30, tzinfo=datetime.UTC), datetime.date(2026, 6, 1)),
        (datetime.datetime(2026, 6, 1, 17, 30, tzinfo=datetime.UTC), datetime.date(2026, 6, 2)),
    ],
    ids=["half past eleven in the evening", "half past midnight"],
)
def test_a_set_is_named_with_the_day_of_the_province(moment: datetime.datetime, day: datetime.date) -> None:
    field = next(each for each in TrialForm.base_fields.values() if hasattr(each, "label_from_instance"))
    assert format_date_vi(day) in field.label_from_instance(InputSet(name="x", created_at=moment))
