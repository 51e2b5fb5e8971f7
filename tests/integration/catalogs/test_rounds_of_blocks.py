"""Each block may have its own round: its agencies begin in it and are judged by its deadlines alone."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog_pages.admin import progress
from catalog_pages.admin.forms import DetailsForm
from cms.catalogs import actions
from cms.catalogs.models import CatalogRound, CatalogVersion
from cms.catalogs.progress import agencies_in
from cms.catalogs.rounds import current_rounds, round_for
from cms.core.errors import WrongState
from cms.organisations.enums import Block
from cms.organisations.models import Agency
from importers.kinds.catalog.compare import base_of, round_of, rules_of
from tests.factories import catalogs
from tests.factories.agencies import make_agency
from tests.factories.people import make_member


def make_round(block: str = "", *, first: int = 10, **fields) -> CatalogRound:
    """Save a current round whose lists are due after so many days."""
    today = timezone.localdate()
    days = {name: today + datetime.timedelta(first + 10 * number) for number, name in enumerate(DEADLINES)}
    return actions.save_round(by=None, block=block, year=2026, name=f"Đợt {block}", is_current=True, **days | fields)


DEADLINES = ("submit_by", "appraise_by", "approve_by")


@pytest.fixture
def party(province) -> Agency:
    return make_agency(province.root, code="ban-to-chuc", name="Ban Tổ chức Tỉnh ủy", block=Block.PARTY)


@pytest.fixture
def writer(party):
    return make_member("uploader", party, "nhap_lieu_dang")


def test_rounds_of_blocks_go_on_side_by_side_and_end_those_of_their_block_alone(province):
    common, of_party, of_front = make_round(), make_round(Block.PARTY), make_round(Block.FRONT)

    later = make_round(Block.PARTY)

    assert set(CatalogRound.objects.current()) == {common, of_front, later}
    of_party.refresh_from_db()
    assert not of_party.is_current


@pytest.mark.parametrize("block", ["", Block.PARTY])
def test_the_database_keeps_one_current_round_of_a_block(province, block):
    first = make_round(block)
    days = {name: getattr(first, name) for name in DEADLINES}

    with pytest.raises(IntegrityError), transaction.atomic():
        CatalogRound.objects.create(year=2026, name="Hai", block=block, is_current=True, **days)
    CatalogRound.objects.create(year=2026, name="Khác", block=Block.MASS, is_current=True, **days)
    CatalogRound.objects.create(year=2026, name="Không hiện hành", block=block, **days)


def test_an_agency_is_in_the_round_of_its_block_or_else_in_the_common_one(province, party):
    of_party = make_round(Block.PARTY)
    assert (round_for(party), round_for(province.office)) == (of_party, None)

    common = make_round()

    assert (round_for(party), round_for(province.office)) == (of_party, common)


def test_a_new_version_and_a_file_begin_as_the_round_of_the_block_says(people, province, party, writer):
    make_round()
    of_party = make_round(Block.PARTY, standard_unit="Văn bản của cấp ủy", frames={"1": "50"})

    assert round_of(party, base_of(party)) == of_party
    assert rules_of(party, base_of(party)).standard_unit == "Văn bản của cấp ủy"
    version = catalogs.make_version(writer, party)
    assert (version.round, version.standard_unit, version.frames) == (of_party, "Văn bản của cấp ủy", {"1": "50"})
    assert catalogs.make_version(people["uploader"], province.statistics).round == round_for(province.statistics)


def test_each_agency_is_late_by_the_deadlines_of_its_block_in_one_query(people, province, party):
    make_round(first=5)
    make_round(Block.PARTY, first=-1)
    rounds = current_rounds()

    with CaptureQueriesContext(connection) as captured:
        late = {agency.code for agency in agencies_in(rounds) if agency.is_late}

    assert late == {"ban-to-chuc"}
    assert len(captured) == 1
    in_a_week = timezone.localdate() + datetime.timedelta(6)
    assert "van-phong" in {agency.code for agency in agencies_in(rounds, in_a_week) if agency.is_late}


def test_a_version_of_the_common_round_does_not_count_for_a_block_with_its_own(people, province, party, writer):
    make_round()
    catalogs.submit(catalogs.make_version(writer, party), writer)
    catalogs.make_submitted(people, province.office)

    make_round(Block.PARTY)

    standing = dict(agencies_in(current_rounds()).values_list("code", "standing"))
    assert (standing["ban-to-chuc"], standing["van-phong"]) == ("none", "submitted")


def test_a_block_without_a_round_is_counted_in_all_time_and_never_late(people, province, party):
    catalogs.make_submitted(people, province.office)
    make_round(Block.PARTY, first=-30)

    counted = {agency.code: agency for agency in agencies_in(current_rounds())}

    assert (counted["van-phong"].standing, counted["van-phong"].is_late) == ("submitted", False)
    assert (counted["ban-to-chuc"].standing, counted["ban-to-chuc"].is_late) == ("none", True)


def test_the_lines_of_the_table_say_what_is_late_by_the_round_of_the_block(people, province, party):
    common, of_party = make_round(), make_round(Block.PARTY, first=-1)
    rounds = current_rounds()
    agencies = progress.agencies_for(people["editor"], rounds)

    lines = {line.agency.code: line for line in progress.standings(list(agencies), rounds)}

    assert lines["ban-to-chuc"].round == of_party
    assert len(lines["ban-to-chuc"].late) == 1
    assert (lines["van-phong"].round, lines["van-phong"].late) == (common, [])
    assert progress.rounds_of(agencies, rounds) == [of_party, common]
    assert progress.rounds_of(agencies.filter(block=Block.PARTY), rounds) == [of_party]


def test_a_version_is_not_put_into_the_round_of_another_block(people, province, party, draft):
    common, of_party = make_round(), make_round(Block.PARTY)

    with pytest.raises(WrongState, match="khối khác"):
        actions.edit_details(by=people["uploader"], version=draft, round=of_party)

    offered = DetailsForm(version=draft).fields["round"].queryset
    assert list(offered) == [common]
    actions.edit_details(by=people["uploader"], version=draft, round=common)
    assert CatalogVersion.objects.get(pk=draft.pk).round == common
