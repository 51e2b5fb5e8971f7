"""The words that definitions and inputs choose from; they are codes in JSON and never change once published."""

SCHEMA = "thuocdo.framework/1"

STAFF, HEAD, DEPUTY, ORGANISATION = "staff", "head", "deputy", "organisation"
OFFICER_ROLES = (STAFF, HEAD, DEPUTY)
ROLES = (*OFFICER_ROLES, ORGANISATION)
CATEGORIES = ("civil_servant", "cadre", "public_employee", "contract")
AGENCY_KINDS = ("province", "department", "division", "commune", "commune_division")
AGENCY_BLOCKS = ("government", "party", "front", "mass")
LEVELS = ("excellent", "good", "completed", "not_completed")
PERIODS = ("month", "quarter", "half", "year")
MEASURES = ("work_quantity", "work_quality", "work_progress", "subordinates", "mark", "survey", "outside", "group")
# What an agency's own framework may have a say in, and what a caller of the API may set for one calculation.
WORK_SETTINGS = ("denominator", "failure_scope", "over_100")

# What is asked of who gives less than the full mark; ``cms.scoring.asked`` says where.
ASKED = ("nothing", "comment", "evidence", "both")

OPERATORS = (">=", ">", "<=", "<", "=", "!=")
METRIC_KINDS = ("percent", "count", "yes_no")
# Metrics that every framework knows; ``FIGURES_OF_WORK`` follow from the lines when nothing else is given.
KNOWN_METRICS = {
    "total": "percent",
    "tasks_done_pct": "percent",
    "on_time_pct": "percent",
    "quality_pct": "percent",
    "exceeded_pct": "percent",
    "late_pct": "percent",
    "subordinate_not_completed": "count",
    "members_disciplined": "count",
    "not_completed_quarters": "count",
    "shortcomings_remedied": "yes_no",
}
FIGURES_OF_WORK = ("tasks_done_pct", "on_time_pct", "quality_pct", "late_pct")
