"""The acts of work."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from cms.assignments.enums import ClaimAbout, ClaimCause, ClaimState, EvidenceKind
from cms.audit.acts import Act, register

_Content = partial(Act, is_content=True, is_public=False)


def register_acts() -> None:
    """Make the acts known to the ledger."""
    register(
        _Content("work.give", _("gave work to")),
        _Content("work.edit", _("changed the work of")),
        _Content("work.report", _("reported progress on the work of")),
        _Content("work.finish", _("reported as done the work of")),
        _Content("work.confirm", _("confirmed the work of")),
        _Content("work.return", _("returned the work of")),
        _Content("work.correct", _("corrected the confirmed work of")),
        _Content("work.withdraw", _("withdrew the work of")),
        _Content("work.add_evidence", _("brought evidence of the work of")),
        _Content("work.withdraw_evidence", _("withdrew evidence of the work of")),
        _Content("work.verify_evidence", _("verified evidence of the work of")),
        _Content("work.make_claim", _("claimed an objective cause for the work of")),
        _Content("work.accept_claim", _("accepted the objective cause claimed for the work of")),
        _Content("work.refuse_claim", _("refused the objective cause claimed for the work of")),
        _Content("work.send_back_claim", _("sent back the objective cause claimed for the work of")),
        labels={
            "evidence_kind": _("kind of evidence"),
            "claim_about": _("what is explained"),
            "claim_cause": _("objective cause"),
            "claim_state": _("state of the claim"),
            "evidence": _("evidence"),
            "assigned": _("quantity assigned"),
            "completed": _("quantity completed"),
            "given_on": _("given on"),
            "due_on": _("due on"),
            "done_on": _("done on"),
            "quality_failures": _("quality failures"),
            "late_occurrences": _("late occurrences"),
            "is_planned": _("planned"),
            "is_key": _("key task"),
            "instruction": _("what is asked"),
            "result": _("result"),
            "coefficient": _("coefficient"),
        },
        words={
            "evidence_kind": dict(EvidenceKind.choices),
            "claim_about": dict(ClaimAbout.choices),
            "claim_cause": dict(ClaimCause.choices),
            "claim_state": dict(ClaimState.choices),
        },
    )
