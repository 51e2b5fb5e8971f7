"""The acts of work."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from cms.assignments.enums import ClaimAbout, ClaimCause, ClaimState, EvidenceKind, PlanGiver
from cms.assignments.planning_enums import Rhythm
from cms.audit.acts import Act, Event, EventAudience, register

_CONFIRMED = Event("work.confirmed", _("work is confirmed"), EventAudience.WORK_READING)
_RETURNED = Event("work.returned", _("work that was reported as done is returned"), EventAudience.WORK_READING)
_CORRECTED = Event("work.corrected", _("confirmed work is corrected"), EventAudience.WORK_READING)
_WITHDRAWN = Event("work.withdrawn", _("work is withdrawn"), EventAudience.WORK_READING)
_Content = partial(Act, is_content=True, is_public=False)


def register_acts() -> None:
    """Make the acts known to the ledger."""
    register(
        _Content("work.give", _("gave work to")),
        _Content("work.edit", _("changed the work of")),
        _Content("work.report", _("reported progress on the work of")),
        _Content("work.finish", _("reported as done the work of")),
        _Content("work.confirm", _("confirmed the work of"), event=_CONFIRMED),
        _Content("work.return", _("returned the work of"), event=_RETURNED),
        _Content("work.correct", _("corrected the confirmed work of"), event=_CORRECTED),
        _Content("work.withdraw", _("withdrew the work of"), event=_WITHDRAWN),
        _Content("work.write_many", _("wrote many pieces of work of")),
        _Content("work.add_evidence", _("brought evidence of the work of")),
        _Content("work.withdraw_evidence", _("withdrew evidence of the work of")),
        _Content("work.verify_evidence", _("verified evidence of the work of")),
        _Content("work.make_claim", _("claimed an objective cause for the work of")),
        _Content("work.accept_claim", _("accepted the objective cause claimed for the work of")),
        _Content("work.refuse_claim", _("refused the objective cause claimed for the work of")),
        _Content("work.send_back_claim", _("sent back the objective cause claimed for the work of")),
        _Content("work.hand_over", _("handed over the work of")),
        _Content("work_rule.make", _("made a rule of repeated work for")),
        _Content("work_rule.edit", _("changed a rule of repeated work for")),
        _Content("work_rule.stop", _("stopped a rule of repeated work for")),
        _Content("work_template.save", _("saved the template of work of the position")),
        _Content("work_proposal.make", _("proposed to the catalog work of")),
        _Content("work_proposal.take", _("took into the catalog's draft the work proposed for")),
        _Content("work_proposal.refuse", _("did not take into the catalog the work proposed for")),
        _Content("work_proposal.count", _("counted the work proposed for")),
        _Content("work_signal.dismiss", _("dismissed a signal about the work of")),
        _Content("day_off.save", _("saved the day off")),
        _Content("day_off.remove", _("removed the day off")),
        _Content("absence.enter", _("entered the absence of")),
        _Content("absence.withdraw", _("withdrew the absence of")),
        _Content("work.take", _("took over from another system the work of")),
        Act("external_system.add", _("added the external system"), is_content=False, is_public=False),
        Act("external_system.edit", _("changed the external system"), is_content=False, is_public=False),
        _Content("external_system.map", _("mapped a name of the external system")),
        _Content("external_system.retry", _("took up again the messages of the external system")),
        _Content("external_system.leave", _("left a message of the external system")),
        _Content("plan_task.give", _("gave the plan task")),
        _Content("plan_task.edit", _("changed the plan task")),
        _Content("plan_task.withdraw", _("withdrew the plan task")),
        _Content("plan_task.report", _("reported progress on the plan task")),
        _Content("plan_task.finish", _("reported as done the plan task")),
        _Content("plan_task.confirm", _("confirmed the result of the plan task")),
        _Content("plan_task.return", _("returned the plan task")),
        _Content("plan_task.correct", _("corrected the confirmed plan task")),
        labels={
            "about": _("about"),
            "order": _("newer is known by"),
            "agencies": _("agencies"),
            "accounts": _("API clients"),
            "act": _("act"),
            "outside_id": _("outside id"),
            "is_ignored": _("passed over"),
            "expected_result": _("expected result"),
            "given_kind": _("given by"),
            "rhythm": _("how often"),
            "due_day": _("due on day"),
            "plan_giver": _("agency that gave it"),
            "plan_document": _("document"),
            "cooperating": _("cooperating agencies"),
            "progress": _("progress (%)"),
            "quality_met": _("quality met"),
            "effect_met": _("effect met"),
            "exceeded": _("exceeded what was asked"),
            "giver_words": _("the giver's words"),
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
            "documents": _("numbers of documents"),
            "coefficient": _("coefficient"),
        },
        words={
            "rhythm": dict(Rhythm.choices),
            "given_kind": dict(PlanGiver.choices),
            "evidence_kind": dict(EvidenceKind.choices),
            "claim_about": dict(ClaimAbout.choices),
            "claim_cause": dict(ClaimCause.choices),
            "claim_state": dict(ClaimState.choices),
        },
    )
