"""Words of frameworks as people choose them; the values are those of ``cms.scoring.definition.words``."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SubjectKind(TextChoices):
    """Whom a framework judges."""

    OFFICER = "officer", _("Officers")
    ORGANISATION = "organisation", _("Organisations")


class ScoredRole(TextChoices):
    """As what somebody is scored."""

    STAFF = "staff", _("Not in a leading position")
    HEAD = "head", _("Head")
    DEPUTY = "deputy", _("Deputy")
    ORGANISATION = "organisation", _("Organisation")


class DraftState(TextChoices):
    """Where a framework stands, as the list shows it."""

    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waiting for approval")
    RETURNED = "returned", _("Returned for changes")
    PUBLISHED = "published", _("Published")
    CHANGED = "changed", _("Published, with a newer draft")


class TrialState(TextChoices):
    """The life of a trial."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
