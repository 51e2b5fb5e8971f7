"""Evidence and claims beside the demo's work, and the day's notices of it.

A file, a number and a link; a claim accepted and one that waits.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.utils import timezone

from cms.assignments import actions
from cms.assignments.enums import ClaimAbout, ClaimCause, ClaimState
from cms.assignments.models import Claim, Evidence, WorkAssignment, WorkQuerySet
from cms.users.models import User
from importers.demo.personal import HEAD
from importers.demo.work import REPORTER

# A page without a word on it.
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def load() -> Iterator[str]:
    """Bring evidence and claim causes for the reporter's work, once; yield a line when there was none yet."""
    reporter, head = User.objects.get(username=REPORTER), User.objects.get(username=HEAD)
    own = WorkAssignment.objects.filter(officer__account=reporter)
    if Evidence.objects.filter(work__in=own).exists():
        return
    waiting, returned = own.get(state="done"), own.get(state="returned")
    for work, values in (
        (waiting, actions.EvidenceValues(file=ContentFile(PDF, name="Báo cáo dự toán quý IV.pdf"))),
        (waiting, actions.EvidenceValues(document_number="15/BC-STC", document_date=timezone.localdate())),
        (returned, actions.EvidenceValues(url="https://vanban.example.gov.vn/15-bc-stc", name="Phụ lục số liệu quý")),
    ):
        brought = actions.add_evidence(by=reporter, work=work, values=values)
    actions.verify_evidence(by=head, evidence=brought)
    _claim(own, reporter, head)
    notices = sum(actions.make_all_notices(timezone.localdate()))
    number = Evidence.objects.filter(work__in=own).count()
    yield f"Minh chứng: {number}, giải trình: {Claim.objects.count()}, thông báo: {notices}"


def _claim(own: WorkQuerySet, reporter: User, head: User) -> None:
    """Explain two pieces of work that are open: the first is accepted, the second waits."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    statement = f"Cơ quan phối hợp gửi số liệu chậm, đến ngày {yesterday:%d/%m/%Y} mới đủ."
    for number, work in enumerate(own.open().order_by("due_on", "pk")[:2]):
        claim = actions.make_claim(
            by=reporter, work=work, about=ClaimAbout.LATE, cause=ClaimCause.PARTNER, statement=statement
        )
        if number == 0:
            actions.decide_claim(by=head, claim=claim, outcome=ClaimState.ACCEPTED, answer="Đúng như báo cáo")
