"""The front page says at a glance what was found, in a bounded number of queries, in letters and colours of its own."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog_pages.front_figures import agency_grid, findings
from catalog_pages.transparency.figures import Figure, FigureColumn
from tests.factories.figures import publish_figures

MOST_QUERIES = 14


def front(client):
    return client.get("/").content.decode()


def test_before_any_figures_the_page_shows_none(client, db):
    assert 'class="findings"' not in front(client)


def test_findings_lead_to_their_figures_and_every_agency_is_a_square(client, two_versions):
    release = publish_figures()
    html = front(client)

    links = re.findall(r'<a href="(/minh-bach/[^"]+)">', html.partition('class="findings"')[2].partition("</ul>")[0])
    assert len(links) == len(findings(release.figures)) > 0
    assert {client.get(link).status_code for link in links} == {200}
    squares = html.partition('class="agency-grid"')[2].partition("</div>")[0]
    assert squares.count("<i ") == len(release.figures["bang-thoi-han"].rows)
    assert 'class="state-4" title="Chi cục Thống kê: Đã phê duyệt"' in squares
    assert "Đã phê duyệt: <strong>1</strong>" in html
    assert " style=" not in html


def test_the_page_takes_few_queries(client, two_versions):
    publish_figures()
    front(client)
    with CaptureQueriesContext(connection) as queries:
        front(client)

    assert len(queries) <= MOST_QUERIES


def test_withheld_and_absent_numbers_draw_nothing():
    columns = (FigureColumn("group", "Nhóm"), FigureColumn("items", "Số mục", "number", guarded=True))
    figure = Figure("quy-mo-nhom", "Nhóm", "", columns, (("1", None), ("2", 0)), headline="Có hai nhóm")

    [finding] = findings({"quy-mo-nhom": figure})
    assert {height for _x, _y, height in finding.bars} == {0}
    assert agency_grid({"quy-mo-nhom": figure}) is None


def test_more_agencies_than_a_page_holds_are_left_to_the_table():
    states = ("not_started", "drafting", "submitted", "appraised", "approved")
    progress = Figure(
        "tien-do", "Tiến độ", "", tuple(FigureColumn(name, name, "number") for name in ("kind", *states)), ()
    )
    columns = (FigureColumn("agency", "Cơ quan"), FigureColumn("state", "Tình trạng"))
    many = Figure("bang-thoi-han", "Bảng", "", columns, (("Xã A", "approved"),) * 301)

    assert agency_grid({"tien-do": progress, "bang-thoi-han": many}) is None


@pytest.mark.parametrize("subset", ["latin", "vietnamese"])
def test_letters_are_served_from_here_with_their_licence(subset):
    sheet = Path(finders.find("catalog_pages/public.css")).read_text(encoding="utf-8")
    for weight in (400, 600):
        name = f"fonts/be-vietnam-pro-{subset}-{weight}-normal.woff2"
        assert f'url("{name}")' in sheet
        assert finders.find(f"catalog_pages/{name}")
    assert "U+1EA0-1EF9" in sheet and "font-display: swap" in sheet
    assert "SIL OPEN FONT LICENSE" in Path(finders.find("catalog_pages/fonts/LICENSE")).read_text(encoding="utf-8")
