"""Addresses of the screens beside the editor, below /admin/frameworks/."""

from django.urls import path

from cms.frameworks.views import (
    applicable,
    calculator,
    following,
    issuing,
    review,
    sources,
    starting,
    trial_files,
    trials,
    versions,
)

app_name = "frameworks"

urlpatterns = [
    path("upload/", starting.FrameworkUploadView.as_view(), name="upload"),
    path("specialise/", starting.SpecialiseView.as_view(), name="specialise"),
    path("without/officers/", applicable.OfficersWithoutScreen.as_view(), name="officers_without"),
    path("without/organisations/", applicable.OrganisationsWithoutScreen.as_view(), name="organisations_without"),
    path("issuing/", issuing.IssuingListScreen.as_view(), name="issuing"),
    path("issuing/<int:pk>/", issuing.IssueScreen.as_view(), name="issue"),
    path("contract-staff/", applicable.ContractStaffScreen.as_view(), name="contract_staff"),
    path("contract-staff/choose/", applicable.ChooseContractStaffScreen.as_view(), name="contract_staff_choose"),
    path("<int:pk>/upload/", starting.UploadNextView.as_view(), name="upload_next"),
    path("<int:pk>/copy/", starting.CopyView.as_view(), name="copy"),
    path("<int:pk>/review/", review.ReviewView.as_view(), name="review"),
    path("<int:pk>/base/", following.BaseView.as_view(), name="base"),
    path("<int:pk>/specialised/", following.SpecialisedView.as_view(), name="specialised"),
    path("<int:pk>/sources/", sources.SourcesView.as_view(), name="sources"),
    path("<int:pk>/versions/", versions.VersionListView.as_view(), name="versions"),
    path("<int:pk>/versions/<int:number>/", versions.FrameworkVersionView.as_view(), name="version"),
    path("<int:pk>/versions/<int:number>/json/", versions.VersionJsonView.as_view(), name="version_json"),
    path("<int:pk>/difference/", versions.FrameworkDifferenceView.as_view(), name="difference"),
    path("<int:pk>/json/", versions.DraftJsonView.as_view(), name="draft_json"),
    path("<int:pk>/trials/", trials.TrialListView.as_view(), name="trials"),
    path("<int:pk>/trials/start/", trials.StartTrialView.as_view(), name="trial_start"),
    path("<int:pk>/trials/<int:trial_pk>/", trials.TrialView.as_view(), name="trial"),
    path("<int:pk>/trials/<int:trial_pk>/again/", trials.TrialAgainView.as_view(), name="trial_again"),
    path(
        "<int:pk>/trials/<int:trial_pk>/changes.csv",
        trial_files.TrialChangesView.as_view(kind="csv"),
        name="trial_changes_csv",
    ),
    path(
        "<int:pk>/trials/<int:trial_pk>/changes.xlsx",
        trial_files.TrialChangesView.as_view(kind="xlsx"),
        name="trial_changes_xlsx",
    ),
    path(
        "<int:pk>/trials/<int:trial_pk>/subjects/<int:place>/", trials.TrialSubjectView.as_view(), name="trial_subject"
    ),
    path(
        "<int:pk>/trials/<int:trial_pk>/subjects/<int:place>/json/",
        trials.TrialSubjectFileView.as_view(),
        name="trial_subject_file",
    ),
    path("<int:pk>/calculator/", calculator.DraftCalculatorView.as_view(), name="calculator"),
    path("versions/<int:pk>/calculator/", calculator.VersionCalculatorView.as_view(), name="version_calculator"),
]
