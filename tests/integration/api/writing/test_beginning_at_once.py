"""Agencies that begin their first catalogs at the same moment, and one that begins it twice."""

import json

import pytest
from django.test import Client

from catalog_pages.models import AgencyCatalogPage, CatalogIndexPage
from cms.catalogs.models import CatalogVersion
from tests.integration.api.conftest import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def _begun(people, agency):
    client = Client(raise_request_exception=False)
    client.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")
    address = f"/api/v1/catalogs/{agency.code}/versions/"
    return lambda: client.generic("POST", address, json.dumps({}), "application/json")


def test_each_has_its_own_page_and_one_draft(people, province):
    agencies = [province.statistics, province.office, province.commune]
    answers = at_once([_begun(people, agency) for agency in (*agencies, *agencies)])

    assert {answer.status_code for answer in answers} <= {201, 409}, [answer.content for answer in answers]
    assert sorted(CatalogVersion.objects.values_list("catalog__agency__code", "number")) == sorted(
        (agency.code, 1) for agency in agencies
    )
    index = CatalogIndexPage.objects.get()
    assert AgencyCatalogPage.objects.count() == len({page.path for page in index.get_children()}) == index.numchild == 3
    assert CatalogIndexPage.find_problems() == ([], [], [], [], [])
