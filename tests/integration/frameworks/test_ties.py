"""Whom several frameworks fit equally well is listed: the query says of everybody what ``decide`` says of one."""

from __future__ import annotations

import datetime
import itertools
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.frameworks.applicable import FrameworksOn, _facts
from cms.frameworks.candidates import at_agencies, at_postings
from cms.frameworks.precedence import Candidate, SubjectFacts, decide
from cms.frameworks.ties import tied
from cms.organisations.models import Agency, Posting
from cms.scoring.definition.whole import AppliesTo
from cms.scoring.definition.words import ORGANISATION
from tests.factories.agencies import Province
from tests.factories.frameworks import published
from tests.factories.officers import make_officer

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 6, 1)


def some(random: Random, *values: str) -> tuple[str, ...]:
    return tuple(value for value in values if random.random() < 0.4)


def candidates(random: Random, paths: dict[str, str], subject: str) -> list[Candidate]:
    """Return five frameworks for some of the agencies and roles; some are made of others, some are an agency's own."""
    found = []
    for number in range(1, 6):
        codes = random.choice([(), (), some(random, *paths)])
        is_single = random.random() < 0.3
        own = random.choice(["", "", "", *paths])
        applies = AppliesTo(
            roles=some(random, "staff", "head") if subject == "officer" and random.random() < 0.4 else (),
            kinds=some(random, "department", "commune"),
            agencies=codes if is_single else (),
            subtrees=() if is_single else codes,
        )
        base = random.choice([None, None, random.randint(1, 5)])
        found.append(Candidate(
            version=number, framework=number, base=base if base != number else None, subject=subject, applies=applies,
            paths={code: paths[code] for code in applies.subtrees}, own_code=own, own_path=paths.get(own, ""),
        ))  # fmt: skip
    return found


@pytest.fixture
def paths(province: Province) -> dict[str, str]:
    return {agency.code: agency.path for agency in Agency.objects.all()}


def test_the_query_and_the_decision_agree_on_officers(province: Province, paths: dict[str, str]) -> None:
    for agency, role in itertools.product(Agency.objects.all(), ("staff", "head")):
        make_officer(agency, role=role)
    postings = list(Posting.objects.select_related("officer", "agency", "position__group"))
    sizes = set()

    for seed in range(150):
        held = candidates(Random(seed), paths, "officer")
        expected = {each.pk for each in postings if decide(held, _facts(each)).tied}
        listed = Posting.objects.filter(tied(held, at_postings, "agency__path"))
        assert set(listed.values_list("pk", flat=True)) == expected, (seed, held)
        sizes.add(len(expected))

    assert len(sizes) > 5


def test_the_query_and_the_decision_agree_on_organisations(paths: dict[str, str]) -> None:
    agencies, sizes = list(Agency.objects.all()), set()

    for seed in range(150):
        held = candidates(Random(seed), paths, ORGANISATION)
        facts = {each.pk: SubjectFacts(ORGANISATION, each.code, each.kind, each.block, each.path) for each in agencies}
        expected = {pk for pk, each in facts.items() if decide(held, each).tied}
        listed = Agency.objects.filter(tied(held, at_agencies, "path"))
        assert set(listed.values_list("pk", flat=True)) == expected, (seed, held)
        sizes.add(len(expected))

    assert len(sizes) > 3


def test_whom_two_frameworks_tie_for_is_on_the_page_of_those_without_one(
    client: Client, people: dict[str, Any], province: Province
) -> None:
    lists: dict[str, Any] = {"categories": [], "roles": [], "position_groups": []}
    published("nd335", name="Khung A", applies_to=lists)
    published("nghe-an", name="Khung B", applies_to=lists)
    published("tay-ninh", name="Khung C", applies_to=lists | {"agencies": ["van-phong"]})
    between = make_officer(province.statistics)
    judged = make_officer(province.office)
    client.force_login(people["editor"])

    shown = client.get(reverse("frameworks:officers_without")).content.decode()

    assert between.code in shown
    assert "không khung nào hẹp hơn" in shown
    assert judged.code not in shown
    listed = FrameworksOn(DAY).without_framework(Posting.objects.all())
    assert [each.officer for each in listed] == [between]
