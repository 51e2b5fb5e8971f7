"""The demo province: in every state, made once, and never where it would be dangerous."""

import pytest
from django.core.management import CommandError, call_command

from cms.audit.models import AuditEvent
from cms.catalogs.enums import VersionState
from cms.catalogs.models import CatalogVersion
from cms.frameworks.enums import DraftState, TrialState
from cms.frameworks.models import CriteriaFramework, FrameworkVersion, Trial
from cms.organisations.enums import PostingRole
from cms.organisations.models import Agency, Officer, Position, PositionGroup, Posting
from cms.users.models import User
from importers.models import ImportBatch

pytestmark = pytest.mark.django_db


def counts():
    """Return how many there are of what the demo makes."""
    made = (Agency, User, CatalogVersion, ImportBatch, CriteriaFramework, FrameworkVersion, Trial, PositionGroup)
    made += (Position, Officer, Posting)
    return [model.objects.count() for model in (*made, AuditEvent)]


def test_the_demo_shows_every_state_and_is_made_once(settings, capsys):
    settings.DEBUG = True
    call_command("load_demo")
    states = set(CatalogVersion.objects.values_list("state", flat=True))
    assert states >= set(VersionState) - {VersionState.SUPERSEDED}
    assert Agency.objects.filter(kind="commune").count() == 100
    assert Agency.objects.filter(kind="department").count() == 20
    assert ImportBatch.objects.filter(verdict="reject", error_count__gt=3).count() == 1
    frameworks = dict(CriteriaFramework.objects.listed().values_list("code", "state"))
    assert frameworks["nd335"] == frameworks["gia-lai-cong-chuc"] == DraftState.PUBLISHED
    assert (frameworks["tay-ninh"], frameworks["nghe-an"]) == (DraftState.WAITING, DraftState.DRAFT)
    assert set(Trial.objects.values_list("state", flat=True)) == {TrialState.DONE}
    assert Officer.objects.count() == Posting.objects.count() > 270
    deputy = Posting.objects.filter(role=PostingRole.DEPUTY, agency__code="so-noi-vu").first()
    assert set(Posting.objects.led_by(deputy, deputy.valid_from).values_list("agency__code", flat=True)) > {"so-noi-vu"}
    first = counts()
    call_command("load_demo")
    assert counts() == first
    assert "http://localhost:8000/admin/" in capsys.readouterr().out


def test_the_desk_of_the_tour_is_clean(settings):
    settings.DEBUG = True
    call_command("load_demo")
    assert not CatalogVersion.objects.filter(catalog__agency__code="vp-hdnd").exists()
    assert CatalogVersion.objects.effective_on().filter(catalog__agency__code="thong-ke").count() == 1


def test_without_debug_the_demo_is_refused(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert not User.objects.filter(username="nhap-lieu").exists()
