"""The agency of a replay: its units, people, accounts, catalog and framework, all made through the actions."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from catalog_pages import actions as pages
from cms.catalogs import actions as catalogs
from cms.catalogs.models import CatalogItem
from cms.frameworks.models import FrameworkVersion
from cms.organisations import actions
from cms.organisations.models import Agency, Officer, Position, PositionGroup, Posting
from cms.scoring import shipped
from cms.scoring.definition import write_definition
from cms.users.enums import Role
from cms.users.models import User
from tests.factories import frameworks
from tests.factories.catalogs import accept, decide, submit
from tests.factories.people import make_member, make_user

YEAR = 2026
FIRST_DAY = datetime.date(YEAR, 1, 1)
_START = datetime.date(YEAR - 1, 1, 1)


@dataclass
class World:
    """Who and what a replay works with; officers, postings and items by what the file calls them."""

    agency: Agency
    clerk: User
    head: User
    version: FrameworkVersion
    officers: dict[str, Officer] = field(default_factory=dict)
    postings: dict[str, Posting] = field(default_factory=dict)
    items: dict[tuple[str, str], CatalogItem] = field(default_factory=dict)
    chair: User | None = None


def make_world(people: list[dict[str, Any]], settings: dict[str, str]) -> World:
    """Make everything that stands before the quarter begins; people and settings are those of ``read_file``."""
    root = actions.add_agency(by=None, parent=None, code="tinh", name="Tỉnh Sông Lam", kind="province", item_prefix="T")
    home = actions.add_agency(
        by=None, parent=root, code="so-noi-vu", name="Sở Nội vụ", kind="department", item_prefix="NV"
    )
    agency = actions.add_agency(
        by=None, parent=root, code="so-phat-lai", name="Sở Phát lại", kind="department", item_prefix="PL"
    )
    _issue_authority()
    world = World(
        agency=agency, clerk=make_member(Role.UPLOADER, agency, "van-thu"),
        head=make_member(Role.AGENCY_HEAD, agency, "lanh-dao"), version=_framework(settings),
    )  # fmt: skip
    _make_people(world, root, people)
    _make_catalog(world, home, root, people)
    return world


def make_quarters(world: World, way: str, *, last_day: datetime.date) -> None:
    """Let quarters follow from their months by ``way``: by a next version, in effect from the quarter's last day."""
    framework = world.version.framework
    periods = write_definition(world.version.definition)["periods"]
    longer = [
        each | {"total": {"value": way, "citation": "Tệp phát lại"}} if each["period"] == "quarter" else each
        for each in periods["longer"]
    ]
    frameworks.version_of(framework, effective_from=last_day.isoformat(), periods=periods | {"longer": longer})


def _issue_authority() -> None:
    table = actions.load_shipped_authority(by=None)
    assert table is not None
    actions.issue_authority_table(by=None, table=table, effective_from=FIRST_DAY, decision_number="1/QĐ-UBND")


def _framework(settings: dict[str, str]) -> FrameworkVersion:
    """Publish the decree's default with the settings of the file."""
    written = write_definition(shipped.load("nd335"))
    cited = {key: {"value": value, "citation": "Tệp phát lại"} for key, value in settings.items()}
    return frameworks.published("nd335", effective_from=FIRST_DAY.isoformat(), work=written["work"] | cited)


def _make_people(world: World, root: Agency, people: list[dict[str, Any]]) -> None:
    divisions: dict[str, Agency] = {}
    for code in sorted({person["division"] for person in people if person["division"]}):
        divisions[code] = actions.add_agency(
            by=None, parent=world.agency, code=f"phong-{code.lower()}", name=code, kind="division",
            item_prefix=f"P{len(divisions)}",
        )  # fmt: skip
    positions = {code: _position(code) for code in sorted({person["group"] for person in people})}
    chair = _officer("CHU-TICH", root, _position("chu-tich-tinh"), "head", ())
    world.chair = chair.account
    for person in people:
        place = divisions.get(person["division"] or "", world.agency)
        fields = person["in_charge"] if person["role"] == "deputy" else ()
        officer = _officer(person["code"], place, positions[person["group"]], person["role"], fields)
        world.officers[person["code"]] = officer
        world.postings[person["code"]] = officer.postings.get()


def _officer(code: str, agency: Agency, position: Position, role: str, fields: Any) -> Officer:
    posting = actions.PostingValues(
        agency=agency, position=position, role=role, valid_from=_START, fields_in_charge=fields
    )
    officer = actions.add_officer(
        by=None, code=code, name=f"Công chức {code}", category="civil_servant", posting=posting
    )
    return actions.edit_officer(by=None, officer=officer, account=make_user(code.lower()))


def _position(group: str) -> Position:
    kept, _ = PositionGroup.objects.get_or_create(code=group, defaults={"name": group})
    return actions.save_position(by=None, code=group, name=group, kind="professional", group=kept)


def _make_catalog(world: World, home: Agency, root: Agency, people: list[dict[str, Any]]) -> None:
    """Bring a catalog to the Chairman's decision, with an item for each product and coefficient of the file."""
    lines = [line for person in people for month in person["months"] for line in month.get("lines", ())]
    asked = sorted({(line["item"], line["coefficient"]) for line in lines})
    page = pages.open_page(by=None, agency=world.agency)
    version = catalogs.start_version(by=world.clerk, catalog=page.catalog)
    rows = [catalogs.ItemRow(_values(number, *each)) for number, each in enumerate(asked, 1)]
    catalogs.write_rows(by=world.clerk, version=version, rows=rows, missing="keep")
    version.refresh_from_db()
    version = submit(version, world.clerk)
    version = accept(version, make_member(Role.EDITOR, home, "bien-tap"))
    version = decide(version, make_member(Role.PROVINCIAL_APPROVER, root, "phe-duyet"), FIRST_DAY)
    by_code = {item.code: item for item in version.items.all()}
    world.items = {each: by_code[f"PL.{number:05}"] for number, each in enumerate(asked, 1)}


def _values(number: int, item: str, coefficient: str) -> dict[str, Any]:
    weight = Decimal(coefficient)
    return {
        "code": f"PL.{number:05}", "field": "Tổng hợp", "task": "Công việc của tệp",
        "name": f"{item} (hệ số {coefficient})", "output": "Văn bản", "unit": "văn bản", "unit_quantity": 1, "group": 1,
        "score": weight * 5, "coefficient": weight,
    }  # fmt: skip
