"""A framework names kinds of agency, blocks, subtrees and single agencies: chosen in the editor, checked, told."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.frameworks import actions
from cms.frameworks.applies_to import names_in
from cms.frameworks.conversion import definition_data
from cms.frameworks.difference import compare
from cms.frameworks.messages import described
from cms.frameworks.models import CriteriaFramework
from cms.frameworks.presenters import describe
from cms.scoring.definition import definition_schema, read_definition
from cms.users.models import User
from tests.factories.agencies import Province
from tests.factories.frameworks import draft_of, published
from tests.integration.frameworks.posting import posted

pytestmark = pytest.mark.django_db
EVERYBODY: dict[str, list[str]] = {"categories": [], "roles": [], "position_groups": []}


def test_agencies_are_chosen_in_the_editor_and_stand_in_the_definition(
    client: Client, people: dict[str, User], province: Province
) -> None:
    framework = draft_of("nd335")
    client.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")
    address = reverse("wagtailsnippets_frameworks_criteriaframework:edit", args=[framework.pk])
    assert "– Chi cục Thống kê" in client.get(address).content.decode()

    chosen = {"kinds": ["department"], "blocks": ["party"], "subtrees": ["tinh"], "agencies": ["thong-ke"]}
    client.post(address, posted(framework, **chosen))

    saved = CriteriaFramework.objects.get(pk=framework.pk).get_latest_revision_as_object()
    applies = definition_data(saved)["applies_to"]
    assert {name: applies[name] for name in chosen} == chosen
    assert chosen.items() <= posted(saved).items()


def test_a_code_that_no_agency_has_is_told_and_not_lost(province: Province) -> None:
    applies = EVERYBODY | {"subtrees": ["tinh", "khong-co"], "agencies": ["cung-khong"]}
    draft = draft_of("nd335", applies_to=applies)

    problems = {each.path: each for each in actions.problems_of(draft)}

    assert set(problems) == {"applies_to.subtrees[1]", "applies_to.agencies[0]"}
    reported = described([problems["applies_to.agencies[0]"]], definition_data(draft))[0]
    assert (reported["place"], "“cung-khong”" in reported["message"]) == ("Đối tượng áp dụng", True)
    assert definition_data(draft)["applies_to"]["agencies"] == ["cung-khong"]


def test_unknown_kinds_and_blocks_are_told_with_what_there_is() -> None:
    data = definition_data(draft_of("nd335"))
    data["applies_to"] |= {"kinds": ["village"], "blocks": ["army"]}

    _definition, problems = read_definition(data)

    assert [(each.path, each.code) for each in problems] == [
        ("applies_to.kinds[0]", "not_a_choice"), ("applies_to.blocks[0]", "not_a_choice"),
    ]  # fmt: skip
    assert problems[1].params["choices"] == "government, party, front, mass"


def test_pages_and_differences_name_the_agencies(province: Province) -> None:
    named: dict[str, Any] = EVERYBODY | {"kinds": ["commune"], "subtrees": ["thong-ke"]}
    version = published("nd335", applies_to=named)

    about = {line.label: line.text for line in describe(version.definition, **names_in(version.data)).about}
    assert about["Loại cơ quan"] == "Xã, phường"
    assert about["Cơ quan và mọi đơn vị trực thuộc"] == "Chi cục Thống kê"
    assert "Khối cơ quan" not in about

    before = version.data | {"applies_to": EVERYBODY}
    changes = {each.place: each.after for each in compare(before, version.data, **names_in(before, version.data))}
    assert changes["Cơ quan và mọi đơn vị trực thuộc",] == "Chi cục Thống kê"


def test_the_schema_lists_the_words() -> None:
    applies = definition_schema()["$defs"]["AppliesTo"]

    assert applies["properties"]["kinds"]["items"]["enum"] == [
        "province", "department", "division", "commune", "commune_division",
    ]  # fmt: skip
    assert set(applies["required"]) == set()


def test_the_words_are_those_of_agencies() -> None:
    from cms.organisations.enums import AgencyKind, Block
    from cms.scoring.definition.words import AGENCY_BLOCKS, AGENCY_KINDS

    assert (list(AGENCY_KINDS), list(AGENCY_BLOCKS)) == (AgencyKind.values, Block.values)
