"""The table of all agencies, the first screen of each role, and what waits for whom."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog_pages.admin.progress import next_waiting
from cms.catalogs import actions
from cms.catalogs.enums import VersionState
from cms.catalogs.models import CatalogRound, CatalogVersion
from cms.catalogs.progress import lateness
from tests.factories import catalogs
from tests.factories.agencies import make_agency


@pytest.fixture
def round_(people):
    """Return a current round whose deadline for submitting was yesterday."""
    today = timezone.localdate()
    return actions.save_round(
        by=people["editor"], year=2026, name="Đợt 2026", is_current=True,
        submit_by=today - datetime.timedelta(days=1), appraise_by=today + datetime.timedelta(days=9),
        approve_by=today + datetime.timedelta(days=19),
    )  # fmt: skip


def _names(response):
    return [line["standing"].agency.name for line in response.context["lines"]]


def _counts(response):
    return {name: number for name, _label, number in response.context["counts"]}


def test_the_department_sees_every_agency_with_its_state(client_of, people, province, draft, url):
    catalogs.make_submitted(people, province.office)

    response = client_of(people["editor"]).get(url("overview"))

    states = {line["standing"].agency: line["standing"].state for line in response.context["lines"]}
    assert states[province.statistics] == "draft"
    assert states[province.office] == "submitted"
    assert states[province.commune] == "none"
    assert province.division not in states
    assert _counts(response) == {
        "none": 3, "draft": 1, "submitted": 1, "returned": 0, "appraised": 0, "approved": 0,
    }  # fmt: skip


@pytest.mark.parametrize("role", ["uploader", "agency_head"])
def test_an_agencys_people_see_their_own_only(client_of, people, province, submitted, url, role):
    catalogs.make_submitted(people, province.office)

    response = client_of(people[role]).get(url("overview"))

    assert _names(response) == ["Chi cục Thống kê"]
    assert sum(_counts(response).values()) == 1


def test_the_numbers_of_the_province_are_the_same_for_all_who_see_them(client_of, people, province, round_, draft, url):
    catalogs.make_submitted(people, province.office)

    editors, chairmans = (client_of(people[role]).get(url("overview")) for role in ("editor", "provincial_approver"))

    assert _names(chairmans) == _names(editors)
    assert _counts(chairmans) == _counts(editors)
    assert chairmans.context["late_count"] == editors.context["late_count"] == 4


def test_the_provincial_approver_opens_no_draft_and_learns_nothing_of_what_is_in_it(
    client_of, people, province, draft, url
):  # fmt: skip
    catalogs.make_submitted(people, province.office)

    lines = client_of(people["provincial_approver"]).get(url("overview")).context["lines"]
    opened = {line["standing"].agency: line["standing"].newest for line in lines}

    assert opened[province.statistics] is None
    assert opened[province.office] is not None
    # The state alone, as the public figures give it, too.
    assert {line["standing"].state for line in lines} == {"draft", "submitted", "none"}


def test_every_agency_that_is_late_says_with_what(client_of, people, province, round_, url):
    catalogs.make_returned(people, province.office)
    catalogs.make_version(people["editor"], province.statistics, items=1)

    lines = client_of(people["editor"]).get(url("overview"), {"late": "1"}).context["lines"]

    assert len(lines) == 5
    assert all(line["standing"].late for line in lines)


def test_a_further_version_of_the_round_is_neither_late_nor_unfinished(client_of, people, province, round_, url):
    version = catalogs.make_approved(people, province.office)
    actions.start_version(by=people["editor"], catalog=version.catalog)

    response = client_of(people["editor"]).get(url("overview"), {"q": "van phong"})
    (line,) = response.context["lines"]

    assert (line["standing"].state, line["standing"].newest.number) == ("approved", 2)
    assert "Văn phòng UBND tỉnh" not in _names(client_of(people["editor"]).get(url("overview"), {"late": "1"}))
    page = client_of(people["editor"]).get(url("version", line["standing"].newest.pk))
    assert page.context["late"] == []


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"state": "draft"}, ["Chi cục Thống kê"]),
        ({"kind": "commune"}, ["Xã Vĩnh Hòa"]),
        ({"q": "vinh hoa"}, ["Xã Vĩnh Hòa"]),
        ({"q": "so-noi"}, ["Sở Nội vụ"]),
        ({"state": "approved"}, []),
    ],
)
def test_the_table_is_filtered_and_searched_without_diacritics(client_of, people, draft, url, query, names):
    assert _names(client_of(people["editor"]).get(url("overview"), query)) == names


def test_the_table_costs_the_same_number_of_queries_for_10_and_200_agencies(client_of, people, province, draft, url):
    client = client_of(people["editor"])

    def queries():
        client.get(url("overview"))
        with CaptureQueriesContext(connection) as captured:
            client.get(url("overview"))
        return len(captured)

    few = queries()
    for _number in range(60):
        make_agency(province.root, kind="commune")
    for number in range(10):
        agency = make_agency(province.root, name=f"Sở {number}")
        catalogs.make_version(people["editor"], agency, items=1)

    assert queries() == few


def test_what_waits_for_the_person_is_counted_and_filtered(client_of, people, province, draft, url):
    version = catalogs.make_approved(people, province.office)
    catalogs.submit(actions.start_version(by=people["editor"], catalog=version.catalog), people["other_uploader"])

    response = client_of(people["editor"]).get(url("overview"), {"waiting": "1"})

    assert _names(response) == ["Văn phòng UBND tỉnh"]
    assert response.context["waiting_count"] == 1
    assert "chờ bạn xử lý" in response.content.decode()


def test_late_agencies_are_counted_and_filtered(client_of, people, province, round_, url):
    catalogs.make_submitted(people, province.office)

    response = client_of(people["editor"]).get(url("overview"), {"late": "1"})

    assert "Văn phòng UBND tỉnh" not in _names(response)
    assert response.context["late_count"] == len(_names(response)) == 4


@pytest.mark.parametrize(
    ("days", "late"),
    [((-2, -1, 0), []), ((1, 1, 1), ["submit"]), ((0, 11, 11), ["appraise"]), ((0, 1, 21), ["decide"])],
)
def test_each_deadline_is_judged_by_the_day_on_which_the_act_was_done(days, late):
    today = datetime.date(2026, 6, 10)
    round_ = CatalogRound(
        submit_by=today, appraise_by=today + datetime.timedelta(10), approve_by=today + datetime.timedelta(20)
    )
    moments = [
        datetime.datetime(2026, 6, 10, 12, tzinfo=datetime.UTC) + datetime.timedelta(days=number) for number in days
    ]
    version = CatalogVersion(
        state=VersionState.APPROVED, submitted_at=moments[0], appraised_at=moments[1], decided_at=moments[2]
    )  # fmt: skip

    found = lateness(version, round_, today + datetime.timedelta(60))

    words = {"submit": "Submission late", "appraise": "Appraisal late", "decide": "Decision late"}
    from django.utils.translation import override

    with override("en"):
        assert [str(flag) for flag in found] == [words[name] for name in late]


def test_next_waiting_goes_round_all_that_wait(people, province):
    first = catalogs.make_submitted(people, province.statistics)
    second = catalogs.make_submitted(people, province.office)
    editor = people["editor"]

    assert next_waiting(editor) == first
    assert next_waiting(editor, first) == second
    assert next_waiting(editor, second) == first
    assert next_waiting(people["provincial_approver"]) is None


def test_next_waiting_leads_there_or_says_that_nothing_waits(client_of, people, submitted, url, reported):
    there = client_of(people["editor"]).get(url("next"))
    nothing = client_of(people["provincial_approver"]).get(url("next"))

    assert there.url == url("version", submitted.pk)
    assert nothing.url == url("overview")
    assert reported(nothing)


def test_the_first_screen_tells_an_agency_why_its_list_came_back(client_of, people, province, round_):
    catalogs.make_returned(people, province.statistics)

    page = client_of(people["uploader"]).get("/admin/").content.decode()

    assert "Bổ sung đầu ra" in page
    assert f"{round_.submit_by:%d/%m/%Y}" in page


def test_the_first_screen_shows_what_waits_for_each(client_of, people, province, url):
    submitted = catalogs.make_submitted(people, province.statistics)
    appraised = catalogs.make_appraised(people, province.office)
    link = {version: f'href="{url("version", version.pk)}"' for version in (submitted, appraised)}

    editors = client_of(people["editor"]).get("/admin/").content.decode()
    chairmans = client_of(people["provincial_approver"]).get("/admin/").content.decode()

    assert link[submitted] in editors
    assert link[appraised] not in editors
    assert link[appraised] in chairmans
    assert link[submitted] not in chairmans


def test_each_role_gets_the_menu_that_it_can_use(client_of, people, rf):
    from wagtail.admin.menu import admin_menu

    def menu(role):
        request = rf.get("/admin/")
        request.user = people[role]
        items = {item.name: item for item in admin_menu.menu_items_for_request(request)}
        group = items.get("catalogs")
        inside = {item.name for item in group.menu.menu_items_for_request(request)} if group else set()
        return inside - {"uploads"}

    assert menu("uploader") == {"catalogs-own", "proposals"}
    assert menu("editor") == {
        "catalogs-overview", "catalogs-next", "catalogs-board", "catalogs-decisions", "fairness", "rounds", "columns",
        "transparency", "proposals", "change-sets",
    }  # fmt: skip
    assert menu("provincial_approver") == {
        "catalogs-overview", "catalogs-next", "catalogs-board", "catalogs-decisions", "transparency", "proposals",
        "change-sets",
    }  # fmt: skip
    assert menu("technical_admin") == {"catalog-steps"}


def test_the_rounds_of_the_blocks_stand_side_by_side(client_of, people, province, round_, url):
    party = make_agency(province.root, name="Ban Tổ chức Tỉnh ủy", block="party")
    days = {name: timezone.localdate() + datetime.timedelta(40) for name in ("submit_by", "appraise_by", "approve_by")}
    actions.save_round(by=people["editor"], year=2026, name="Đợt khối Đảng", block="party", is_current=True, **days)
    client = client_of(people["editor"])

    page = client.get(url("overview"))

    assert [shown.name for shown in page.context["rounds"]] == ["Đợt khối Đảng", "Đợt 2026"]
    words = page.content.decode()
    assert "(khối: Đảng)" in words
    assert "(các khối không có đợt riêng)" in words
    assert f"{days['submit_by']:%d/%m/%Y}" in client.get("/admin/").content.decode()
    assert party.name not in _names(client.get(url("overview"), {"late": "1"}))
    narrowed = client.get(url("overview"), {"block": "party"})
    assert _names(narrowed) == [party.name]
    assert '<option value="party" selected>Đảng</option>' in narrowed.content.decode()
    assert page.context["late_count"] == 5


def test_the_only_round_is_shown_as_it_ever_was(client_of, people, province, round_, url):
    for page in (url("overview"), "/admin/"):
        words = client_of(people["editor"]).get(page).content.decode()
        assert "<strong>Đợt 2026</strong> ·" in words
        assert "các khối không có đợt riêng" not in words
