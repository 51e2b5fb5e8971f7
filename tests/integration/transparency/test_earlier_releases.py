"""What was published stays: pages, files and API byte for byte, and the hash that anybody can count."""

from __future__ import annotations

import html
import re
import subprocess

import pytest

from catalog_pages.models import TransparencyPage
from catalog_pages.transparency import builders
from catalog_pages.transparency.changes import changes_between
from catalog_pages.transparency.models import TransparencyDraft
from cms.catalogs.models import CatalogRound
from tests.factories import catalogs
from tests.factories.figures import publish_figures

pytestmark = pytest.mark.django_db
PAGE, API = "/minh-bach/", "/api/v1/transparency/releases/"


@pytest.fixture
def round_(province):
    days = {"submit_by": "2026-03-01", "appraise_by": "2026-04-01", "approve_by": "2026-05-01"}
    return CatalogRound.objects.create(year=2026, name="Đợt 2026", is_current=True, **days)


def body(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer)


def addresses_of(number):
    """Return every address below a release, of pages, files and the API."""
    own = [f"{PAGE}ban/{number}/", f"{PAGE}ban/{number}/tai-ve/", f"{API}{number}/", f"{API}{number}/content/"]
    for code in builders.TITLES:
        one = f"{PAGE}ban/{number}/{code}/"
        kinds = ["csv", "json"] + (["svg"] if code == "tien-do" else [])
        own += [one, f"{API}{number}/figures/{code}/", *(f"{one}{kind}/" for kind in kinds)]
    return own


def test_an_earlier_release_stays_byte_for_byte_after_later_ones(client, people, province, round_):
    publish_figures(people["approver"])
    before = {address: body(client, address) for address in addresses_of(1)}

    catalogs.make_submitted(people, province.statistics)
    publish_figures(people["approver"], note="Bổ sung")
    page = TransparencyPage.objects.get()
    page.body = [("text", "<p>Cách xếp khác</p>")]
    page.save_revision().publish()
    catalogs.make_approved(people, province.office)
    publish_figures(people["approver"])

    assert {address: body(client, address) for address in before} == before


def test_who_follows_the_printed_instruction_gets_the_printed_hash(client, people, province, round_, tmp_path):
    publish_figures(people["approver"])
    page = html.unescape(body(client, f"{PAGE}ban/1/").decode())
    command = re.search(r"<code>(sha256sum [^<]+)</code>", page).group(1)
    download = client.get(re.search(r'href="([^"]+/tai-ve/)" download', page).group(1))
    name = re.search(r'filename="([^"]+)"', download.headers["Content-Disposition"]).group(1)
    (tmp_path / name).write_bytes(b"".join(download))

    done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True, check=True)

    assert f"<code>{done.stdout.split()[0]}</code>" in page
    assert command.endswith(name)


def test_code_that_draws_otherwise_changes_neither_numbers_nor_hash(client, people, province, round_, monkeypatch):
    publish_figures(people["approver"])
    exact = [f"{PAGE}ban/1/tai-ve/", f"{PAGE}ban/1/tien-do/csv/", f"{PAGE}ban/1/tien-do/json/", f"{API}1/content/"]
    before, drawn = [body(client, address) for address in exact], body(client, f"{PAGE}ban/1/tien-do/svg/")

    monkeypatch.setattr("catalog_pages.transparency.charts.SHADES", ("#111",) * 5)
    monkeypatch.setattr("catalog_pages.transparency.charts.MOST_BARS", 1)

    assert [body(client, address) for address in exact] == before
    assert body(client, f"{PAGE}ban/1/tien-do/svg/") != drawn


def test_two_releases_are_compared_cell_by_cell(client, people, province, round_):
    publish_figures(people["approver"])
    catalogs.make_submitted(people, province.statistics)
    publish_figures(people["approver"], note="Thêm hồ sơ mới")

    page = body(client, f"{PAGE}ban/2/so-voi/1/").decode()
    assert "Thêm hồ sơ mới" in page
    row = re.search(r'<th scope="row">Sở, ban, ngành</th>(.*?)</tr>', page, re.DOTALL).group(1)
    assert "Đã trình</span> <del>0</del> <ins>1</ins>" in row
    assert f"{PAGE}ban/2/so-voi/1/" in body(client, PAGE).decode()
    assert client.get(f"{PAGE}ban/2/so-voi/9/").status_code == 404
    # The other way round, what was removed is added.
    assert "<del>1</del> <ins>0</ins>" in body(client, f"{PAGE}ban/1/so-voi/2/").decode()


def test_the_preview_changes_what_the_comparison_then_shows(client, people, province, round_):
    first = publish_figures(people["approver"])
    catalogs.make_submitted(people, province.statistics)
    second = publish_figures(people["approver"])
    assert not TransparencyDraft.objects.exists()
    changed = [change.code for change in changes_between(first.figures, second.figures) if change.kind != "same"]
    assert changed == ["tien-do", "thoi-han", "bang-thoi-han"]


def test_a_table_is_put_in_order_without_script(client, people, province, round_):
    catalogs.make_submitted(people, province.statistics)
    publish_figures(people["approver"])
    address = f"{PAGE}ban/1/bang-thoi-han/"

    def first_rows(order):
        page = body(client, f"{address}?sap-xep={order}").decode()
        return re.findall(r'<th scope="row">(.*?)</th>', page), re.findall(r'aria-sort="(\w+)"', page)

    names, said = first_rows("agency")
    assert said == ["ascending"]
    assert first_rows("-agency") == (names[::-1], ["descending"])
    # Without a day stand last, either way.
    assert first_rows("submitted_on")[0][0] == first_rows("-submitted_on")[0][0] == "Chi cục Thống kê"
    assert client.get(f"{address}?sap-xep=khong-co").status_code == 404


def test_a_figure_tells_what_a_reader_needs_to_quote_it(client, people, province, round_):
    release = publish_figures(people["approver"])
    page = html.unescape(body(client, f"{PAGE}ban/1/tien-do/").decode())
    figure = release.figures["tien-do"]
    assert f"<h1>{figure.headline}</h1>" in page
    assert f"Đơn vị tính: {figure.unit}." in page
    assert f"Nguồn: {figure.source}. Số liệu đến ngày {release.as_of:%d/%m/%Y}, bản công bố số 1." in page
    assert '<img src="http://testserver/minh-bach/ban/1/tien-do/svg/"' in page
    assert all(f"<dt>{term}</dt><dd>{meaning}</dd>" in page for term, meaning in figure.terms)
    # The drawing says the same when it stands somewhere else.
    drawing = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", body(client, f"{PAGE}ban/1/tien-do/svg/").decode()))
    assert all(texts in drawing for texts in (figure.headline, figure.unit, figure.source, "Đã phê duyệt", "số 1"))
