"""Addresses of the screens about agencies, memberships, accounts, officers and positions, below /admin/."""

from django.urls import path

from cms.organisations.views import (
    accounts,
    agencies,
    exchange,
    finder,
    identity_numbers,
    invitations,
    memberships,
    officers,
    positions,
    postings,
)

app_name = "organisations"
urlpatterns = [
    path("agencies/", agencies.AgencyListScreen.as_view(), name="agency_list"),
    path("agencies/add/", agencies.AgencyAddScreen.as_view(), name="agency_add"),
    path("agencies/download/", exchange.AgencyDownload.as_view(), name="agency_download"),
    path("agencies/upload/", exchange.AgencyUploadScreen.as_view(), name="agency_upload"),
    path("agencies/upload/preview/", exchange.AgencyPreviewScreen.as_view(), name="agency_preview"),
    path("agencies/<int:pk>/", agencies.AgencyEditScreen.as_view(), name="agency_edit"),
    path("agencies/<int:pk>/move/", agencies.AgencyMoveScreen.as_view(), name="agency_move"),
    path("agencies/<int:pk>/dissolve/", agencies.AgencyDissolveScreen.as_view(), name="agency_dissolve"),
    path("agencies/<int:pk>/codes/add/", agencies.IdentifierCodeScreen.as_view(), name="agency_code_add"),
    path("memberships/", memberships.MembershipListScreen.as_view(), name="membership_list"),
    path("memberships/add/", memberships.MembershipGrantScreen.as_view(), name="membership_grant"),
    path(
        "memberships/<int:pk>/confirm/", memberships.MembershipConfirmationScreen.as_view(), name="membership_confirm"
    ),
    path("memberships/<int:pk>/refuse/", memberships.MembershipRefusalScreen.as_view(), name="membership_refuse"),
    path("memberships/<int:pk>/revoke/", memberships.MembershipRevokeScreen.as_view(), name="membership_revoke"),
    path("people/", accounts.AccountListScreen.as_view(), name="account_list"),
    path("people/add/", accounts.AccountAddScreen.as_view(), name="account_add"),
    path("people/<int:pk>/", accounts.AccountEditScreen.as_view(), name="account_edit"),
    path("people/<int:pk>/closing/", accounts.AccountClosingScreen.as_view(), name="account_closing"),
    path("people/<int:pk>/password/", accounts.AccountPasswordScreen.as_view(), name="account_password"),
    path("people/<int:pk>/second-factor/", accounts.AccountSecondFactorScreen.as_view(), name="account_second_factor"),
    path("people/<int:pk>/unlink/", accounts.AccountUnlinkScreen.as_view(), name="account_unlink"),
    path("people/<int:pk>/release/", accounts.AccountReleaseScreen.as_view(), name="account_release"),
    path("officers/", officers.OfficerListScreen.as_view(), name="officer_list"),
    path("officers/add/", officers.OfficerAddScreen.as_view(), name="officer_add"),
    path("officers/download/", officers.OfficerDownload.as_view(), name="officer_download"),
    path("officers/accounts/", invitations.InvitationListScreen.as_view(), name="invitation_list"),
    path("officers/accounts/give/", invitations.InvitationAddScreen.as_view(), name="invitation_add"),
    path("officers/accounts/upload/", invitations.InvitationUploadScreen.as_view(), name="invitation_upload"),
    path("officers/accounts/retry/", invitations.InvitationRetryScreen.as_view(), name="invitation_retry"),
    path("officers/accounts/<int:pk>/again/", invitations.InvitationAgainScreen.as_view(), name="invitation_again"),
    path("officers/<int:pk>/", officers.OfficerEditScreen.as_view(), name="officer_edit"),
    path("officers/<int:pk>/post/", postings.OfficerPostScreen.as_view(), name="officer_post"),
    path("officers/postings/<int:pk>/", postings.PostingEditScreen.as_view(), name="posting_edit"),
    path("officers/postings/<int:pk>/transfer/", postings.PostingTransferScreen.as_view(), name="posting_transfer"),
    path("officers/postings/<int:pk>/end/", postings.PostingEndScreen.as_view(), name="posting_end"),
    path("officers/identity/", identity_numbers.IdentityNumberUploadScreen.as_view(), name="identity_upload"),
    path(
        "officers/identity/template/",
        identity_numbers.IdentityNumberTemplate.as_view(),
        name="identity_template",
    ),
    path("officers/<int:pk>/identity/", identity_numbers.IdentityNumberEntryScreen.as_view(), name="officer_identity"),
    path(
        "officers/<int:pk>/identity/read/",
        identity_numbers.IdentityNumberReadScreen.as_view(),
        name="officer_identity_read",
    ),
    path(
        "officers/<int:pk>/identity/remove/",
        identity_numbers.IdentityNumberRemovalScreen.as_view(),
        name="officer_identity_remove",
    ),
    path("search/", finder.FinderScreen.as_view(), name="finder"),
    path("positions/", positions.PositionListScreen.as_view(), name="position_list"),
    path("positions/add/", positions.PositionAddScreen.as_view(), name="position_add"),
    path("positions/<int:pk>/", positions.PositionEditScreen.as_view(), name="position_edit"),
    path("positions/<int:pk>/approve/", positions.PositionApproveScreen.as_view(), name="position_approve"),
]
