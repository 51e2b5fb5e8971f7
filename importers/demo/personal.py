"""Officers of the demo who sign in to their own pages: of several blocks and ranks, called by their codes."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from cms.organisations.actions import edit_officer
from cms.organisations.models import Posting
from cms.users.models import User

# The agency and the role of each; of several, the first by code.
PLACES = (
    ("so-noi-vu", "head"),
    ("so-tai-chinh", "head"),
    ("so-tai-chinh", "deputy"),
    ("stc-ns", "head"),
    ("stc-ns", "deputy"),
    ("stc-ns", "staff"),
    ("ban-to-chuc", "head"),
    ("vp-tinh-uy", "staff"),
    ("mttq", "head"),
    ("mttq", "staff"),
    ("xa-001", "head"),
    ("xa-002", "staff"),
)


def load(editor: User, password: str) -> Iterator[str]:
    """Give accounts to those who have none yet; yield a line when there were any."""
    new = [posting for posting in postings() if posting.officer.account_id is None]
    # Hashing is slow on purpose, and everybody's password is the same.
    hashed = make_password(password) if new else ""
    for posting in new:
        officer = posting.officer
        name = officer.code.lower()
        email = f"{name}@example.com"
        account = User.objects.create(username=name, full_name=officer.name, email=email, password=hashed)
        edit_officer(by=editor, officer=officer, account=account)
    if new:
        yield f"Công chức có tài khoản riêng: {len(new)}"


def postings() -> list[Posting]:
    """Return the main posting of each of them, in the order of ``PLACES``."""
    held = Posting.objects.on(timezone.localdate()).filter(is_main=True).order_by("officer__code")
    held = held.filter(agency__code__in={code for code, _role in PLACES})
    first: dict[tuple[str, str], Posting] = {}
    for posting in held.select_related("officer__account", "agency", "position"):
        first.setdefault((posting.agency.code, posting.role), posting)
    return [first[place] for place in PLACES if place in first]
