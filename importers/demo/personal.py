"""Officers of the demo who sign in to their own pages: of several blocks and ranks, called by their codes."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from cms.organisations.actions import edit_officer, grant_membership
from cms.organisations.models import Agency, Posting
from cms.users.enums import Role
from cms.users.models import User

# All of its people have accounts, and its director heads it on the platform, too.
DEPARTMENT, HEAD = "so-tai-chinh", "cc-0128"
# The Chairman's account has a role already.
CHAIRMAN, CHAIRMANS_PLACE = "chu-tich", ("tinh", "head")
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
    ("tinh-doan", "staff"),
    ("xa-001", "head"),
    ("xa-002", "staff"),
    CHAIRMANS_PLACE,
)


def load(editor: User, password: str) -> Iterator[str]:
    """Give accounts to those who have none yet; yield a line when there were any."""
    of_department = Posting.objects.on(timezone.localdate()).within(Agency.objects.get(code=DEPARTMENT))
    holding = [
        *postings(),
        *of_department.filter(is_main=True).select_related("officer__account").order_by("officer__code"),
    ]
    new = {posting.officer.code: posting for posting in holding if posting.officer.account_id is None}
    # Hashing is slow on purpose, and everybody's password is the same.
    hashed = make_password(password) if new else ""
    for code, posting in new.items():
        edit_officer(by=editor, officer=posting.officer, account=_account(code, posting, hashed))
    if new:
        head, department = User.objects.get(username=HEAD), Agency.objects.get(code=DEPARTMENT)
        grant_membership(by=None, user=head, role=Role.AGENCY_HEAD, agency=department)
        yield f"Công chức có tài khoản riêng: {len(new)}"


def _account(code: str, posting: Posting, hashed: str) -> User:
    name = posting.officer.name
    if (posting.agency.code, posting.role) == CHAIRMANS_PLACE:
        account = User.objects.get(username=CHAIRMAN)
        account.full_name = name
        account.save(update_fields=["full_name"])
        return account
    username = code.lower()
    return User.objects.create(
        username=username, full_name=name, email=f"{username}@example.com", password=hashed
    )  # fmt: skip


def postings() -> list[Posting]:
    """Return the main posting of each of them, in the order of ``PLACES``."""
    held = Posting.objects.on(timezone.localdate()).filter(is_main=True).order_by("officer__code")
    held = held.filter(agency__code__in={code for code, _role in PLACES})
    first: dict[tuple[str, str], Posting] = {}
    for posting in held.select_related("officer__account", "agency", "position"):
        first.setdefault((posting.agency.code, posting.role), posting)
    return [first[place] for place in PLACES if place in first]
