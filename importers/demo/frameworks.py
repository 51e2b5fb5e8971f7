"""The demo's criteria frameworks: published, waiting, drafts; made through the actions, with their trials."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from django.db import transaction

from cms.frameworks import actions
from cms.frameworks.actions import trying
from cms.frameworks.actions.position_groups import save_position_group
from cms.frameworks.conversion import definition_data
from cms.frameworks.enums import TrialState
from cms.frameworks.models import CriteriaFramework
from cms.frameworks.sources import digest_of, sources_of
from cms.organisations.models import PositionGroup
from cms.scoring import shipped
from cms.users.models import User

EDITOR, APPROVER, CHAIR = "tham-dinh", "tham-dinh-2", "chu-tich"
REASON = "Dữ liệu minh họa: khung áp dụng từ ngày nêu trong kế hoạch."
COMPARED_WITH = "Dữ liệu minh họa: coi như đã so với văn bản đã ban hành."
DECISIONS = {
    "nd335": "01/QĐ-UBND (minh họa)",
    "gia-lai-cong-chuc": "02/QĐ-UBND (minh họa)",
    "gia-lai-to-chuc": "03/QĐ-UBND (minh họa)",
}
SIGNED_BEFORE = datetime.timedelta(days=7)
# Beside the decree's framework these are for narrower places, so it is clear whom each judges.
PLACES = {
    "gia-lai-cong-chuc": {"kinds": ["commune", "commune_division"]},
    "tay-ninh": {"kinds": ["department"], "blocks": ["front"]},
}
# The weights of the plan of Nghệ An speak of the last three.
POSITION_GROUPS = {
    "tham-muu-tong-hop": "Tham mưu tổng hợp",
    "chuyen-mon-nghiep-vu": "Chuyên môn nghiệp vụ",
    "ho-tro-phuc-vu": "Hỗ trợ, phục vụ",
    "lanh-dao-quan-ly": "Lãnh đạo, quản lý",
    "mot-cua": "Bộ phận một cửa",
}


def load() -> Iterator[str]:
    """Make what is missing of the demo's frameworks; yield a line for each step."""
    yield f"Nhóm vị trí việc làm: {_load_position_groups()} nhóm mới"
    for code in shipped.codes():
        report = STORIES.get(code)
        with transaction.atomic():
            framework = actions.load_shipped(by=User.objects.get(username=EDITOR), code=code)
            if framework is not None and report is not None:
                report(framework)
        if framework is not None:
            yield f"Khung tiêu chí: {framework.name}"


def _load_position_groups() -> int:
    known = set(PositionGroup.objects.values_list("code", flat=True))
    missing = {code: name for code, name in POSITION_GROUPS.items() if code not in known}
    for code, name in missing.items():
        save_position_group(by=User.objects.get(username=EDITOR), code=code, name=name)
    return len(missing)


def _confirmed(framework: CriteriaFramework) -> None:
    """Confirm every source of the draft that waits."""
    data = definition_data(framework.get_latest_revision_as_object())
    if digests := [digest_of(each.text) for each in sources_of(data).waiting]:
        editor = User.objects.get(username=EDITOR)
        actions.confirm_sources(by=editor, framework=framework, digests=digests, compared_with=COMPARED_WITH)


def _tried(framework: CriteriaFramework) -> None:
    """Try the draft on made-up people; what the background would do is done here."""
    editor = User.objects.get(username=EDITOR)
    inputs = trying.add_sample_inputs(by=editor, framework=framework)
    trial = trying.start_trial(by=editor, framework=framework, inputs_=inputs)
    trial.refresh_from_db()
    if trial.state != TrialState.DONE:
        trying.run_trial(trial)


def _waiting(framework: CriteriaFramework) -> None:
    """Say why it holds for days that are over, try the draft and submit it."""
    draft = framework.get_latest_revision_as_object()
    draft.backdating_reason = REASON
    for name, values in PLACES.get(framework.code, {}).items():
        setattr(draft, name, values)
    draft.save_revision(user=User.objects.get(username=EDITOR))
    framework.refresh_from_db()
    _tried(framework)
    _confirmed(framework)
    framework.get_workflow().start(framework, User.objects.get(username=EDITOR))


def _published(framework: CriteriaFramework) -> None:
    """Try the draft, submit it, let the other person approve it, and record the decision that issues it."""
    _waiting(framework)
    step, approver = framework.current_workflow_task_state, User.objects.get(username=APPROVER)
    actions.confirm_backdating(by=approver, draft=framework.get_latest_revision_as_object())
    step.task.specific.on_action(step, approver, "approve", comment="Đã xem kết quả chạy thử.")
    version = framework.versions.get()
    actions.issue_version(
        by=User.objects.get(username=CHAIR), version=version, number=DECISIONS[framework.code],
        signed_on=version.effective_from - SIGNED_BEFORE, signer="Chủ tịch Ủy ban nhân dân tỉnh",
        effective_from=version.effective_from,
    )  # fmt: skip


STORIES: dict[str, Callable[[CriteriaFramework], None]] = {
    "nd335": _published,
    "gia-lai-cong-chuc": _published,
    "gia-lai-to-chuc": _published,
    "tay-ninh": _waiting,
    "nghe-an": _tried,
}
