"""An agency's choice on its contract staff."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.errors import DomainError, require_words
from cms.frameworks import permissions
from cms.frameworks.models import ContractStaffChoice
from cms.organisations.models import Agency


@transaction.atomic
def choose_contract_staff(
    *, by: Any, agency: Agency, covered: bool, valid_from: datetime.date, document: str
) -> ContractStaffChoice:
    """Record, as the agency's head, whether contract staff are judged by its framework from a day on.

    Raises DomainError without a document: it is the agency's decision, not the platform's.
    """
    permissions.require(permissions.can_choose_contract_staff(by, agency))
    document = require_words(
        document, DomainError(_("Name the agency's decision: its number and date."), code="document_missing")
    )
    choice = ContractStaffChoice.objects.create(
        agency=agency, covered=covered, valid_from=valid_from, document=document,
        decided_by=by, decided_at=timezone.now(),
    )  # fmt: skip
    record(
        by=by, action="framework.choose_contract_staff", subject=agency, agency_code=agency.code,
        after={"covered": covered, "valid_from": valid_from, "document": choice.document},
    )  # fmt: skip
    return choice
