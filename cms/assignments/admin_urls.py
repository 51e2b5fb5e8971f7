"""Addresses of the screens about work, below /admin/."""

from django.urls import path

from cms.assignments import (
    board_views,
    bounce_views,
    claim_views,
    day_off_views,
    evidence_views,
    plan_views,
    proposal_views,
    system_views,
    views,
)
from cms.assignments.planning_doors import desk_routes

app_name = "assignments"
urlpatterns = [
    path("work/systems/", system_views.SystemListScreen.as_view(), name="systems"),
    path("work/systems/add/", system_views.SystemFormScreen.as_view(), name="system_add"),
    path("work/systems/<slug:code>/edit/", system_views.SystemFormScreen.as_view(), name="system_edit"),
    path("work/systems/<slug:code>/names/", system_views.NameListScreen.as_view(), name="system"),
    path("work/systems/<slug:code>/names/add/", system_views.NameScreen.as_view(), name="name_add"),
    path("work/systems/<slug:code>/names/paste/", system_views.NamesPasteScreen.as_view(), name="names_paste"),
    path("work/systems/<slug:code>/names/<int:pk>/", system_views.NameScreen.as_view(), name="name"),
    path("work/systems/<slug:code>/messages/", system_views.MessageListScreen.as_view(), name="system_messages"),
    path("work/systems/<slug:code>/messages/retry/", system_views.MessagesRetryScreen.as_view(), name="messages_retry"),
    path("work/systems/<slug:code>/messages/<int:pk>/", system_views.MessageScreen.as_view(), name="message"),
    path("work/", views.WorkListScreen.as_view(), name="work_list"),
    *desk_routes(),
    path("work/confirm/", views.WorkConfirmManyScreen.as_view(), name="work_confirm_many"),
    path("work/<int:pk>/", views.WorkDetailScreen.as_view(), name="work_detail"),
    path("work/board/", board_views.BoardScreen.as_view(), name="board"),
    path("work/bounces/", bounce_views.BounceListScreen.as_view(), name="bounce_list"),
    path("work/proposals/", proposal_views.ProposalListScreen.as_view(), name="proposal_list"),
    path("work/proposals/<int:pk>/refuse/", proposal_views.ProposalRefuseScreen.as_view(), name="proposal_refuse"),
    path("work/proposals/<int:pk>/count/", proposal_views.ProposalCountScreen.as_view(), name="proposal_count"),
    path("work/claims/", claim_views.ClaimListScreen.as_view(), name="claim_list"),
    path("work/claims/<int:pk>/", claim_views.ClaimDecideScreen.as_view(), name="claim_decide"),
    path("work/evidence/<int:pk>/", evidence_views.EvidenceFileScreen.as_view(), name="evidence_file"),
    path("work/evidence/<int:pk>/verify/", evidence_views.EvidenceVerifyScreen.as_view(), name="evidence_verify"),
    path("work/<int:pk>/edit/", views.WorkEditScreen.as_view(), name="work_edit"),
    path("work/<int:pk>/withdraw/", views.WorkWithdrawScreen.as_view(), name="work_withdraw"),
    path("work/<int:pk>/confirm/", views.WorkConfirmScreen.as_view(), name="work_confirm"),
    path("work/<int:pk>/return/", views.WorkReturnScreen.as_view(), name="work_return"),
    path("work/<int:pk>/correct/", views.WorkCorrectScreen.as_view(), name="work_correct"),
    path("days-off/", day_off_views.DayOffListScreen.as_view(), name="day_off_list"),
    path("days-off/add/", day_off_views.DayOffAddScreen.as_view(), name="day_off_add"),
    path("days-off/<int:pk>/remove/", day_off_views.DayOffRemoveScreen.as_view(), name="day_off_remove"),
    path("plans/", plan_views.PlanListScreen.as_view(), name="plan_list"),
    path("plans/give/", plan_views.PlanGiveScreen.as_view(), name="plan_give"),
    path("plans/key/", plan_views.KeyTaskScreen.as_view(), name="key_tasks"),
    path("plans/overview/", plan_views.PlanOverviewScreen.as_view(), name="plan_overview"),
    path("plans/<int:pk>/", plan_views.PlanDetailScreen.as_view(), name="plan_detail"),
    *(
        path(f"plans/<int:pk>/{name}/", screen.as_view(), name=f"plan_{name}")
        for name, screen in plan_views.PLAN_ACTS.items()
    ),
]
