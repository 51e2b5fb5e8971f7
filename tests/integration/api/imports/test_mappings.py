"""What an agency has matched in the browser is read over the API too."""

from importers import actions
from importers.models import ImportBatch
from tests.integration.importers.test_mappings import WORDS, own_workbook


def test_a_file_with_own_headings_is_taken_once_they_are_matched(uploads, people, django_capture_on_commit_callbacks):
    refused = uploads.sent(own_workbook())
    assert refused["state"] == "refused"
    assert [problem["code"] for problem in uploads.every(refused["parts"]["errors"])] == ["no_header"]

    batch = ImportBatch.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        actions.map_columns(by=people["uploader"], batch=batch, words=WORDS)

    assert uploads.read(refused["url"])["state"] == "previewed"
    again = uploads.sent(own_workbook())
    assert (again["state"], again["report"]["verdict"]) == ("previewed", "accept")
