"""The README's five minutes, walked on the demo as they stand there, word for word.

In the steps, **bold** is pressed (``A › B``: the one in the menu of the other), *italic* names a field, which is
filled, or the part of the page in which what follows is pressed; a known account in code begins anew as that person, a
file's name is chosen, an address opened; and numbers such as "15 new" are those of the preview.
"""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from cms.catalogs.enums import VersionState
from cms.catalogs.models import CatalogVersion
from cms.users.models import User
from importers.demo.load import ACCOUNTS

pytestmark = [pytest.mark.browser, pytest.mark.one_database("walks screens that others ask on both")]

ROOT = Path(__file__).resolve().parents[2]
WORKBOOKS = ROOT / "importers/demo/workbooks"
USERNAMES = {account.username for account in ACCOUNTS}
LISTS = {"new": "Mới", "changed": "Thay đổi", "same": "Giữ nguyên", "missing": "Không có trong tệp"}
TOKEN = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>.+?)\*|`(?P<code>.+?)`"
    r"|(?P<count>\d+) (?P<list>new|changed|same|missing)\b|(?P<menu>the three dots)"
)


def steps(name="README.md", heading="## Five minutes"):
    """Return the text of each numbered step, without its title."""
    section = re.split(
        r"^(?:From the command line|Bằng dòng lệnh)", (ROOT / name).read_text().split(heading)[1], flags=re.MULTILINE
    )[0]
    found = re.split(r"^\d+\. \*\*[^*]+\.\*\* ", section, flags=re.MULTILINE)[1:]
    return [" ".join(step.split()) for step in found]


class Walker:
    """Somebody who does what the README says."""

    def __init__(self, browser):
        self.browser, self.page, self.part, self.done = browser, browser.page(), None, []

    def follow(self, step):
        """Do everything that the step names, in its order."""
        for token in TOKEN.finditer(step):
            kind = next(name for name in ("bold", "italic", "code", "count", "menu") if token[name])
            getattr(self, kind)(token[kind], token)
            self.done.append(token.group())

    def count(self, number, token):
        """Look whether the preview says so."""
        tabs = self.page.get_by_role("navigation", name="Các danh sách của lần tải lên này").get_by_role("link")
        found = dict(reversed(text.split(maxsplit=1)) for text in tabs.all_inner_texts())
        assert found[LISTS[token["list"]]] == number

    def code(self, word, _token):
        """Begin as another person, choose a file or open an address."""
        self.part = None
        if word in USERNAMES:
            self.page = self.browser.page(User.objects.get(username=word))
            self.page.goto("/admin/")
        elif (WORKBOOKS / word).is_file():
            self.page.locator("input[type=file]").set_input_files(WORKBOOKS / word)
        else:
            assert word.startswith("/"), f"{word!r} is no account, workbook or address"
            assert self.page.goto(word).status == 200

    def italic(self, name, _token):
        """Fill the field of this name, or stay within the part of the page that it heads."""
        field = self.page.get_by_role("main").get_by_label(name)
        if field.count() and field.first.get_attribute("type") == "checkbox":
            field.first.check()
        elif field.count():
            today = f"{timezone.localdate():%d/%m/%Y}"
            is_day = re.match("Ngày|Có hiệu lực", name)
            field.first.fill(today if is_day else "201/QĐ-UBND" if "quyết định" in name else "Sổ theo dõi văn bản đến")
        else:
            self.part = self.page.get_by_role("article").filter(has_text=name)
            assert self.part.count() == 1, f"nothing on the page is called {name!r}"

    def bold(self, name, _token):
        """Press the button or link."""
        *menus, last = name.split(" › ")
        place = self.part or self.page.get_by_role("main")
        for menu in menus:
            place = self.page.get_by_role("navigation").first
            place.get_by_role("button", name=menu).first.click()
        named = re.compile(f"^\\s*{re.escape(last)}\\s*(:|–|$)")
        found = [place.get_by_role(role, name=named).locator("visible=true") for role in ("button", "link")]
        found.append(self.page.get_by_role("link", name=named).locator("visible=true"))
        with self.page.expect_navigation():
            next((one for one in found if one.count()), found[0]).first.click()
        self.part = None

    def menu(self, _name, _token):
        """Open the menu behind the three dots of the screen's head."""
        self.page.locator("header").get_by_role("button", name=re.compile("Hành động|Thao tác|Tùy chọn")).first.click()


def test_the_steps_of_the_readme_can_be_walked(live_browser, settings, capsys):
    settings.DEBUG = True
    call_command("load_demo")
    settings.DEBUG = False
    walker = Walker(live_browser)

    walked = steps()
    for step in walked:
        walker.follow(step)

    assert len(walked) == 7
    assert len(walker.done) > 60
    assert CatalogVersion.objects.get(catalog__agency__code="vp-hdnd").state == VersionState.APPROVED
    assert live_browser.outside == []


def test_the_vietnamese_readme_leads_the_same_way():
    def pressed(text):
        return [token for token in re.findall(r"\*{1,2}.+?\*{1,2}|`.+?`", text)]

    vietnamese = steps("README.vi.md", "## Năm phút")
    assert [pressed(step) for step in vietnamese] == [pressed(step) for step in steps()]
    assert [int(number) for number in re.findall(r"(\d+) mục", vietnamese[4])] == [1, 2, 5, 1]
