"""Refusals of the room of frameworks."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cms.core.errors import DomainError
from cms.scoring.problems import Problem


class NotPublishable(DomainError):
    """The draft cannot be published; ``problems`` say why, each with its place."""

    code = "framework_not_publishable"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(_("The framework cannot be published yet. Mend what is listed, then try again."))
        self.problems = tuple(problems)


class NotTried(DomainError):
    """The draft was not tried on past inputs as it stands now."""

    code = "framework_not_tried"


class NotCovered(NotTried):
    """The draft was tried on a sample that leaves out somebody of whom it speaks."""

    code = "framework_trial_incomplete"


class NotReadable(DomainError):
    """A definition that was sent cannot be read; ``problems`` say why, each with its place."""

    code = "definition_not_readable"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(_("The definition cannot be read. Nothing was written."))
        self.problems = tuple(problems)


class CodeTaken(DomainError):
    """Another framework has the code."""

    code = "framework_code_taken"


class FrameworksOverlap(DomainError):
    """Two frameworks are for the same people on the same days, and none of them wins over the other."""

    code = "frameworks_overlap"


class NotConfirmed(DomainError):
    """A framework is to hold on days that are over, and no approver has said that this is meant."""

    code = "framework_not_confirmed"


class NotConfirmable(DomainError):
    """An agency's version goes beyond the limits of a later version of its base; ``problems`` say where."""

    code = "framework_not_confirmable"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(_("The version goes beyond the limits of the new base, so it follows that or is suspended."))
        self.problems = tuple(problems)


class OwnFramework(DomainError):
    """Nobody publishes what they wrote."""

    code = "own_framework"


class SourceNotConfirmed(DomainError):
    """No source that waits was chosen, or nothing was named with which it was compared."""

    code = "framework_source_not_confirmed"
