"""Random frameworks that make sense, and random people for them; a seeded ``random.Random`` in, JSON data out."""

import itertools
from fractions import Fraction

from cms.scoring.exact import to_text

STAFF, LEADERS = ["staff"], ["head", "deputy"]
FIELDS = ["đất đai", "xây dựng", "văn hóa"]
GROUPS = ["G1", "G2"]
METRICS = ["tasks_done_pct", "on_time_pct", "quality_pct", "exceeded_pct", "late_pct", "satisfaction"]
LEVELS = ["excellent", "good", "completed", "not_completed"]
PERCENTS = ["0", "12.5", "50", "70", "89.99", "90", "99.9999", "100"]


def setting(value):
    return {"value": value, "citation": "Điều 14"}


def random_settings(chance):
    """Return what a caller may choose for one calculation."""
    choices = {
        "denominator": ["assigned", "completed"],
        "failure_scope": ["unit", "line"],
        "over_100": ["line", "aggregate"],
    }
    return {name: chance.choice(values) for name, values in choices.items() if chance.random() < 0.4}


def random_work_rules(chance):
    return {
        "denominator": setting(chance.choice(["assigned", "completed"])),
        "failure_scope": setting(chance.choice(["unit", "line"])),
        "over_100": setting(chance.choice(["line", "aggregate"])),
        "points_off": setting(chance.choice(["25", "25", "10", "33.3333", "0", "100"])),
        "floor": setting(chance.choice(["0", "0", "10", "50", "66.6667"])),
        "nothing_assigned": setting(chance.choice(["insufficient_data", "zero"])),
    }


def plain_framework(chance, **changes):
    """Return a framework of the decree's plain form: points of common criteria, the mean of work and marks."""
    split = chance.choice([30, 40, 25])
    indicators = [{**each, "weight": chance.choice(["1", "1", "2", "0.5", "3.3333"])} for each in _decree_indicators()]
    sections = [
        {"code": "common", "title": "Chung", "kind": "criteria", "max": str(split), "citation": "Điều 12"},
        {"code": "result", "title": "Kết quả", "kind": "indicators", "max": str(100 - split), "citation": "Điều 16"},
    ]
    sections[0]["criteria"] = [{"code": "I", "title": "Chung", "max": str(split)}]
    sections[1]["indicators"] = indicators
    levels = _levels(chance, lambda: [])
    disqualifier = {"code": "disciplined", "title": "Kỷ luật", "citation": "Điều 20"}
    excused = {**disqualifier, "code": "unfinished", "level": chance.choice(levels)["level"], "unless": "force_majeure"}
    excused["level"] = chance.choice(levels[1:])["level"]
    classification = {"levels": levels, "disqualifiers": [disqualifier, excused]}
    return _framework(chance, sections, classification) | changes


def random_framework(chance):
    """Return a framework of any form."""
    numbers = itertools.count(1)
    split = chance.choice([30, 40, 25])
    sections = [
        _criteria_section(chance, "common", split, numbers),
        _indicator_section(chance, "result", 100 - split, numbers),
    ]
    for kind in ("bonus", "deduction"):
        if chance.random() < 0.3:
            sections.append(_outside_section(chance, kind, numbers))
    chance.shuffle(sections)
    classification = {
        "levels": _levels(chance, lambda: _conditions(chance)),
        "metrics": [{"code": "satisfaction", "title": "Mức hài lòng", "kind": "percent"}],
        "when_conditions_fail": setting(chance.choice(["lower_level", "lower_level", "needs_decision"])),
    }
    lower = [level["level"] for level in classification["levels"][1:]]
    classification["disqualifiers"] = [
        {"code": "disciplined", "title": "Kỷ luật", "citation": "Điều 20"},
        {
            "code": "unfinished",
            "title": "Dưới 70 % kế hoạch",
            "citation": "Điều 20",
            "level": chance.choice(lower),
            "when": [_condition(chance)] if chance.random() < 0.5 else [],
            "unless": chance.choice(["", "force_majeure"]),
            "roles": chance.choice([[], LEADERS]),
        },
    ]
    return _framework(chance, sections, classification)


def _framework(chance, sections, classification):
    return {
        "schema": "thuocdo.framework/1",
        "code": "random",
        "name": "Khung ngẫu nhiên",
        "subject": "officer",
        "legal_basis": [{"document": "Nghị định 335/2025/NĐ-CP"}],
        "sections": sections,
        "classification": classification,
        "work": random_work_rules(chance),
        "rounding": {"places": setting(chance.choice(["0", "1", "2", "2", "3"]))},
        "periods": {"longer": [{"period": "year", "made_of": "quarter"}]},
        "overridable": ["denominator", "failure_scope", "over_100"],
    }


def _levels(chance, conditions):
    """Return two to four levels with falling thresholds; the lowest begins at 0."""
    names = [name for name in LEVELS[:-1] if chance.random() < 0.8] or ["good"]
    starts = sorted(chance.sample(range(5000, 9500), len(names)), reverse=True)
    if chance.random() < 0.5:
        starts = [{"excellent": 9000, "good": 7000, "completed": 5000}[name] for name in names]
    levels = [
        {"level": name, "title": name, "citation": "Điều 20", "from": f"{start / 100:.2f}", "conditions": conditions()}
        for name, start in zip(names, starts, strict=True)
    ]
    return [*levels, {"level": "not_completed", "title": "not", "from": "0", "citation": "Điều 20"}]


def _conditions(chance):
    return [_condition(chance) for _each in range(chance.choice([0, 0, 1, 2]))]


def _condition(chance):
    return {
        "title": "Điều kiện",
        "roles": chance.choice([[], [], STAFF, LEADERS]),
        "any": [
            {
                "metric": chance.choice([*METRICS, "total"]),
                "operator": chance.choice([">=", ">", "<=", "<", "=", "!="]),
                "value": chance.choice(["0", "20", "50", "70", "100"]),
            }
            for _each in range(chance.choice([1, 1, 2]))
        ],
    }


def _criteria_section(chance, code, most, numbers):
    """Return groups of leaves whose points add up; one leaf has a twin so that staff and leaders differ."""
    parts = _split(chance, most, chance.choice([1, 2, 3]))
    criteria = []
    for part in parts:
        leaves = [_leaf(chance, points, numbers) for points in _split(chance, part, chance.choice([1, 2]))]
        if chance.random() < 0.3:
            twin = {**_leaf(chance, Fraction(leaves[0]["max"]), numbers), "roles": LEADERS}
            leaves = [{**leaves[0], "roles": STAFF}, twin, *leaves[1:]]
        if len(leaves) == 1:
            criteria.append(leaves[0])
        else:
            group = {"code": f"N{next(numbers)}", "title": "Nhóm", "max": to_text(part), "criteria": leaves}
            criteria.append(group)
    return {
        "code": code,
        "title": "Tiêu chí chung",
        "kind": "criteria",
        "max": str(most),
        "citation": "Điều 12",
        "not_applicable": setting(chance.choice(["rescale", "full", "zero"])),
        "criteria": criteria,
    }


def _split(chance, whole, count):
    """Split points into at most so many parts, in quarters."""
    quarters = range(1, int(Fraction(whole) * 4))
    cuts = sorted(chance.sample(quarters, min(count - 1, len(quarters))))
    return [Fraction(end - start, 4) for start, end in itertools.pairwise([0, *cuts, len(quarters) + 1])]


def _leaf(chance, points, numbers):
    kind = chance.choice(["points", "levels", "bands", "points_off", "points_each", "yes_no"])
    marking = {"kind": kind}
    if kind == "levels":
        marking["levels"] = [
            {"code": f"m{percent}", "label": percent, "percent": percent} for percent in ("100", "66.6667", "0")
        ]
    if kind == "bands":
        marking["bands"] = _bands(chance, points)
    if kind in ("points_off", "points_each"):
        marking["each"] = to_text(points / chance.choice([1, 2, 4]))
    return {
        "code": f"c{next(numbers)}",
        "title": "Tiêu chí",
        "max": to_text(points),
        "marking": marking,
        "may_not_apply": chance.random() < 0.3,
    }


def _bands(chance, most):
    starts = sorted(chance.sample([100, 95, 90, 80, 70, 50], chance.choice([1, 3])), reverse=True)
    return [
        {"from": str(start), "points": to_text(Fraction(most) / divisor)}
        for start, divisor in zip(starts, (1, 2, 4), strict=False)
    ]


def _outside_section(chance, kind, numbers):
    leaves = [
        {**_leaf(chance, Fraction(2), numbers), "marking": {"kind": "points_each", "each": "0.75"}},
        {**_leaf(chance, Fraction(3), numbers), "marking": {"kind": "yes_no"}},
    ]
    most = chance.choice(["2", "4", "7"])
    return {"code": kind, "title": kind, "kind": kind, "max": most, "citation": "Mẫu 02", "criteria": leaves}


def _decree_indicators():
    work = [
        {"code": code, "title": code, "measure": measure}
        for code, measure in (("a", "work_quantity"), ("b", "work_quality"), ("c", "work_progress"))
    ]
    marks = [
        {"code": code, "title": code, "measure": measure, "steps": ["100", "50"], "roles": LEADERS}
        for code, measure in (("d", "subordinates"), ("đ", "mark"), ("e", "mark"))
    ]
    marks[0]["threshold"] = "50"
    return work + marks


def _indicator_section(chance, code, most, numbers):
    adds_points = chance.random() < 0.4
    indicators = _decree_indicators()
    for each in indicators:
        each["when_not_applicable"] = chance.choice(["leave_out", "leave_out", "full", "zero", "block"])
        if each["measure"].startswith("work") and chance.random() < 0.2:
            each["work"] = {"points_off": "20", "over_100": chance.choice(["line", "aggregate"])}
        if not adds_points:
            each["weight"] = chance.choice(["1", "1", "2", "0.5"])
            if chance.random() < 0.2:
                each["weights"] = [
                    {"position_groups": ["G1"], "weight": chance.choice(["0", "3"])},
                    {"position_groups": ["G2"], "weight": each.get("weight", "1")},
                ]
            if chance.random() < 0.3:
                roles = each.get("roles", ["staff", "head"])
                own = [
                    {"position_groups": [], "roles": roles, "weight": chance.choice(["0", "4"])},
                    {"position_groups": ["G1", "G2"], "roles": ["head"], "weight": chance.choice(["0.25", "5"])},
                ]
                each["weights"] = chance.sample(own, chance.choice([1, 2])) + each.get("weights", [])
            if chance.random() < 0.2:
                each["bands"] = _bands(chance, 100)
    indicators.append({"code": "h", "title": "Hài lòng", "measure": "survey", "full": "5"})
    if chance.random() < 0.5:
        group = [
            {"code": f"n{next(numbers)}", "title": "Phần", "measure": "outside", "weight": weight}
            for weight in ("1", "2.5")
        ]
        indicators.append({"code": "g", "title": "Nhóm", "measure": "group", "indicators": group})
    if adds_points:
        _give_points(chance, indicators, most)
    return {
        "code": code,
        "title": "Kết quả",
        "kind": "indicators",
        "max": str(most),
        "citation": "Điều 16",
        "combine": setting("points" if adds_points else "mean"),
        "indicators": indicators,
    }


def _give_points(chance, indicators, most):
    """Share the points out so that they add up for staff and for leaders: what leaders have more, staff have in one."""
    shared = [each for each in indicators if "roles" not in each]
    led = [each for each in indicators if "roles" in each]
    *parts, rest = _split(chance, most, len(shared) + 1)
    for each, points in zip(shared, parts, strict=True):
        each["max"] = to_text(points)
        if chance.random() < 0.4:
            each["bands"] = _bands(chance, points)
    for each in led:
        each["max"] = to_text(rest / 4) if each is not led[-1] else to_text(rest / 2)
    indicators.append(
        {
            "code": "s",
            "title": "Riêng",
            "measure": "mark",
            "steps": PERCENTS[::-1],
            "roles": STAFF,
            "max": to_text(rest),
        }
    )


def random_line(chance):
    line = {
        "assigned": chance.choice(["1", "2", "4", "10", "0.5", "3.3333", str(chance.randint(1, 40))]),
        "coefficient": chance.choice(["1", "1.9", "0.333333", "400", f"{chance.randint(1, 600) / 100:.2f}"]),
        "quality_failures": chance.choice([0, 0, 0, 0, 1, 2, 7]),
        "late_occurrences": chance.choice([0, 0, 0, 0, 1, 3]),
        "quality_exempt": chance.random() < 0.2,
        "late_exempt": chance.random() < 0.2,
    }
    line["completed"] = chance.choice([line["assigned"], line["assigned"], "0", "1", "2.5", str(chance.randint(0, 44))])
    if chance.random() < 0.03:
        line["assigned"] = "0"
    return line


def random_person(chance, framework):
    """Return a person for a framework: mostly whole, sometimes with something missing or not applicable."""
    role = chance.choice(["staff", "head", "deputy"])
    person = {
        "id": chance.randint(1, 10**6),
        "role": role,
        "position_group": chance.choice(GROUPS),
        "flags": [code for code in ("disciplined", "unfinished", "force_majeure") if chance.random() < 0.08],
        "metrics": {code: chance.choice(PERCENTS) for code in METRICS if chance.random() < 0.4},
        "indicators": {},
    }
    known = {
        each for rule in framework["classification"]["disqualifiers"] for each in (rule["code"], rule.get("unless"))
    }
    person["flags"] = [code for code in person["flags"] if code in known]
    person["metrics"] = {} if "metrics" not in framework["classification"] else person["metrics"]
    if chance.random() < 0.8:
        person["work"] = [random_line(chance) for _each in range(chance.choice([0, 1, 2, 2, 4, 4, 8, 8]))]
    if role in LEADERS and chance.random() < 0.6:
        person["subordinates"] = [_led(chance, number) for number in range(chance.choice([0, 1, 3]))]
        person["fields"] = chance.sample(FIELDS, chance.choice([0, 1, 2]))
    _give_indicators(chance, framework, person)
    _give_marks(chance, framework, person)
    return person


def _led(chance, number):
    total = None if chance.random() < 0.1 else chance.choice(["49.99", "50", "72.5", "98"])
    level = chance.choice([None, None, *LEVELS])
    return {"id": number, "total": total, "level": level, "fields": chance.sample(FIELDS, 1)}


def _give_indicators(chance, framework, person):
    for indicator in [each for section in framework["sections"] for each in _flat(section.get("indicators", []))]:
        given_by = "work" if indicator["measure"].startswith("work") else indicator["measure"]
        if given_by in person or indicator["measure"] == "group" or chance.random() < 0.01:
            continue
        value = chance.choice(indicator.get("steps") or PERCENTS)
        if indicator.get("full"):
            value = chance.choice(["0", "2.5", "4.75", "5"])
        person["indicators"][indicator["code"]] = "n/a" if chance.random() < 0.06 else value


def _flat(indicators):
    for each in indicators:
        yield each
        yield from _flat(each.get("indicators", []))


def _give_marks(chance, framework, person):
    """Mark the common section as one number or by criteria, and the others by criteria."""
    marks, common_marks = {}, {}
    common = next(section for section in framework["sections"] if section["code"] == "common")
    for section in framework["sections"]:
        for leaf in _leaves(section.get("criteria", [])):
            if chance.random() > 0.01:
                (common_marks if section is common else marks)[leaf["code"]] = _mark(chance, leaf)
    person["criteria"] = marks
    if chance.random() < 0.3:
        person["common"] = to_text(Fraction(chance.randint(0, int(common["max"]) * 100), 100))
    elif chance.random() < 0.97:
        person["common"] = common_marks


def _leaves(criteria):
    for each in criteria:
        yield from _leaves(each["criteria"]) if each.get("criteria") else [each]


def _mark(chance, leaf):
    if leaf.get("may_not_apply") and chance.random() < 0.3:
        return "n/a"
    marking = leaf.get("marking", {"kind": "points"})
    if marking["kind"] == "points":
        return to_text(Fraction(chance.randint(0, int(Fraction(leaf["max"]) * 4)), 4))
    if marking["kind"] == "levels":
        return chance.choice(marking["levels"])["code"]
    if marking["kind"] == "bands":
        return chance.choice(PERCENTS)
    return chance.random() < 0.7 if marking["kind"] == "yes_no" else chance.choice([0, 0, 1, 2, 9])
