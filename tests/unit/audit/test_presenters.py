import pytest
from django.utils import timezone

from cms.audit.models import AuditEvent
from cms.audit.presenters import ChangedValue, present

pytestmark = pytest.mark.django_db


def row(action="agency.edit", subject_type="organisations.agency", before=None, after=None):
    event = AuditEvent(
        sequence=1, at=timezone.now(), action=action, subject_type=subject_type, before=before or {}, after=after or {}
    )
    return present([event])[0]


def shown(**given):
    """Return every value of an event."""
    made = row(**given)
    return made.differences(made.names())


def test_an_act_is_a_vietnamese_sentence_and_an_unknown_one_its_code():
    assert row().did == "đã sửa cơ quan"
    assert row(action="new.verb").did == "new.verb"


def test_values_are_shown_with_labels_choices_and_days():
    values = shown(
        before={"kind": "department", "dissolved_on": None}, after={"kind": "commune", "dissolved_on": "2026-07-01"}
    )

    assert values == [ChangedValue("Loại", "Sở, ngành", "Xã, phường"), ChangedValue("Ngày giải thể", "–", "01/07/2026")]


def test_nested_values_lists_and_truth_are_readable():
    values = shown(after={"TK.001": {"name": "Mới"}, "identifier_codes": ["H49.1", "H49.2"], "confirmed": False})

    assert [difference.after for difference in values] == ["Tên: Mới", "H49.1, H49.2", "Không"]


def test_a_subject_that_no_longer_exists_is_no_error():
    assert shown(subject_type="gone.thing", after={"x": "y"}) == [ChangedValue("X", "–", "y")]
