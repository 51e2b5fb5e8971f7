"""A small province: the root, the Department of Home Affairs, two other departments, a division and a commune."""

from dataclasses import dataclass
from itertools import count

from cms.organisations import actions
from cms.organisations.models import Agency

_numbers = count(1)


@dataclass(frozen=True)
class Province:
    """The agencies that tests speak of by name."""

    root: Agency
    home_affairs: Agency
    statistics: Agency
    office: Agency
    division: Agency
    commune: Agency


def make_agency(parent: Agency | None, **fields: str) -> Agency:
    """Add one agency; what a test does not care about is filled in."""
    number = next(_numbers)
    filled = {"code": f"cq-{number}", "name": f"Cơ quan {number}", "kind": "department", "item_prefix": f"C{number}"}
    return actions.add_agency(by=None, parent=parent, **(filled | fields))


def make_province() -> Province:
    """Add the province that most tests run in."""
    root = make_agency(None, code="tinh", name="Tỉnh Sông Lam", kind="province", item_prefix="T")
    statistics = make_agency(root, code="thong-ke", name="Chi cục Thống kê", item_prefix="TK")
    return Province(
        root=root,
        home_affairs=make_agency(root, code="so-noi-vu", name="Sở Nội vụ", item_prefix="NV"),
        statistics=statistics,
        office=make_agency(root, code="van-phong", name="Văn phòng UBND tỉnh", item_prefix="VP"),
        division=make_agency(
            statistics, code="phong-tong-hop", name="Phòng Tổng hợp", kind="division", item_prefix="TH"
        ),
        commune=make_agency(root, code="xa-vinh-hoa", name="Xã Vĩnh Hòa", kind="commune", item_prefix="VH"),
    )
