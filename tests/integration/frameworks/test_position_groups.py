"""Editors keep the position groups; their codes last, and the ledger knows who wrote what."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed
from cms.frameworks.actions.position_groups import save_position_group
from cms.organisations.models import PositionGroup

pytestmark = pytest.mark.django_db


def test_a_group_is_added_and_changed_but_keeps_its_code(people):
    group = save_position_group(by=people["editor"], code="mot-cua", name="Một cửa", note="")

    save_position_group(by=people["editor"], group_id=group.pk, code="khac", name="Bộ phận một cửa", note="")

    group.refresh_from_db()
    assert (group.code, group.name) == ("mot-cua", "Bộ phận một cửa")
    actions = AuditEvent.objects.filter(action__startswith="position_group").order_by("sequence")
    assert [each.action for each in actions] == ["position_group.add", "position_group.edit"]


def test_saving_what_is_there_leaves_no_trace(people):
    group = save_position_group(by=people["editor"], code="mot-cua", name="Một cửa", note="")

    save_position_group(by=people["editor"], group_id=group.pk, name="Một cửa", note="")

    assert AuditEvent.objects.filter(action="position_group.edit").count() == 0


def test_a_code_that_is_taken_is_refused(people):
    save_position_group(by=people["editor"], code="mot-cua", name="Một cửa", note="")

    with pytest.raises(ValidationError):
        save_position_group(by=people["editor"], code="mot-cua", name="Khác", note="")


def test_only_editors_write_groups(people):
    with pytest.raises(NotAllowed):
        save_position_group(by=people["agency_head"], code="mot-cua", name="Một cửa", note="")


def test_the_form_writes_through_the_action(client, people):
    client.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")

    client.post(reverse("position_groups:add"), {"code": "van-thu", "name": "Văn thư", "note": ""})
    group = PositionGroup.objects.get(code="van-thu")
    client.post(reverse("position_groups:edit", args=[group.pk]), {"name": "Văn thư, lưu trữ", "note": ""})

    group.refresh_from_db()
    assert group.name == "Văn thư, lưu trữ"
    assert AuditEvent.objects.filter(action="position_group.edit").count() == 1
