"""The address of a route for a relation: which key stands for which argument."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tests.authorisation.walker import Route
from tests.authorisation.world import NO_KEY, Subject, World

# Arguments that name the work of one agency: what a Subject has.
OF_AGENCY = {
    "agency": "agency_code", "agency_pk": "agency", "catalog_pk": "catalog", "destination_id": "page",
    "identity": "identity", "item_pk": "item", "number": "number", "page_id": "page", "page_pk": "page",
    "page_to_move_id": "page", "parent_page_id": "page", "revision_id": "revision", "task_state_id": "task_state",
    "remark_pk": "remark", "trial_pk": "trial", "workflow_state_id": "workflow_state",
}  # fmt: skip
# What "pk" (and its like) means depends on the namespace; the longest beginning counts.
OF_AGENCY_HERE = {
    ("catalogs:", "pk"): "version",
    ("importers:", "pk"): "batch",
    ("importers:discard", "pk"): "version",
    ("api_v1:import", "id"): "batch",
    ("api_v1:mapping", "id"): "mapping",
    ("organisations:officer_", "pk"): "officer",
    ("organisations:posting_", "pk"): "posting",
    ("personal:report", "pk"): "officer",
    ("organisations:delegation_", "pk"): "delegation",
    ("organisations:gap_", "pk"): "agency",
    ("organisations:invitation_", "pk"): "invitation",
    ("assignments:work_", "pk"): "work",
    ("assignments:work_confirm", "pk"): "work_done",
    ("assignments:work_return", "pk"): "work_done",
    ("assignments:work_correct", "pk"): "work_confirmed",
    **{
        (f"{door}:{name}", argument): key
        for door in ("assignments", "personal")
        for name, argument, key in (
            ("work_give", "agency", "work_agency"),
            ("work_give", "item", "work_item"),
            ("rule_add", "agency", "work_agency"),
            ("rule_add", "item", "work_item"),
            ("rule_", "pk", "work_rule"),
            ("template_edit", "agency", "work_agency"),
            ("template_edit", "position", "work_position"),
            ("template_apply", "pk", "work_template"),
            ("absence_", "pk", "absence"),
            ("hand_over", "posting", "posting"),
            ("managed_", "pk", "work"),
        )
    },
    ("assignments:plan_", "pk"): "plan",
    ("assignments:plan_confirm", "pk"): "plan_reported",
    ("assignments:plan_return", "pk"): "plan_reported",
    ("assignments:plan_correct", "pk"): "plan_confirmed",
    ("personal:team_person", "pk"): "officer",
    ("assignments:evidence_", "pk"): "evidence",
    ("assignments:claim_", "pk"): "claim",
    ("assignments:proposal_refuse", "pk"): "proposal",
    ("assignments:proposal_count", "pk"): "proposal_taken",
    ("catalogs:proposal_take", "pk"): "proposal",
    ("evaluations:", "period"): "period",
    ("evaluations:", "pk"): "evaluation",
    ("evaluations:meeting", "agency"): "work_agency",
    ("evaluations:withdraw_finding", "finding"): "finding",
    ("evaluations:withdraw_figure", "pk"): "figure",
    ("evaluations:dossier_", "file"): "dossier_file",
    ("questions:", "pk"): "question",
    ("questions:file", "file"): "question_file",
    ("personal:dossier_", "identity"): "evaluation_identity",
    ("personal:dossier_", "file"): "dossier_identity",
    ("evaluations:organisations", "period"): "organisation_period",
    ("evaluations:organisation", "pk"): "organisation_evaluation",
    ("evaluations:verify_organisation", "pk"): "organisation_evaluation",
    ("evaluations:add_shortcoming", "pk"): "organisation_evaluation",
    ("evaluations:remedy_shortcoming", "pk"): "organisation_evaluation",
    ("evaluations:withdraw_shortcoming", "pk"): "organisation_evaluation",
    ("evaluations:remedy_shortcoming", "shortcoming"): "shortcoming",
    ("evaluations:withdraw_shortcoming", "shortcoming"): "shortcoming",
    ("personal:organisation", "identity"): "organisation_identity",
    ("personal:evaluation", "identity"): "evaluation_identity",
    ("personal:evaluation_", "identity"): "decided_identity",
    ("personal:evaluate_one", "identity"): "evaluation_identity",
    ("personal:object", "identity"): "evaluation_identity",
    ("personal:mark_table", "period"): "period",
    # Nobody reviews anything: no objection has this key.
    ("personal:review", "objection"): "evaluation_identity",
    ("personal:claim", "claim"): "claim_identity",
    ("personal:claim_evidence", "evidence"): "evidence_identity",
    ("personal:work_", "identity"): "work_identity",
    ("api_v1:assignment", "identity"): "work_identity",
    ("api_v1:assignment-evidence-file", "evidence"): "evidence_identity",
    ("api_v1:assignment-confirm", "identity"): "work_done_identity",
    ("api_v1:assignment-return", "identity"): "work_done_identity",
    ("api_v1:assignment-outside", "system"): "outside_system",
    ("assignments:system", "code"): "outside_system",
    ("assignments:message", "code"): "outside_system",
    ("assignments:name", "code"): "outside_system",
    ("assignments:message", "pk"): "outside_message",
    ("assignments:name", "pk"): "outside_name",
    ("personal:work_evidence", "evidence"): "evidence_identity",
    ("api_v1:period", "period"): "decided_period",
    ("api_v1:evaluation", "identity"): "decided_identity",
    ("api_v1:result", "identity"): "decided_identity",
    ("api_v1:result", "number"): "result_number",
    ("api_v1:receipt", "identity"): "decided_identity",
    ("api_v1:receipt", "number"): "result_number",
    ("audit:", "sequence"): "event",
    ("api_v1:agency", "code"): "agency_code",
    ("api_pages:pages:", "pk"): "page",
    ("wagtailadmin_api:pages:", "pk"): "page",
    ("wagtailadmin_pages:", "pk"): "page",
    ("wagtailadmin_workflows:", "page_pk"): "page",
    ("wagtail_serve", "0"): "page_path",
    ("wagtailsnippets_frameworks_criteriaframework:", "pk"): "framework",
    ("wagtailsnippets_frameworks_criteriaframework:", "revision_id"): "framework_revision",
    ("wagtailsnippets_frameworks_criteriaframework:", "task_state_id"): "framework_step",
    ("frameworks:", "pk"): "framework",
    ("api_v1:framework", "code"): "framework_code",
    ("page.HomePage:", "code"): "framework_code",
    ("frameworks:version_calculator", "pk"): "framework_version",
    ("frameworks:issue", "pk"): "framework_version",
}
# Arguments that name a thing of nobody's: what World.things has.
OF_NOBODY = {
    "change_set": "change_set", "proposal": "item_proposal",
    "clock": "clock", "cluster": "cluster", "judgement": "judgement",
    "compared_work_pk": "", "finding_pk": "", "procedure": "procedure",
    "cluster_pk": "", "proposal_pk": "", "set_pk": "", "survey_pk": "survey",
    "collection_id": "collection", "doc_id": "document", "document_id": "document", "image_id": "image", "pk": "",
    "page_view_restriction_id": "", "redirect_id": "redirect", "restriction_id": "", "step_id": "step",
    "decision_id": "decision",
    "task_id": "task",
    "topic": "question_topic",
    "uploaded_file_id": "", "workflow_pk": "workflow",
}  # fmt: skip
OF_NOBODY_HERE = {
    ("api_pages:images:", "pk"): "image",
    ("api_pages:documents:", "pk"): "document",
    ("api_clients:", "pk"): "api_client",
    ("api_v1:webhook-", "id"): "webhook",
    ("api_v1:webhook-", "delivery"): "delivery",
    ("webhooks:", "pk"): "webhook",
    ("inbox:", "pk"): "message",
    ("webhooks:on", "pk"): "webhook_off",
    ("webhooks:delivery", "pk"): "delivery",
    ("webhooks:again", "pk"): "delivery",
    ("webhooks:again_since", "pk"): "webhook",
    ("assignments:day_off_", "pk"): "day_off",
    ("wagtailadmin_collections:", "pk"): "collection",
    ("wagtailadmin_workflows:", "pk"): "workflow",
    ("wagtailsites:", "pk"): "site",
    ("wagtailusers_users:", "pk"): "user",
    ("wagtailusers_groups:", "pk"): "group",
    ("organisations:account_", "pk"): "user",
    ("organisations:agency_", "pk"): "agency",
    ("organisations:authority_", "pk"): "authority_table",
    ("organisations:membership_", "pk"): "membership",
    ("organisations:membership_confirm", "pk"): "waiting",
    ("organisations:membership_refuse", "pk"): "waiting",
    ("organisations:position_", "pk"): "position",
    ("rounds:", "pk"): "round",
    ("surveys:file", "survey_pk"): "survey_over",
    ("surveys:figures", "survey_pk"): "survey_over",
    ("surveys:publish", "survey_pk"): "survey_over",
    ("curation:", "pk"): "cluster",
    ("curation:undo", "pk"): "judgement",
    ("curation:end_link", "pk"): "common_link",
    ("curation:abbreviation", "pk"): "abbreviation",
    ("curation:remove_abbreviation", "pk"): "abbreviation",
    ("columns:", "pk"): "column",
    ("catalogs:column_proposal", "column_pk"): "column_waiting",
    ("position_groups:", "pk"): "position_group",
    ("page.TransparencyPage:", "number"): "release",
    ("page.TransparencyPage:", "other"): "release",
    ("open_data:", "number"): "release",
    ("api_v1:transparency", "number"): "release",
    ("wagtailadmin_api:documents:", "pk"): "document",
    ("wagtailadmin_api:images:", "pk"): "image",
    ("wagtaildocs_chooser:", "pk"): "document",
    ("wagtailimages_chooser:", "pk"): "image",
    ("wagtaildocs_serve", "0"): "document",
}
# Arguments that choose a kind of answer and name nothing that belongs to anybody.
CONSTANT: dict[str, Any] = {
    "action": "delete", "action_name": "approve", "after": 2, "app_label": "catalog_pages", "app_name": "catalog_pages",
    "before": 1, "content_type_app_name": "catalog_pages", "content_type_model_name": "agencycatalogpage",
    "common": "00000000-0000-0000-0000-000000000001",
    "dataset": "danh-muc", "day": "2020-01-01", "filter_spec": "width-100", "key": "abc-def", "kind": "csv",
    "decision": NO_KEY, "form": 1, "section": "danh-muc",
    "model_name": "agencycatalogpage", "outside_id": "CV-1",
    "message_kind": "upload.done", "place": 1, "provider_id": "dang-nhap-tinh",
    "object_id": "1", "revision_id_a": "earliest", "revision_id_b": "latest", "session_id": NO_KEY, "token": "abc-def",
    "uidb36": "1", "uidb64": "MQ",
}  # fmt: skip
CONSTANT_HERE: dict[tuple[str, str], Any] = {
    ("help:guide", "name"): "huong-dan-co-quan",
    ("help:picture", "name"): "dang-nhap.png",
    ("api_v1:guide-program", "name"): "keep_in_step.py",
    ("wagtailadmin_api:pages:action", "action_name"): "copy",
    ("wagtailadmin_workflows:add_task", "model_name"): "appraisaltask",
    ("wagtaildocs_serve", "1"): "huong-dan.txt",
    ("importers:", "kind"): "officers",
    ("page.TransparencyPage:", "code"): "tien-do",
    ("open_data:", "code"): "tien-do",
    ("api_v1:transparency", "code"): "tien-do",
}
# Addresses of routes without a name.
UNNAMED = {
    "admin/test404/": "/admin/test404/", "admin/^.*/$": "/admin/khong-co/", "api/": "/api/khong-co/",
    **{
        f"accounts/social/{place}/": f"/accounts/social/{place}/"
        for place in ("login/cancelled", "login/error", "signup", "connections")
    },
}  # fmt: skip


def possible_relations(route: Route) -> frozenset[str]:
    """Return the relations in which a route can be asked."""
    if _belongs_to_agency(route):
        return frozenset({
            "public", "own", "own_submitted", "own_appraised", "own_approved",
            "manager", "other", "other_submitted", "other_appraised", "other_approved", "missing",
        })  # fmt: skip
    things = [_thing_key(route, name) for name in route.arguments]
    if any(things):
        return frozenset({"thing", "missing"})
    return frozenset({"missing"}) if "" in things else frozenset({"-"})


def needed_relations(route: Route) -> frozenset[str]:
    """Return the relations in which every route has to be asked at the least."""
    return possible_relations(route) & {"-", "own", "other", "thing", "missing"}


def _belongs_to_agency(route: Route) -> bool:
    return any(_subject_key(route, name) for name in route.arguments) or route.name.startswith("page.AgencyCatalogPage")


def address(route: Route, relation: str, world: World) -> str:
    """Return the address of the route for a relation."""
    if route.name in UNNAMED:
        return UNNAMED[route.name]
    subject = world.subjects.get(relation, Subject())
    values = {name: _value(route, name, relation, subject, world) for name in route.arguments}
    if route.is_subroute:
        return _below_page(route, subject, values)
    numbered = [values[name] for name in route.arguments if name.isdecimal()]
    if route.name == "wagtail_serve":
        return str(subject.page_path)
    return reverse(route.name, args=numbered) if numbered else reverse(route.name, kwargs=values)


def _value(route: Route, name: str, relation: str, subject: Subject, world: World) -> Any:
    if key := _subject_key(route, name):
        return getattr(subject, key)
    thing = _thing_key(route, name)
    if thing is not None:
        return world.things[thing] if thing and relation == "thing" else NO_KEY
    constant = _here(CONSTANT_HERE, route, name)
    if constant is None:
        constant = CONSTANT.get(name)
    if constant is None:
        raise AssertionError(f"addresses.py does not know what stands for <{name}> in {route.name}")
    return constant


def _subject_key(route: Route, name: str) -> str | None:
    return _here(OF_AGENCY_HERE, route, name) or (None if _here(OF_NOBODY_HERE, route, name) else OF_AGENCY.get(name))


def _thing_key(route: Route, name: str) -> str | None:
    here = _here(OF_NOBODY_HERE, route, name)
    return here if here is not None else OF_NOBODY.get(name)


def _here(table: dict[tuple[str, str], Any], route: Route, name: str) -> Any:
    fitting = [beginning for beginning, argument in table if argument == name and route.name.startswith(beginning)]
    return table[max(fitting, key=len), name] if fitting else None


def _below_page(route: Route, subject: Subject, values: dict[str, Any]) -> str:
    from catalog_pages.models import AgencyCatalogPage, CatalogIndexPage, HomePage, NewsIndexPage, TransparencyPage

    model_name, _colon, name = route.name.removeprefix("page.").partition(":")
    model, beginning = {
        "AgencyCatalogPage": (AgencyCatalogPage, subject.page_path),
        "CatalogIndexPage": (CatalogIndexPage, "/danh-muc/"),
        "HomePage": (HomePage, "/"),
        "NewsIndexPage": (NewsIndexPage, "/tin-tuc/"),
        "TransparencyPage": (TransparencyPage, "/minh-bach/"),
    }[model_name]
    return beginning + model().reverse_subpage(name, kwargs=values)
