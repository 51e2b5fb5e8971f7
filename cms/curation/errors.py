"""Refusals of judging alike works."""

from cms.core.errors import DomainError, WrongState


class HeldByOther(WrongState):
    """Another editor has the cluster at the moment."""

    code = "held_by_other"


class ClusterChanged(WrongState):
    """The cluster was judged, or its works changed, since it was looked at."""

    code = "cluster_changed"


class CircularAbbreviation(DomainError):
    """What an abbreviation stands for holds it again."""

    code = "circular_abbreviation"
