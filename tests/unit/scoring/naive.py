"""The scoring a second time, as naively as it can be said, to doubt the engine with.

Written from the rules in words (the decree's articles, the "about" of the golden cases, what the definition says of
itself), not from the engine, and sharing nothing with it but the reading of one number: plain loops over JSON data,
fractions, nothing kept, nothing prepared. It takes a definition written in full (``write_definition``) and inputs that
are without fault.
"""

import dataclasses
from fractions import Fraction

from cms.scoring.exact import read_number

WORK = ("work_quantity", "work_quality", "work_progress")
ORDER = ["excellent", "good", "completed", "not_completed"]


@dataclasses.dataclass
class Result:
    """What the naive scoring comes to; fractions are exact but for the total, which is rounded."""

    status: str
    total: Fraction | None = None
    level: str | None = None
    parts: dict[str, Fraction] = dataclasses.field(default_factory=dict)
    sections: dict[str, Fraction] = dataclasses.field(default_factory=dict)


def score(definition, subject, settings=None):
    """Score a subject, both as JSON data."""
    parts, sections, troubles, total = {}, {}, [], Fraction(0)
    for section in definition["sections"]:
        if section["kind"] == "indicators":
            points = indicator_section(definition, section, subject, settings or {}, parts, troubles)
        elif section["kind"] == "criteria":
            points = criteria_section(definition, section, subject, troubles)
        else:
            points = outside_section(section, subject)
        sections[section["code"]] = points
        total += -points if section["kind"] == "deduction" else points
    if troubles:
        return Result("insufficient_data" if "insufficient_data" in troubles else "blocked")
    total = half_up(min(max(total, Fraction(0)), Fraction(100)), int(definition["rounding"]["places"]["value"]))
    figures = figures_of(subject.get("work"))
    for name, value in (subject.get("metrics") or {}).items():
        figures[name] = number(value)
    level = classify(definition, total, figures, subject.get("flags") or [], subject["role"])
    return Result("scored" if level else "needs_decision", total, level, parts, sections)


def number(value):
    """Return the exact number of a value in JSON data; yes and no are 1 and 0."""
    return Fraction(int(value)) if isinstance(value, bool) else read_number(value)


def half_up(value, places):
    """Round a number that is not negative."""
    whole, rest = divmod(value * 10**places, 1)
    return Fraction(whole + (1 if rest >= Fraction(1, 2) else 0), 10**places)


# Lines of work: articles 14 and 16
def ratio(measure, lines, rules):
    """Return quantity, quality or progress of some lines in percent; None when nothing is assigned."""
    assigned = completed = kept = Fraction(0)
    for line in lines:
        g, h, k = number(line["assigned"]), number(line["completed"]), number(line["coefficient"])
        if rules["over_100"] == "line":
            h = min(g, h)
        failures = 0
        if measure == "work_quality" and not line.get("quality_exempt"):
            failures = line.get("quality_failures", 0)
        if measure == "work_progress" and not line.get("late_exempt"):
            failures = line.get("late_occurrences", 0)
            if rules["late_counted"] == "days" and line.get("days_late") is not None:
                failures = line["days_late"]
        off, floor = number(rules["points_off"]) / 100, number(rules["floor"]) / 100
        if measure == "work_progress" and rules["late_bands"]:
            points = h * max(floor, 1 - days_take(rules["late_bands"], line))
        elif rules["failure_scope"] == "unit":
            points = max(h * floor, h - failures * off)
        else:
            points = h * max(floor, 1 - failures * off)
        assigned += k * g
        completed += k * h
        kept += k * points
    if not assigned:
        return None
    by = completed if measure != "work_quantity" and rules["denominator"] == "completed" else assigned
    return min(Fraction(1), kept / by) * 100 if by else Fraction(0)


def days_take(bands, line):
    """Return what the days of a line take, as a part of it: the last band that they reach, nothing if excused."""
    taken = Fraction(0)
    for band in bands:
        if not line.get("late_exempt") and (line.get("days_late") or 0) >= number(band["from_days"]):
            taken = number(band["points_off"]) / 100
    return taken


def lacks_days(line):
    """Say whether a line was late, without excuse, for nobody knows how many days."""
    return line.get("late_occurrences", 0) > 0 and line.get("days_late") is None and not line.get("late_exempt")


def figures_of(lines):
    """Return the figures of work that conditions may ask for: shares of the lines in percent."""
    tasks = [line for line in lines or () if number(line["assigned"])]
    if not tasks:
        return {}
    done = on_time = good = late = 0
    for line in tasks:
        g, h = number(line["assigned"]), number(line["completed"])
        is_late = (line.get("late_occurrences", 0) or line.get("days_late") or 0) > 0 and not line.get("late_exempt")
        is_poor = line.get("quality_failures", 0) > 0 and not line.get("quality_exempt")
        done += h >= g
        on_time += h >= g and not is_late
        good += h >= g and not is_poor
        late += is_late
    counts = {
        "tasks_done_pct": done,
        "on_time_pct": on_time,
        "quality_pct": good,
        "late_pct": late,
    }
    return {name: Fraction(count * 100, len(tasks)) for name, count in counts.items()}


# Indicators: articles 15 and 16
def indicator_section(definition, section, subject, settings, parts, troubles):
    """Return the points of a section of indicators; what keeps it from having any is added to the troubles."""
    most, own = number(section["max"]), []
    asked = (definition, subject, settings, parts, own)
    if section["combine"]["value"] == "mean":
        mean = weighted_mean(section["indicators"], *asked)
        points = None if mean is None else most * mean / 100
    else:
        points = added_points(section["indicators"], *asked)
    if points is None and not own:
        own.append("insufficient_data")
    troubles += own
    return Fraction(0) if own else min(points, most)


def added_points(indicators, definition, subject, settings, parts, troubles):
    """Return the points of those that apply, scaled up for those that do not; None when none applies."""
    got = applying = everything = Fraction(0)
    for indicator in indicators:
        if not is_for(indicator, subject["role"]):
            continue
        full = in_bands(indicator["bands"], 100) if indicator["max"] is None else number(indicator["max"])
        everything += full
        percent = measured(indicator, definition, subject, settings, parts, troubles)
        if percent is None:
            continue
        applying += full
        if percent == "full":
            got += full
        elif percent == "zero":
            got += 0
        elif indicator["bands"]:
            got += min(full, in_bands(indicator["bands"], percent))
        else:
            got += full * percent / 100
    return got * everything / applying if applying else None


def weight_of(indicator, subject):
    """Return the weight for the role within the group, else for the group, else for the role, else the usual one."""
    group, role = subject.get("position_group"), subject["role"]
    best, weight = 0, number(indicator["weight"])
    for other in indicator["weights"]:
        groups, roles = other["position_groups"], other.get("roles", [])
        if groups and roles:
            rank = 3 if group in groups and role in roles else 0
        elif groups:
            rank = 2 if group in groups else 0
        else:
            rank = 1 if role in roles else 0
        if rank > best:
            best, weight = rank, number(other["weight"])
    return weight


def weighted_mean(indicators, definition, subject, settings, parts, troubles):
    """Return the weighted mean of the percentages of those that apply, None when none does."""
    total = weights = Fraction(0)
    for indicator in indicators:
        weight = weight_of(indicator, subject)
        if not is_for(indicator, subject["role"]) or not weight:
            continue
        percent = measured(indicator, definition, subject, settings, parts, troubles)
        if percent is None:
            continue
        if percent == "full":
            percent = Fraction(100)
        elif percent == "zero":
            percent = Fraction(0)
        elif indicator["bands"]:
            percent = in_bands(indicator["bands"], percent)
        total += weight * percent
        weights += weight
    return total / weights if weights else None


def measured(indicator, definition, subject, settings, parts, troubles):
    """Return the measured percentage; "full" or "zero" where it does not apply, None where it is left out."""
    percent = percentage(indicator, definition, subject, settings, parts, troubles)
    if percent == "n/a":
        if indicator["when_not_applicable"] == "block":
            troubles.append("blocked")
        return {"leave_out": None, "block": None, "full": "full", "zero": "zero"}[indicator["when_not_applicable"]]
    if percent is not None:
        parts[indicator["code"]] = percent
    return percent


def percentage(indicator, definition, subject, settings, parts, troubles):
    """Return the percentage that the indicator's source gives, "n/a", or None with the trouble added."""
    measure, given = indicator["measure"], (subject.get("indicators") or {}).get(indicator["code"])
    if given == "n/a":
        return "n/a"
    if given is not None:
        return number(given) * 100 / number(indicator["full"]) if measure in ("survey", "outside") else number(given)
    if measure == "group":
        own = []
        mean = weighted_mean(indicator["indicators"], definition, subject, settings, parts, own)
        troubles += own
        return None if own else "n/a" if mean is None else mean
    if measure in WORK:
        return percentage_of_work(indicator, definition, subject, settings, troubles)
    if measure == "subordinates" and subject.get("subordinates") is not None:
        return percentage_of_led(indicator, definition["classification"]["levels"], subject, troubles)
    troubles.append("blocked")
    return None


def percentage_of_work(indicator, definition, subject, settings, troubles):
    """Return quantity, quality or progress by the framework's rules, the indicator's own, and what the caller chose."""
    bands = definition["work"].get("late_bands", [])
    rules = {name: setting["value"] for name, setting in definition["work"].items() if name != "late_bands"}
    rules["late_bands"] = bands
    for name, value in [*indicator["work"].items(), *settings.items()]:
        if value is not None:
            rules[name] = value
    percent = None if subject.get("work") is None else ratio(indicator["measure"], subject["work"], rules)
    asks_days = percent is not None and bands and indicator["measure"] == "work_progress"
    if asks_days and any(lacks_days(line) for line in subject["work"]):
        troubles.append("blocked")
        return None
    if percent is None and subject.get("work") is not None and rules["nothing_assigned"] == "zero":
        return Fraction(0)
    if percent is None:
        troubles.append("insufficient_data")
    return percent


def percentage_of_led(indicator, levels, subject, troubles):
    """Return the first step when every subordinate reaches the threshold, else the last; a deputy's own fields only."""
    steps = [number(step) for step in indicator["steps"]]
    fields = set(subject.get("fields") or [])
    if subject["role"] == "deputy" and subject["subordinates"] and not fields:
        troubles.append("blocked")
        return None
    led = []
    for each in subject["subordinates"]:
        if subject["role"] != "deputy" or set(each.get("fields") or []) & fields:
            led.append((each["total"], each.get("level")))
    if not led:
        return "n/a"
    if None in [total for total, _ in led]:
        troubles.append("blocked")
        return None
    order = ["not_completed", "completed", "good", "excellent"]
    needed = [each["level"] for each in levels if number(each["from"]) <= number(indicator["threshold"])][0]
    for total, level in led:
        held_down = level and order.index(level) < order.index(needed)
        if held_down or number(total) < number(indicator["threshold"]):
            return steps[-1]
    return steps[0]


def in_bands(bands, percent):
    """Return what the highest band gives whose beginning is reached; 0 below all of them."""
    found, begins = Fraction(0), None
    for band in bands:
        start = number(band["from"])
        if start <= percent and (begins is None or start > begins):
            found, begins = number(band["points"]), start
    return found


def is_for(thing, role):
    return not thing["roles"] or role in thing["roles"]


# Criteria: article 12
def criteria_section(definition, section, subject, troubles):
    """Return the points of a section of criteria: one mark for the whole, or the sum of its leaves."""
    common, most = subject.get("common"), number(section["max"])
    if common is not None and not isinstance(common, dict) and section is the_common_section(definition):
        return number(common)
    got = applying = everything = Fraction(0)
    own = []
    for leaf in leaves(section["criteria"], subject["role"]):
        full, mark = number(leaf["max"]), marks_of(subject).get(leaf["code"])
        everything += full
        if mark is None:
            own.append("blocked")
        elif mark != "n/a":
            applying += full
            got += points_of(leaf, mark)
        elif section["not_applicable"]["value"] == "full":
            applying += full
            got += full
        elif section["not_applicable"]["value"] == "zero":
            applying += full
    if not applying and not own:
        own.append("insufficient_data")
    troubles += own
    return Fraction(0) if own else min(got * everything / applying, most)


def marks_of(subject):
    common = subject.get("common")
    return {**(subject.get("criteria") or {}), **(common if isinstance(common, dict) else {})}


def outside_section(section, subject):
    """Return the points of a bonus or a deduction, at most the section's; what nobody claims is nothing."""
    marks, got = marks_of(subject), Fraction(0)
    for leaf in leaves(section["criteria"], subject["role"]):
        if marks.get(leaf["code"]) not in (None, "n/a"):
            got += points_of(leaf, marks[leaf["code"]])
    return min(got, number(section["max"]))


def the_common_section(definition):
    sections = [section for section in definition["sections"] if section["kind"] == "criteria"]
    for section in sections:
        if section["code"] == "common":
            return section
    return sections[0]


def leaves(criteria, role):
    found = []
    for criterion in criteria:
        if is_for(criterion, role):
            found += leaves(criterion["criteria"], role) if criterion["criteria"] else [criterion]
    return found


def points_of(leaf, mark):
    """Return the points that a mark gives by the leaf's kind of marking."""
    most, marking = number(leaf["max"]), leaf["marking"]
    if marking["kind"] == "points":
        return number(mark)
    if marking["kind"] == "levels":
        for level in marking["levels"]:
            if level["code"] == mark:
                return most * number(level["percent"]) / 100
    if marking["kind"] == "bands":
        return min(most, in_bands(marking["bands"], number(mark)))
    if marking["kind"] == "points_off":
        return max(Fraction(0), most - mark * number(marking["each"]))
    if marking["kind"] == "points_each":
        return min(most, mark * number(marking["each"]))
    assert marking["kind"] == "yes_no"
    return most if mark else Fraction(0)


# Levels: article 20 and the plans
def classify(definition, total, figures, flags, role):
    """Return the level, or None when the authority decides."""
    rules, figures = definition["classification"], {**figures, "total": total}
    reached = [level for level in rules["levels"] if number(level["from"]) <= total]
    if not reached:
        return None
    start = ORDER.index(reached[0]["level"])
    doubts = []
    for disqualifier in rules["disqualifiers"]:
        if not is_for(disqualifier, role):
            continue
        held = True if disqualifier["code"] in flags else bool_of_when(disqualifier["when"], figures, role)
        if held is None or (held and disqualifier["unless"] and disqualifier["unless"] in flags):
            doubts.append(disqualifier["level"])
        elif held:
            start = max(start, ORDER.index(disqualifier["level"]))
    level = walk(rules, start, figures, role)
    for doubt in doubts:
        if level is None or ORDER.index(doubt) > ORDER.index(level):
            return None
    return level


def walk(rules, start, figures, role):
    """Walk down from a level to the first whose conditions hold; the lowest is never reached by conditions alone."""
    below = [level for level in rules["levels"] if ORDER.index(level["level"]) >= start] or rules["levels"][-1:]
    if len(below) == 1:
        return below[0]["level"]
    for level in below[:-1]:
        held = all_hold(level["conditions"], figures, role)
        if held:
            return level["level"]
        if held is None or rules["when_conditions_fail"]["value"] == "needs_decision":
            return None
    return None


def bool_of_when(conditions, figures, role):
    """Say whether a disqualifier's conditions are there and all hold."""
    own = [condition for condition in conditions if is_for(condition, role)]
    return all_hold(own, figures, role) if own else False


def all_hold(conditions, figures, role):
    """Say whether all conditions hold: True, False, or None where an unknown figure decides."""
    unknown = False
    for condition in conditions:
        if is_for(condition, role):
            held = any_holds(condition["any"], figures)
            if held is False:
                return False
            unknown = unknown or held is None
    return None if unknown else True


def any_holds(comparisons, figures):
    unknown = False
    for comparison in comparisons:
        figure, asked = figures.get(comparison["metric"]), number(comparison["value"])
        if figure is None:
            unknown = True
            continue
        holds = {
            ">=": figure >= asked,
            ">": figure > asked,
            "<=": figure <= asked,
            "<": figure < asked,
            "=": figure == asked,
            "!=": figure != asked,
        }
        if holds[comparison["operator"]]:
            return True
    return None if unknown else False
