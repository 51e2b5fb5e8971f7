"""Every operation of the document, asked by everybody with what a machine makes up: it answers as it says it does."""

import json

import pytest

from tests.fuzz.askers import make_askers
from tests.fuzz.budget import IN_CI
from tests.fuzz.document import all_operations
from tests.fuzz.examples import make_cases
from tests.fuzz.sending import prepare
from tests.fuzz.tally import Tally, owns

# ``make fuzz`` goes over both databases.
pytestmark = [pytest.mark.one_database("asks the same of every role and operation")] if IN_CI else []


@pytest.mark.parametrize("label", sorted(all_operations()))
def test_an_operation_answers_as_the_document_says(world, label, record_property):
    operation, askers = all_operations()[label], make_askers(world)
    tally = Tally(operation, [asker.role for asker in askers if owns(operation, asker)])

    for number, case in enumerate(make_cases(operation, world)):
        sendable = prepare(case)
        for asker in askers:
            tally.ask(asker, sendable, number)

    record_property("fuzz", json.dumps({label: tally.rows()}))
    assert not tally.faults, tally.report
    assert not tally.never_let_in
