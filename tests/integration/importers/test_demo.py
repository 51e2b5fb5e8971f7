"""The demo province: in every state, made once, and never where it would be dangerous."""

import pytest
from django.core.management import CommandError, call_command

from cms.audit.models import AuditEvent
from cms.catalogs.enums import VersionState
from cms.catalogs.models import CatalogVersion
from cms.organisations.models import Agency
from cms.users.models import User
from importers.models import ImportBatch

pytestmark = pytest.mark.django_db


def counts():
    """Return how many there are of what the demo makes."""
    return [model.objects.count() for model in (Agency, User, CatalogVersion, ImportBatch, AuditEvent)]


def test_the_demo_shows_every_state_and_is_made_once(settings, capsys):
    settings.DEBUG = True
    call_command("load_demo")
    states = set(CatalogVersion.objects.values_list("state", flat=True))
    assert states >= set(VersionState) - {VersionState.SUPERSEDED}
    assert Agency.objects.filter(kind="commune").count() == 100
    assert Agency.objects.filter(kind="department").count() == 20
    assert ImportBatch.objects.filter(verdict="reject", error_count__gt=3).count() == 1
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
