"""What the menus of the editor read, for each word that a definition may choose (``cms.scoring.definition.words``)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.frameworks.enums import ScoredRole, SubjectKind
from cms.organisations.enums import AgencyKind, Block, StaffCategory

Words = dict[str, Promise | str]

ROLES: Words = {role.value: role.label for role in ScoredRole}
LEVELS: Words = {
    "excellent": pgettext_lazy("level", "Excellent"),
    "good": pgettext_lazy("level", "Good"),
    "completed": pgettext_lazy("level", "Completed"),
    "not_completed": pgettext_lazy("level", "Not completed"),
}
PERIODS: Words = {
    "month": pgettext_lazy("period", "Month"),
    "quarter": pgettext_lazy("period", "Quarter"),
    "half": pgettext_lazy("period", "Six months"),
    "year": pgettext_lazy("period", "Year"),
}
WORK_SETTINGS: Words = {
    "denominator": _("By what quality and progress are divided"),
    "failure_scope": _("What a failure takes points off"),
    "over_100": _("Where more than assigned stops counting"),
}
METRICS: Words = {
    "total": _("Total points"),
    "tasks_done_pct": _("Tasks done (%)"),
    "on_time_pct": _("Tasks done on time (%)"),
    "quality_pct": _("Tasks done with quality (%)"),
    "exceeded_pct": _("Tasks beyond what was required, as the authority confirms (%)"),
    "late_pct": _("Tasks late (%)"),
    "subordinate_not_completed": _("Subordinate units or people that did not complete (number)"),
    "members_disciplined": _("Members disciplined (number)"),
    "not_completed_quarters": _("Quarters not completed (number)"),
    "shortcomings_remedied": _("Shortcomings remedied (1 yes, 0 no)"),
}
OPERATORS: Words = {
    ">=": _("at least (≥)"),
    ">": _("more than (>)"),
    "<=": _("at most (≤)"),
    "<": _("less than (<)"),
    "=": _("exactly (=)"),
    "!=": _("other than (≠)"),
}
ASKED: Words = {
    "nothing": pgettext_lazy("asked", "nothing more"),
    "comment": pgettext_lazy("asked", "a comment"),
    "evidence": pgettext_lazy("asked", "evidence"),
    "both": pgettext_lazy("asked", "a comment and evidence"),
}
# Grounds on which the authority decides for itself; frameworks may name others.
GROUNDS: Words = {"force_majeure": _("force majeure")}

# Keyed by the declared part and its field; a field that is not here has no menu.
CHOICES: dict[str, Words] = {
    "Marking.kind": {
        "points": _("Points typed in steps"),
        "levels": _("A level chosen from a list"),
        "bands": _("Points by bands of a measured ratio"),
        "points_off": _("Points off for each occurrence"),
        "points_each": _("Points for each occurrence, up to the maximum"),
        "yes_no": _("Yes or no: all points or none"),
    },
    "Criterion.roles": ROLES,
    "Criterion.asks_when_cut": ASKED,
    "Section.asks_when_cut": ASKED,
    "MarkRules.asks_when_cut": ASKED,
    "Indicator.roles": ROLES,
    "WeightFor.roles": ROLES,
    "Indicator.measure": {
        "work_quantity": _("Quantity, from lines of work"),
        "work_quality": _("Quality, from lines of work"),
        "work_progress": _("Progress, from lines of work"),
        "subordinates": _("Results of subordinates"),
        "mark": _("A mark given by the evaluator"),
        "survey": _("A survey, such as satisfaction of those served"),
        "outside": _("An outside figure, such as an index"),
        "group": _("A group of indicators with weights"),
    },
    "Indicator.heads_from": {
        "people": _("The results of the people led"),
        "organisation": _("The result of the organisation headed"),
    },
    "Indicator.when_not_applicable": {
        "leave_out": _("Leave it out; the others share its weight"),
        "full": _("Count it as 100 %"),
        "zero": _("Count it as 0"),
        "block": _("Do not score until it is given"),
    },
    "OwnWorkRules.denominator": {
        "assigned": _("divide by what was assigned"),
        "completed": _("divide by what was completed"),
    },
    "OwnWorkRules.failure_scope": {"unit": _("one unit of the line"), "line": _("the whole line")},
    "OwnWorkRules.over_100": {"line": _("on each line of work"), "aggregate": _("on the whole only")},
    "Section.combine": {
        "mean": _("weighted mean of the indicators times the maximum"),
        "points": _("points of the indicators added up"),
    },
    "Section.not_applicable": {
        "rescale": _("scale the others up to the section's maximum"),
        "full": _("count it as full points"),
        "zero": _("count it as 0 points"),
    },
    "WorkRules.denominator": {
        "assigned": _("divide by what was assigned"),
        "completed": _("divide by what was completed"),
    },
    "WorkRules.failure_scope": {"unit": _("one unit of the line"), "line": _("the whole line")},
    "WorkRules.over_100": {"line": _("on each line of work"), "aggregate": _("on the whole only")},
    "WorkRules.late_counted": {"occurrences": _("each late occurrence"), "days": _("each late day")},
    "WorkRules.nothing_assigned": {
        "insufficient_data": _("say “insufficient data”, give no level"),
        "zero": _("count it as 0"),
    },
    "WorkRules.unplanned": {
        "both": _("add it to what was assigned and to what was completed"),
        "completed_only": _("add it to what was completed only"),
    },
    "WorkRules.leaders_work": {
        "own_and_directed": _("their own work and the work that they direct"),
        "by_rank": _("by rank: the work of the units in their charge"),
        "assigned_tasks": _("each assigned task is one product"),
        "coefficient": _("their own work times a coefficient of the position"),
    },
    "LongerPeriod.period": PERIODS,
    "LongerPeriod.made_of": PERIODS,
    "LongerPeriod.total": {
        "mean": _("mean of the totals of the shorter periods"),
        "cumulative": _("cumulative: work of all periods added up, then scored"),
    },
    "LongerPeriod.marks": {"minimum": _("the lowest of the shorter periods"), "mean": _("the mean of them")},
    "Periods.monitored": PERIODS,
    "Periods.classified": PERIODS,
    "Periods.absences": {
        "left_out": _("leave them out: actual working time only"),
        "zero": _("count them as 0"),
    },
    "Periods.marks_given": {"each_period": _("in each monitored period"), "quarter": _("once a quarter")},
    "Periods.role_change": {
        "role_in_force": _("each period by the role held in it"),
        "last_role": _("the whole by the last role"),
    },
    "Rounding.places": {
        "0": _("whole numbers"),
        "1": _("1 decimal"),
        "2": _("2 decimals"),
        "3": _("3 decimals"),
    },
    "Rounding.mode": {"half_up": _("a half goes up")},
    "Procedure.sync_counts": {"calendar_days": _("calendar days"), "working_days": _("working days")},
    "Procedure.changed_agency": {
        "new_agency": _("the new agency classifies"),
        "longest_agency": _("the agency of the longest time classifies"),
    },
    "Procedure.several_posts": {
        "highest_post": _("where the highest post is held"),
        "most_time": _("where most of the time is spent"),
    },
    "Procedure.seconded": {
        "by_decision": _("as the decision of secondment says"),
        "home_agency": _("the home agency"),
        "receiving_agency": _("the receiving agency"),
    },
    "LevelRule.level": LEVELS,
    "Disqualifier.level": LEVELS,
    "Disqualifier.roles": ROLES,
    "Condition.roles": ROLES,
    "Cap.level": LEVELS,
    "Metric.kind": {"percent": _("percent"), "count": _("a count"), "yes_no": _("yes or no (1 or 0)")},
    "Comparison.operator": OPERATORS,
    "ScoreComparison.operator": OPERATORS,
    "ScoreComparison.of": {"section": _("a section"), "criterion": _("a criterion or group of criteria")},
    "ScoreComparison.unit": {"points": _("points"), "percent": _("percent of the maximum")},
    "Cap.base": {
        "good_only": _("of those classified Good only"),
        "good_or_better": _("of those classified Good and above"),
    },
    "Cap.groups": {"agency": _("within each agency"), "position_group": _("within each position group")},
    "Cap.small_groups": {
        "as_computed": _("as computed, perhaps nobody"),
        "pooled_by_decision": _("put together with others by decision"),
    },
    "Classification.when_conditions_fail": {
        "lower_level": _("propose the next lower level whose conditions hold"),
        "needs_decision": _("leave it to a decision"),
    },
    "Section.kind": {
        "criteria": _("Section of criteria"),
        "indicators": _("Section of results (indicators)"),
        "bonus": _("Bonus section"),
        "deduction": _("Deduction section"),
    },
    "Definition.subject": dict(SubjectKind.choices),
    "AppliesTo.categories": dict(StaffCategory.choices),
    "AppliesTo.roles": ROLES,
    "AppliesTo.kinds": dict(AgencyKind.choices),
    "AppliesTo.blocks": dict(Block.choices),
    "Definition.overridable": WORK_SETTINGS,
    "OpenToAgencies.settings": WORK_SETTINGS,
}


def ground_name(code: str) -> str:
    """Return what a ground is called; one that a framework brings along by its code, without underscores."""
    return str(GROUNDS.get(code, code.replace("_", " ")))
