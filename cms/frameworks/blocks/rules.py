"""Rules of work, periods, rounding and procedure: every setting with its legal source beside it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.frameworks.blocks.declared import declared
from cms.frameworks.blocks.sections import ASKS
from cms.scoring.definition.marks import MarkRules
from cms.scoring.definition.periods import LongerPeriod, Periods, Procedure, Rounding
from cms.scoring.definition.work import LateBand, WorkRules


class LateBandBlock(blocks.StructBlock):
    """One band of days late: from a day on, up to the day before the next band, so many percent off the line."""

    from_days = declared(LateBand, "from_days", _("From (days late)"))
    points_off = declared(LateBand, "points_off", _("Percent off the line"))

    class Meta:
        form_classname = "struct-block fw-row"
        label = _("Band of days late")
        label_format = _("from day {from_days} → {points_off} % off")
        icon = "order"


class WorkBlock(blocks.StructBlock):
    """How lines of work become quantity, quality and progress."""

    denominator = declared(WorkRules, "denominator", _("Quality and progress: divided by"))
    failure_scope = declared(WorkRules, "failure_scope", _("A failure takes points off"))
    points_off = declared(WorkRules, "points_off", _("Percent off for each failure"))
    floor = declared(WorkRules, "floor", _("Never below (%)"))
    over_100 = declared(WorkRules, "over_100", _("More than assigned stops counting"))
    late_counted = declared(WorkRules, "late_counted", _("Lateness is counted by"))
    late_bands = blocks.ListBlock(
        LateBandBlock(),
        default=[],
        label=_("Bands of days late"),
        help_text=_(
            "A band holds from its day up to the day before the next, and takes its percentage once off the progress "
            "points of the whole line. The first begins at 1. Without bands each late day counts as one failure."
        ),
        collapsed=True,
    )
    nothing_assigned = declared(WorkRules, "nothing_assigned", _("When nothing was assigned"))
    unplanned = declared(WorkRules, "unplanned", _("Unplanned work"))
    leaders_work = declared(WorkRules, "leaders_work", _("The work of leaders"))

    class Meta:
        label = _("Rules of work")
        label_format = ""
        icon = "tasks"
        form_classname = "struct-block fw-settings"


class MarksBlock(blocks.StructBlock):
    """What a mark needs beside itself, unless a section, a group or a criterion says otherwise."""

    asks_when_cut = declared(MarkRules, "asks_when_cut", ASKS)

    class Meta:
        label = _("Rules of marking")
        label_format = ""
        icon = "comment"
        form_classname = "struct-block fw-settings"


class PeriodsBlock(blocks.StructBlock):
    """Which periods are monitored and classified."""

    monitored = declared(Periods, "monitored", _("Monitored by"))
    classified = declared(Periods, "classified", _("Classified by"))
    absences = declared(Periods, "absences", _("Periods not worked"))
    marks_given = declared(Periods, "marks_given", _("Marks of leaders are given"))
    role_change = declared(Periods, "role_change", _("When the role changes"))

    class Meta:
        label = _("Periods")
        label_format = ""
        icon = "calendar-alt"
        form_classname = "struct-block fw-settings"


class LongerPeriodBlock(blocks.StructBlock):
    """How one longer period follows from shorter ones."""

    period = declared(LongerPeriod, "period", _("The longer period"))
    made_of = declared(LongerPeriod, "made_of", _("is made of"))
    total = declared(LongerPeriod, "total", _("Its total is"))
    marks = declared(LongerPeriod, "marks", _("Marks become, where it is cumulative"))

    class Meta:
        label = _("Longer period")
        label_format = "{period} ← {made_of}"
        icon = "calendar"
        form_classname = "struct-block fw-settings"


class RoundingBlock(blocks.StructBlock):
    """How the total is rounded: once, at the end."""

    places = declared(Rounding, "places", _("The total is rounded to"))
    mode = declared(Rounding, "mode", _("How"))

    class Meta:
        label = _("Rounding")
        label_format = ""
        icon = "decimal"
        form_classname = "struct-block fw-settings"


class ProcedureBlock(blocks.StructBlock):
    """Dates and days of the procedure."""

    classified_before = declared(Procedure, "classified_before", _("Classified before (day/month)"))
    special_before = declared(Procedure, "special_before", _("Agencies with a special year: before (day/month)"))
    petition_days = declared(Procedure, "petition_days", _("Days to petition"))
    sync_days = declared(Procedure, "sync_days", _("Days to send results on"))
    sync_counts = declared(Procedure, "sync_counts", _("Days are"))
    changed_agency = declared(Procedure, "changed_agency", _("Who moved to another agency"))
    several_posts = declared(Procedure, "several_posts", _("Who holds several posts"))
    seconded = declared(Procedure, "seconded", _("Who is seconded"))

    class Meta:
        label = _("Procedure")
        label_format = ""
        icon = "date"
        form_classname = "struct-block fw-settings"
