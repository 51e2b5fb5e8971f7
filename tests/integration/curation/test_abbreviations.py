"""Editors extend the abbreviations; works are compared anew."""

import pytest

from cms.core.errors import DomainError, NotAllowed
from cms.curation import actions
from cms.curation.errors import CircularAbbreviation
from cms.curation.models import Cluster
from tests.integration.curation.conftest import make_list, read

pytestmark = pytest.mark.django_db


def test_an_abbreviation_joins_works_soon_after_and_parts_them_when_it_is_removed(
    people, province, django_capture_on_commit_callbacks
):
    make_list(people, province.statistics, ["Kiểm kê CSVCKT phục vụ giảng dạy"])
    make_list(people, province.office, ["Kiểm kê cơ sở vật chất kỹ thuật phục vụ giảng dạy"])
    read()
    assert not Cluster.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        kept = actions.keep_abbreviation(
            by=people["editor"], letters="csvckt", written_out="cơ sở vật chất kỹ thuật", note="Ngành giáo dục"
        )
    assert Cluster.objects.get().texts == 2

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_abbreviation(by=people["editor"], abbreviation=kept)
    assert not Cluster.objects.exists()


def test_an_abbreviation_that_stands_for_itself_or_goes_in_a_circle_is_refused(people):
    keep = actions.keep_abbreviation
    with pytest.raises(CircularAbbreviation, match="KTKT → KTKT"):
        keep(by=people["editor"], letters="KTKT", written_out="kinh tế KTKT")
    keep(by=people["editor"], letters="AAB", written_out="an toàn BBC")
    with pytest.raises(CircularAbbreviation, match="BBC → AAB → BBC"):
        keep(by=people["editor"], letters="BBC", written_out="báo cáo AAB")
    with pytest.raises(DomainError, match="AAB"):
        keep(by=people["editor"], letters="aab", written_out="an toàn bay")
    with pytest.raises(NotAllowed):
        keep(by=people["uploader"], letters="XYZ", written_out="xã")
