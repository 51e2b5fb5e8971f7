"""Addresses of the screens about agencies, memberships and accounts, below /admin/."""

from django.urls import path

from cms.organisations.views import accounts, agencies, exchange, memberships

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
    path("memberships/<int:pk>/confirm/", memberships.MembershipConfirmation.as_view(), name="membership_confirm"),
    path("memberships/<int:pk>/revoke/", memberships.MembershipRevokeScreen.as_view(), name="membership_revoke"),
    path("people/", accounts.AccountListScreen.as_view(), name="account_list"),
    path("people/add/", accounts.AccountAddScreen.as_view(), name="account_add"),
    path("people/<int:pk>/", accounts.AccountEditScreen.as_view(), name="account_edit"),
    path("people/<int:pk>/closing/", accounts.AccountClosingScreen.as_view(), name="account_closing"),
    path("people/<int:pk>/password/", accounts.AccountPasswordScreen.as_view(), name="account_password"),
    path("people/<int:pk>/second-factor/", accounts.AccountSecondFactorScreen.as_view(), name="account_second_factor"),
]
