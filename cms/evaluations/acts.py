"""The acts of evaluations. What the ledger holds of marks is veiled: that they were given, not which."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from cms.audit.acts import Act, register

_Content = partial(Act, is_content=True, is_public=False)


def register_acts() -> None:
    """Make the acts known to the ledger."""
    register(
        Act("period.open", _("opened the evaluation period"), is_content=False, is_public=False),
        Act("period.propose_lock", _("proposed to lock the evaluation period"), is_content=False, is_public=False),
        Act("period.withdraw_lock", _("withdrew the proposal to lock"), is_content=False, is_public=False),
        Act("period.lock", _("locked the evaluation period"), is_content=False, is_public=False),
        _Content("evaluation.assess", _("sent the self-assessment in")),
        _Content("evaluation.mark", _("marked the evaluation")),
        _Content("evaluation.send_back", _("sent back the evaluation")),
        _Content("evaluation.decide", _("decided the evaluation")),
        _Content("evaluation.excuse", _("took out of the period the evaluation")),
        _Content("evaluation.include", _("took into the period again the evaluation")),
        _Content("evaluation.find", _("recorded a case that holds the level down in the evaluation")),
        _Content("evaluation.withdraw_finding", _("withdrew a case that holds the level down from the evaluation")),
        _Content("evaluation.propose_reopening", _("proposed to reopen the evaluation")),
        _Content("evaluation.reopen", _("approved reopening the evaluation")),
        labels={"evaluations": _("evaluations"), "results": _("results"), "results_hash": _("hash of all results")},
    )
