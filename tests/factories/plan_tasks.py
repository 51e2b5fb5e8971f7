"""Plan tasks of agencies, through the actions."""

import datetime
from typing import Any

from django.utils import timezone

from cms.assignments import actions
from cms.assignments.models import PlanTask
from cms.organisations.models import Agency
from cms.users.models import User


def plan_values(agency: Agency, **changes: Any) -> actions.PlanTaskValues:
    """Return a task of the agency's own plan, given and due today; what a test cares about is changed."""
    today = timezone.localdate()
    asked = {"agency": agency, "name": "Hoàn thành quyết toán ngân sách", "given_on": today, "due_on": today}
    return actions.PlanTaskValues(**(asked | changes))


def give_plan(by: User | None, agency: Agency, **changes: Any) -> PlanTask:
    """Give the agency the task."""
    return actions.give_plan_task(by=by, values=plan_values(agency, **changes))


def report_plan(task: PlanTask, by: User, done_on: datetime.date | None = None) -> PlanTask:
    """Report the task as carried out, today unless a day is given."""
    day = done_on or timezone.localdate()
    return actions.report_plan_task(by=by, task=task, progress=100, result="Báo cáo số 12/BC", done_on=day)
