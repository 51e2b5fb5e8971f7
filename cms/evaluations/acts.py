"""The acts of evaluations. What the ledger holds of marks is veiled: that they were given, not which."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from cms.audit.acts import Act, Event, EventAudience, register

_DECIDED = Event("evaluation.decided", _("an evaluation is decided"), EventAudience.EVALUATING)
_SENT_BACK = Event("evaluation.returned", _("an evaluation is sent back to an earlier step"), EventAudience.EVALUATING)
_REOPENED = Event("evaluation.reopened", _("an evaluation is opened again after the lock"), EventAudience.EVALUATING)
_CORRECTED = Event("evaluation.corrected", _("a new result replaces a locked one"), EventAudience.EVALUATING)
_CANCELLED = Event("evaluation.cancelled", _("a locked result is cancelled"), EventAudience.EVALUATING)
_OPENED = Event("period.opened", _("an evaluation period is opened"), EventAudience.EVALUATING)
_LOCKED = Event("period.locked", _("an evaluation period is locked"), EventAudience.EVALUATING)
_Content = partial(Act, is_content=True, is_public=False)


def register_acts() -> None:
    """Make the acts known to the ledger."""
    register(
        Act("period.open", _("opened the evaluation period"), is_content=False, is_public=False, event=_OPENED),
        Act("period.propose_lock", _("proposed to lock the evaluation period"), is_content=False, is_public=False),
        Act("period.withdraw_lock", _("withdrew the proposal to lock"), is_content=False, is_public=False),
        Act("period.meeting", _("recorded a meeting of a unit in the period"), is_content=False, is_public=False),
        Act("period.remind", _("reminded of the evaluations of a period"), is_content=False, is_public=False),
        Act("procedure.edit", _("edited the evaluation procedure"), is_content=False, is_public=False),
        Act("procedure.issue", _("issued the evaluation procedure"), is_content=False, is_public=False),
        Act("calendar.clock", _("kept in the calendar"), is_content=False, is_public=False),
        Act("calendar.remove_clock", _("took out of the calendar"), is_content=False, is_public=False),
        Act("calendar.special", _("allowed a special end of the year"), is_content=False, is_public=False),
        Act("period.lock", _("locked the evaluation period"), is_content=False, is_public=False, event=_LOCKED),
        _Content("evaluation.assess", _("sent the self-assessment in")),
        _Content("evaluation.mark", _("marked the evaluation")),
        _Content("evaluation.meet", _("recorded the meeting on the evaluation")),
        _Content("evaluation.verify", _("verified the evaluation")),
        _Content("evaluation.review", _("re-examined the evaluation")),
        _Content("evaluation.opinion", _("gave an opinion on the evaluation")),
        _Content("evaluation.notify", _("made known the result of the evaluation")),
        _Content("evaluation.remind", _("reminded of the evaluation")),
        _Content("evaluation.acknowledge", _("received the notice of the evaluation")),
        _Content("evaluation.send_back", _("sent back the evaluation"), event=_SENT_BACK),
        _Content("evaluation.decide", _("decided the evaluation"), event=_DECIDED),
        _Content("evaluation.correct", _("corrected the locked result of the evaluation"), event=_CORRECTED),
        _Content("evaluation.excuse", _("took out of the period the evaluation")),
        _Content("evaluation.include", _("took into the period again the evaluation")),
        _Content("evaluation.find", _("recorded a case that holds the level down in the evaluation")),
        _Content("evaluation.withdraw_finding", _("withdrew a case that holds the level down from the evaluation")),
        _Content("evaluation.propose_reopening", _("proposed to reopen the evaluation")),
        Act("shortcoming.record", _("recorded a shortcoming of the organisation"), is_content=False, is_public=False),
        Act("shortcoming.remedy", _("recorded that a shortcoming was remedied"), is_content=False, is_public=False),
        Act("shortcoming.withdraw", _("withdrew a shortcoming"), is_content=False, is_public=False),
        Act("figure.record", _("recorded a figure from outside"), is_content=False, is_public=False),
        Act("figure.withdraw", _("withdrew a figure from outside"), is_content=False, is_public=False),
        Act("period.cap_decision", _("recorded a decision on the cap in"), is_content=False, is_public=False),
        Act("period.withdraw_cap_decision", _("withdrew a decision on the cap in"), is_content=False, is_public=False),
        _Content("evaluation.add_file", _("brought a file to the dossier of the evaluation")),
        _Content("evaluation.withdraw_file", _("withdrew a file from the dossier of the evaluation")),
        _Content("evaluation.cap_choice", _("chose under the cap in the evaluation")),
        _Content("evaluation.force_majeure", _("accepted force majeure in the evaluation")),
        _Content("evaluation.withdraw_force_majeure", _("withdrew force majeure from the evaluation")),
        _Content("evaluation.object", _("objected to the result of the evaluation")),
        _Content("evaluation.appoint_reviewer", _("appointed who reviews the objection to the evaluation")),
        _Content("evaluation.answer_objection", _("answered the objection to the evaluation")),
        _Content("evaluation.order_verification", _("ordered a complaint to be verified before the evaluation")),
        _Content("evaluation.conclude_verification", _("concluded the verification before the evaluation")),
        _Content("evaluation.propose_cancellation", _("proposed to cancel the result of the evaluation")),
        _Content("evaluation.cancel", _("cancelled the result of the evaluation"), event=_CANCELLED),
        _Content("evaluation.reopen", _("approved reopening the evaluation"), event=_REOPENED),
        labels={
            "evaluations": _("evaluations"), "kinds": _("periods"), "subjects": _("whose evaluations"),
            "frameworks": _("criteria frameworks"), "steps": _("steps"), "results": _("results"),
            "results_hash": _("hash of all results"), "readers": _("readers"),
            "done_by": _("by whom"), "months": _("months"), "first_day": _("from day"),
            "days_after": _("days after a result"), "basis": _("legal basis"),
            "dossier_file": _("file of a dossier"), "dossier_kind": _("kind"),
        },
    )  # fmt: skip
