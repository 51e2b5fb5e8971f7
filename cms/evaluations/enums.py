"""Periods, and the steps of an evaluation."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cms.core.periods import MONTHS


class PeriodKind(TextChoices):
    """How long a period is; the values are the scoring room's own (``definition.words.PERIODS``)."""

    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")
    HALF = "half", _("Half-year")
    YEAR = "year", _("Year")


MONTHS_OF = {PeriodKind(kind): months for kind, months in MONTHS.items()}


class SubjectKind(TextChoices):
    """Whom a period evaluates; the values are the frameworks' own (``FrameworkVersion.subject``)."""

    OFFICER = "officer", _("Officers")
    ORGANISATION = "organisation", _("Organisations")


class Step(TextChoices):
    """What an evaluation waits for; the values stand in the steps that an evaluation keeps."""

    ASSESS = "assess", _("Self-assessment")
    MEET = "meet", _("Meeting of the unit")
    MARK = "mark", _("Marks of the manager")
    VERIFY = "verify", _("Verification")
    REVIEW = "review", _("Re-examination")
    OPINION = "opinion", _("Opinion")
    DECIDE = "decide", _("Decision")
    NOTIFY = "notify", _("Notice")


class Act(TextChoices):
    """What was done in an evaluation: a step, or the way back to one."""

    ASSESS = "assess", _("Self-assessment")
    MEET = "meet", _("Meeting of the unit")
    MARK = "mark", _("Marks of the manager")
    VERIFY = "verify", _("Verification")
    REVIEW = "review", _("Re-examination")
    OPINION = "opinion", _("Opinion")
    DECIDE = "decide", _("Decision")
    NOTIFY = "notify", _("Notice")
    SEND_BACK = "send_back", _("Sent back")
    REOPEN = "reopen", _("Reopened after the lock")


class Actor(TextChoices):
    """Who does a step: the officer, who has authority for an act by the tables, or a body by its role over the agency.

    The values of authority are those of ``AuthorityAct``, of bodies those of ``Role``.
    """

    SELF = "self", _("The officer")
    EVALUATE = "evaluate", _("Who evaluates, by the table of authority")
    CLASSIFY = "classify", _("Who classifies, by the table of authority")
    OPINION = "opinion", _("Who is asked for an opinion, by the table of authority")
    UPLOADER = "uploader", _("Personnel body of the agency")
    AGENCY_HEAD = "agency_head", _("Head of the agency")
    EDITOR = "editor", _("Appraising editor")
    APPROVER = "approver", _("Appraising approver")
    PROVINCIAL_APPROVER = "provincial_approver", _("Provincial approver")


# Whom the tables of authority name, with the field of an evaluation that keeps the officer.
AUTHORITIES = {Actor.EVALUATE: "evaluator", Actor.CLASSIFY: "decider", Actor.OPINION: "adviser"}
# Whom a role over the agency names.
BODIES = frozenset(set(Actor) - {Actor.SELF, *AUTHORITIES})


class DueRule(TextChoices):
    """From what the last day of a step is counted."""

    NONE = "", _("No deadline")
    OPENED = "opened", _("Days after the opening")
    BEFORE_END = "before_end", _("Days before the end of the period")
    AFTER_END = "after_end", _("Days after the end of the period")
    DATE = "date", _("Day and month")
    CLASSIFIED = "classified", _("The day before which the framework classifies")


class ShortcomingSource(TextChoices):
    """Who found what an organisation has to remedy (Gia Lai plan, III.3.a)."""

    EVALUATION = "evaluation", _("An earlier evaluation")
    INSPECTION = "inspection", _("An inspection or audit")


class ObjectionOutcome(TextChoices):
    """What the review of an objection came to."""

    UPHELD = "upheld", _("The result is upheld")
    CHANGED = "changed", _("The result is changed")


class CancelGround(TextChoices):
    """Why a result is cancelled."""

    DISHONESTY = "dishonesty", _("Dishonest report or evidence")
    FAULT = "fault", _("Fault in the evaluation, or a wrong level")
    AUTHORITY = "authority", _("Decided by who had no authority")


class CapDecisionKind(TextChoices):
    """What a decision about a cap allows."""

    EXCEPTION = "exception", _("the higher rate, for outstanding achievements")
    POOL = "pool", _("small groups counted together")


class DossierKind(TextChoices):
    """What a file of a dossier is."""

    SELF_ASSESSMENT = "self_assessment", _("Self-assessment report")
    MINUTES = "minutes", _("Minutes of the meeting")
    DOCUMENT = "document", _("Other document")
