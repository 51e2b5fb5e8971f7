"""What can be wrong with a definition, and how to mend it. Codes never change once published."""

from __future__ import annotations

from cms.scoring.problems import gettext_noop

_WHOLE = {
    "no_legal_basis": gettext_noop("Name at least one document on which the framework rests."),
    "no_citation": gettext_noop("Say on which document and place this rests."),
    "no_role_left": gettext_noop("The framework is for nobody: choose roles that belong to its subject."),
    "role_not_of_subject": gettext_noop("“%(role)s” does not belong to the framework's subject; take it out."),
    "role_outside": gettext_noop("“%(role)s” is not among the roles of what this is part of; take it out."),
    "ends_before_it_begins": gettext_noop("The last day must come after the first, %(first)s."),
    "open_section_unknown": gettext_noop("There is no section “%(code)s” to open to agencies."),
    "not_day_and_month": gettext_noop("Write a day and a month that come in every year, as in 15/12."),
    "duplicate_code": gettext_noop("The code “%(code)s” is used more than once; give each its own."),
}
_SECTIONS = {
    "sections_do_not_add_up": gettext_noop(
        "Sections other than bonus and deduction add up to %(sum)s points; make it 100."
    ),
    "section_empty": gettext_noop("This section has nothing to mark; add to it or take it out."),
    "criteria_misplaced": gettext_noop("Criteria do not belong in a section of indicators; move them to another."),
    "indicators_misplaced": gettext_noop("Indicators do not belong in a section of criteria; move them to another."),
    "max_zero": gettext_noop("The maximum must be more than 0."),
    "does_not_add_up": gettext_noop("The parts add up to %(sum)s points, the whole has %(max)s; make them equal."),
    "does_not_add_up_for": gettext_noop(
        "For %(roles)s the parts add up to %(sum)s points, the whole has %(max)s; make them equal."
    ),
    "nothing_for_role": gettext_noop("For %(role)s there is nothing here; add a part or change the roles."),
    "step_zero": gettext_noop("The step must be more than 0."),
    "step_does_not_divide": gettext_noop("The maximum %(max)s is not a multiple of the step %(step)s; change either."),
    "nothing_is_cut": gettext_noop("No points are cut in this section, so nothing can be asked here; take this out."),
    "needs_levels": gettext_noop("Marking by levels needs at least one level."),
    "mark_levels_not_descending": gettext_noop("Put the levels from the highest percentage down, no two the same."),
    "needs_bands": gettext_noop("Marking by bands needs at least one band."),
    "bands_not_descending": gettext_noop("Put the bands from the highest figure down, no two the same."),
    "band_over_max": gettext_noop("A band gives at most %(max)s here."),
    "needs_each": gettext_noop("Say how many points one occurrence counts."),
    "each_zero": gettext_noop("One occurrence must count more than 0 points."),
    "each_over_max": gettext_noop("One occurrence counts more than the maximum, %(max)s; lower it."),
}
_INDICATORS = {
    "group_needs_indicators": gettext_noop("A group of indicators needs indicators of its own."),
    "only_groups_have_indicators": gettext_noop("Only a group has indicators of its own; make this one a group."),
    "indicator_needs_max": gettext_noop(
        "Where the section adds points, the indicator needs its maximum or bands of points."
    ),
    "needs_steps": gettext_noop("Say which percentages may be given (for example 100 and 50)."),
    "needs_two_steps": gettext_noop(
        "Two percentages are needed: the first when all reach the threshold, the last if not."
    ),
    "steps_not_descending": gettext_noop("Put the percentages from the highest down, no two the same."),
    "needs_threshold": gettext_noop("Say which total every subordinate has to reach."),
    "full_zero": gettext_noop("The figure that is 100 %% must be more than 0."),
    "no_weight": gettext_noop("For %(role)s all weights are 0; give one of the indicators a weight."),
    "no_weight_for_group": gettext_noop(
        "For %(role)s in the position group “%(group)s” all weights are 0; give one of the indicators a weight."
    ),
    "position_group_unknown": gettext_noop("The framework is not for the position group “%(group)s”."),
    "position_group_twice": gettext_noop("The position group “%(group)s” has two weights here; leave one."),
    "weight_for_nobody": gettext_noop("Say for which position groups or roles this weight is, or take it out."),
    "role_weight_twice": gettext_noop("The role “%(role)s” has two weights here; leave one."),
    "role_in_group_weight_twice": gettext_noop(
        "The role “%(role)s” has two weights in the position group “%(group)s”; leave one."
    ),
}
_LEVELS = {
    "no_levels": gettext_noop("Give at least two levels."),
    "level_title_twice": gettext_noop("Two levels are called “%(title)s”; give each its own name."),
    "level_twice": gettext_noop("The level “%(level)s” is there more than once; leave one."),
    "levels_not_in_order": gettext_noop("Put the levels from the highest down: “%(level)s” stands too low."),
    "thresholds_not_descending": gettext_noop(
        "This level must begin below the one above it, which begins at %(above)s."
    ),
    "lowest_not_from_zero": gettext_noop("The lowest level must begin at 0, so that every total has a level."),
    "lowest_has_conditions": gettext_noop(
        "The lowest level is reached by points; say what else leads to it as a disqualifier."
    ),
    "condition_empty": gettext_noop("The condition compares nothing; add a comparison."),
    "condition_metric_unknown": gettext_noop(
        "“%(metric)s” is no known figure; choose one or add it to the framework's."
    ),
    "metric_already_known": gettext_noop("Every framework knows the figure “%(code)s”; take it out here."),
    "yes_no_value": gettext_noop("A figure that is yes or no is compared with = or != and 1 or 0."),
    "count_value": gettext_noop("A count is compared with a whole number, 0 or more."),
    "percent_value": gettext_noop("A percentage is compared with a number from 0 to 100."),
    "score_section_unknown": gettext_noop("There is no section “%(code)s”; choose one by its code."),
    "score_criterion_unknown": gettext_noop("There is no criterion “%(code)s”; choose one by its code."),
    "score_not_for_role": gettext_noop(
        "“%(code)s” is not marked for the role “%(role)s”; say for which roles the condition is."
    ),
    "score_unreachable": gettext_noop("No score from 0 to %(max)s meets this; change the value."),
    "score_always_holds": gettext_noop(
        "Every score from 0 to %(max)s meets this, so it asks nothing; change the value."
    ),
    "level_not_defined": gettext_noop("The framework has no level “%(level)s”."),
    "disqualifier_does_nothing": gettext_noop(
        "“%(level)s” is the highest level, so nothing is lowered; choose a lower."
    ),
    "flag_has_two_meanings": gettext_noop("“%(code)s” is the code of a disqualifier; give this its own code."),
    "cap_twice": gettext_noop("The level “%(level)s” has two caps; leave one."),
    "cap_on_lowest": gettext_noop("The lowest level cannot be capped; choose another."),
    "cap_rate_zero": gettext_noop("The rate must be more than 0."),
    "exception_below_rate": gettext_noop("The rate by exception must not be below the rate, %(rate)s."),
}
_PERIODS = {
    "nothing_monitored": gettext_noop("Choose at least one period that is monitored."),
    "period_twice": gettext_noop("Two rules say how “%(period)s” follows; leave one."),
    "not_longer": gettext_noop(
        "“%(period)s” is not longer than “%(made_of)s”; a longer period follows from shorter ones."
    ),
    "period_has_no_source": gettext_noop("“%(period)s” is not monitored and follows from nothing; say how it follows."),
}
_LATENESS = {
    "late_bands_without_days": gettext_noop(
        "Bands of days hold only where lateness is counted by days; choose that, or take the bands out."
    ),
    "late_bands_not_from_day_one": gettext_noop(
        "The first band must begin at 1 day, so that every late day is in one; let it take 0 %% where nothing goes off."
    ),
    "late_bands_not_ascending": gettext_noop(
        "This band must begin after the one before it, which begins at %(before)s days."
    ),
    "late_band_not_more": gettext_noop("Later must take more off: the band before it takes %(before)s %% already."),
}

CODES: dict[str, str] = {**_WHOLE, **_SECTIONS, **_INDICATORS, **_LEVELS, **_PERIODS, **_LATENESS}
