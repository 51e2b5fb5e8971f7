"""The workbench of a version, and the list of a catalog's versions."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from catalog_pages.admin.forms import DetailsForm
from catalog_pages.admin.presenters import remark_line
from catalog_pages.admin.screens import CatalogObjectScreen, VersionScreen, address
from catalog_pages.models import AgencyCatalogPage
from cms.audit.models import AuditEvent
from cms.catalogs import actions, permissions
from cms.catalogs.enums import AGENCY_EDITABLE, DecisionState, VersionState
from cms.catalogs.models import Catalog, CatalogDecision, CatalogVersion
from cms.catalogs.progress import lateness_of
from cms.catalogs.rules import Finding
from cms.core.paging import keyset_page
from cms.core.screens import FormScreen
from cms.curation.models import Vocabulary
from cms.organisations.access import access_for
from cms.users.enums import PARTIAL_ROLES

# How many remarks, and findings of one rule, the workbench shows before it leads on to the list of items.
SHOWN_REMARKS = 50
SHOWN_FINDINGS = 5
SHOWN_RETURNS = 20
VERSIONS_A_PAGE = 50


class CatalogView(CatalogObjectScreen, TemplateView):
    """All versions of a catalog: state, decision, the days on which each holds."""

    template_name = "catalog_pages/admin/catalog.html"

    def get_page_title(self) -> str:
        return str(self.catalog.agency)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the versions that this person works on, the oldest first."""
        versions = self.catalog.versions.worked_on_by(self.person)
        page = keyset_page(
            versions.select_related("round"), order=("number", "id"), size=VERSIONS_A_PAGE,
            after=self.request.GET.get("after", ""), before=self.request.GET.get("before", ""),
        )  # fmt: skip
        may_start = not self.catalog.versions.open().exists() and permissions.can_write(self.person, self.catalog)
        return super().get_context_data(
            catalog=self.catalog, agency=self.catalog.agency, page=page, may_start=may_start,
            public_page=_public_page(self.catalog), **kwargs,
        )  # fmt: skip


class StartVersionView(CatalogObjectScreen, FormScreen):
    """Start the next version as a copy of the decided one; asked before it is done."""

    form_class = Form
    page_title = _("Start the next version")
    submit_label = page_title
    explanation = _(
        "A draft is begun as a copy of the last decided version, for the agency to change. As long as it was not "
        "submitted, it can be taken away again."
    )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask; where a version is worked on already there is nothing to ask."""
        permissions.require(permissions.can_write(self.person, self.catalog))
        version = actions.working_version(self.catalog)
        return redirect("catalogs:version", version.pk) if version else super().get(request, *args, **kwargs)

    @property
    def subject(self) -> str:
        return str(self.catalog)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Start it and lead to its workbench; a refusal leads back to the versions, as nothing was typed."""
        version = actions.start_version(by=self.person, catalog=self.catalog)
        return redirect("catalogs:version", version.pk)


class VersionView(VersionScreen, TemplateView):
    """The workbench: state, deadlines, findings of the checks, remarks, and what this person can do now."""

    template_name = "catalog_pages/admin/version.html"

    def get_page_title(self) -> str:
        return str(_("Version %(number)s") % {"number": self.version.number})

    def get_page_subtitle(self) -> str:
        return str(self.version.catalog.agency)

    def trail(self) -> list[dict[str, Any]]:
        return super().trail()[:1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return everything that the workbench shows, in a number of queries that no version can raise."""
        version = self.version
        remarks = version.remarks.filter(resolved_at__isnull=True).select_related("by", "item", "resolved_by")
        page = AgencyCatalogPage.objects.filter(catalog=version.catalog_id).first()
        return super().get_context_data(
            steps=steps(version), opinions=version.opinions.select_related("given_by"),
            asked=version.opinions.pending().first(), may=possible_acts(self.person, version), moves=_moves(version),
            rules=_by_rule(actions.findings(version)), round=version.round,
            late=lateness_of(version), joint=_joint_decision(version),
            remarks=[remark_line(remark, self.words) for remark in remarks[:SHOWN_REMARKS]],
            remark_count=remarks.count(), may_close_notes=permissions.can_remark(self.person, version),
            before=version.catalog.versions.filter(number__lt=version.number).order_by("-number").first(),
            offers_common=self._offers_common(), page=page,
            page_rights=page.permissions_for_user(self.person) if page else None,
            public_page=page if page and page.live else None,
            upload_url=address("importers:upload", version.catalog.agency_id),
            discard_url=address("importers:discard", version.pk) if _may_discard(self.person, version) else "",
            template_url=address("importers:template", version.catalog.agency_id), **kwargs,
        )  # fmt: skip

    def _offers_common(self) -> bool:
        """Return whether the draft may be filled from the province's common list."""
        version = self.version
        is_draft = version.state in AGENCY_EDITABLE and not version.catalog.agency.is_root()
        return is_draft and permissions.can_edit(self.person, version) and not Vocabulary.current().per_agency


class DetailsView(VersionScreen, FormScreen):
    """The version's own details: standard unit, its score, divisor, frames of the groups, legal basis, year."""

    page_title = _("Details of the version")
    form_class = DetailsForm

    def get_form_kwargs(self) -> dict[str, Any]:
        permissions.require(permissions.can_edit(self.person, self.version))
        return super().get_form_kwargs() | {"version": self.version}

    def perform(self, form: Any) -> None:
        reason = form.cleaned_data.get("reason", "")
        actions.edit_details(by=self.person, version=self.version, reason=reason, **form.details())


def steps(version: CatalogVersion) -> list[dict[str, Any]]:
    """Return the line of steps from draft to the end, with which are done and which is now."""
    line = [
        VersionState.DRAFT,
        VersionState.SUBMITTED,
        VersionState.APPRAISED,
        VersionState.APPROVED,
        VersionState.SUPERSEDED,
    ]
    if version.state == VersionState.RETURNED:
        line[0] = VersionState.RETURNED
    now = line.index(VersionState(version.state))
    return [
        {"label": state.label, "done": index < now, "current": index == now, "state": state.value}
        for index, state in enumerate(line)
    ]


def possible_acts(user: Any, version: CatalogVersion) -> dict[str, bool]:
    """Return what this person may do with the version now; the actions ask again."""
    appraise, decide = permissions.can_appraise(user, version), permissions.can_decide(user, version)
    speak = permissions.can_give_opinion(user, version)
    own_work = (appraise or decide or speak) and permissions.is_own_work(user, version)
    edit = permissions.can_edit(user, version)
    return {
        "read": permissions.can_read_at_desk(user, version),
        "edit": edit,
        "upload": edit and version.state != VersionState.SUBMITTED,
        "submit": permissions.can_submit(user, version),
        "withdraw": permissions.can_withdraw(user, version),
        "send_back": appraise or decide or speak,
        "note": appraise or decide or speak,
        "speak": speak and not own_work,
        "accept": appraise and not own_work,
        "decide": decide and not own_work,
        "own_work": own_work,
        "go_on": access_for(user).holds(*PARTIAL_ROLES),
    }


def _may_discard(user: Any, version: CatalogVersion) -> bool:
    return permissions.can_discard(user, version) and not version.remarks.exists()


def _by_rule(findings: list[Finding]) -> list[dict[str, Any]]:
    """Group findings by their rule, blocking rules first, with the first few of each."""
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.rule].append(finding)
    return [
        {
            "rule": rule, "blocks": found[0].blocks, "count": len(found), "first": found[:SHOWN_FINDINGS],
            "more": len(found) > SHOWN_FINDINGS, "about_items": bool(found[0].codes),
        }
        for rule, found in groups.items()
    ]  # fmt: skip


def _moves(version: CatalogVersion) -> list[tuple[Any, Any, Any, str]]:
    """Return who did what to the version and when, as (act, person, moment, reason), the earliest first."""
    known = [
        (_("Started"), version.created_by, version.created_at),
        (_("Submitted"), version.submitted_by, version.submitted_at),
        (_("Appraised"), version.appraised_by, version.appraised_at),
        (_("Decided"), version.decided_by, version.decided_at),
        (_("Published"), None, version.public_since),
    ]
    returns = AuditEvent.objects.about(CatalogVersion).done("catalog_version.return").filter(subject_id=str(version.pk))
    returned = [
        (_("Returned"), event.actor_name, event.at, event.reason)
        for event in returns.without_content().order_by("-sequence")[:SHOWN_RETURNS]
    ]
    return sorted([(*move, "") for move in known if move[2]] + returned, key=lambda move: move[2])


def _joint_decision(version: CatalogVersion) -> CatalogDecision | None:
    """Return the decision on many catalogs that approved the version, if one did."""
    done = CatalogDecision.objects.filter(state=DecisionState.DONE, parts__version=version, parts__reason="")
    return done.first() if version.is_frozen else None


def _public_page(catalog: Catalog) -> AgencyCatalogPage | None:
    return AgencyCatalogPage.objects.filter(catalog=catalog, live=True).first()
