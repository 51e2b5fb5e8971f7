"""Officers and their postings, made through the actions; demo people are numbered, never named."""

from datetime import date
from itertools import count
from typing import Any

from cms.organisations import actions
from cms.organisations.models import Agency, Officer, Position, PositionGroup, Posting

_numbers = count(1)
START = date(2025, 1, 1)


def make_position(code: str = "chuyen-vien", name: str = "Chuyên viên", group: str = "Chuyên môn") -> Position:
    """Return the position with this code, added if it is not there."""
    kept, _ = PositionGroup.objects.get_or_create(name=group, defaults={"code": f"nhom-{next(_numbers)}"})
    return Position.objects.filter(code=code).first() or actions.save_position(
        by=None, code=code, name=name, kind="professional", group=kept
    )


def values(agency: Agency, **fields: Any) -> actions.PostingValues:
    """Return where somebody is posted; what a test does not care about is filled in."""
    filled = {"agency": agency, "position": fields.pop("position", None) or make_position(), "valid_from": START}
    return actions.PostingValues(**(filled | fields))


def make_officer(agency: Agency, code: str = "", name: str = "", **fields: Any) -> Officer:
    """Add an officer with one posting."""
    number = next(_numbers)
    return actions.add_officer(
        by=None, code=code or f"CC-{number:04}", name=name or f"Công chức {number:04}", category="civil_servant",
        posting=values(agency, **fields),
    )  # fmt: skip


def make_posting(agency: Agency, **fields: Any) -> Posting:
    """Add an officer with one posting, and return the posting."""
    return make_officer(agency, **fields).postings.get()
