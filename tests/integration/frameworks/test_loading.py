"""The shipped definitions as drafts of the province."""

import pytest
from django.core.management import CommandError, call_command

from cms.audit.models import AuditEvent
from cms.frameworks.conversion import definition_data
from cms.frameworks.models import CriteriaFramework, FrameworkVersion
from cms.scoring import shipped
from cms.scoring.definition import write_definition

pytestmark = pytest.mark.django_db


def test_every_shipped_definition_becomes_a_draft_once(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_frameworks")
    frameworks = CriteriaFramework.objects.all()

    assert {each.code for each in frameworks} == set(shipped.codes())
    assert all(definition_data(each) == write_definition(shipped.load(each.code)) for each in frameworks)
    assert not any(each.live or each.agency_id for each in frameworks)
    assert not FrameworkVersion.objects.exists()
    events = AuditEvent.objects.count()
    call_command("load_frameworks", "nd335")
    assert AuditEvent.objects.count() == events
    assert "nd335: đã có, giữ nguyên" in capsys.readouterr().out


def test_a_draft_that_was_changed_since_stays_as_it_is() -> None:
    call_command("load_frameworks", "mau-01")
    CriteriaFramework.objects.update(name="Mẫu của tỉnh")

    call_command("load_frameworks", "mau-01")

    assert CriteriaFramework.objects.get().name == "Mẫu của tỉnh"


def test_a_code_that_is_not_shipped_is_refused_whole() -> None:
    with pytest.raises(CommandError, match="khong-co"):
        call_command("load_frameworks", "nd335", "khong-co")

    assert not CriteriaFramework.objects.exists()
