"""Blocks that were never opened in the editor are saved as they were."""

import json

import pytest
from django.utils.datastructures import MultiValueDict, MultiValueDictKeyError
from wagtail import blocks

from cms.frameworks import conversion
from cms.frameworks.blocks.deferred import DeferredBlock
from cms.frameworks.blocks.sections import CriterionBlock
from cms.frameworks.models import CriteriaFramework
from cms.scoring import shipped
from cms.scoring.definition import write_definition


def sent_unopened(block, state, prefix, sent):
    """Collect what the editor's form sends of a block whose deferred blocks nobody opened."""
    if isinstance(block, DeferredBlock):
        sent[f"{prefix}-unopened"] = [json.dumps(state)]
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            sent_unopened(child, state[name], f"{prefix}-{name}", sent)
    elif isinstance(block, blocks.BaseStreamBlock | blocks.ListBlock):
        sent[f"{prefix}-count"] = [str(len(state))]
        for index, row in enumerate(state):
            reported = {"deleted": "", "order": str(index), "type": row.get("type", ""), "id": row["id"]}
            sent.update({f"{prefix}-{index}-{name}": [value] for name, value in reported.items()})
            child = block.child_block if isinstance(block, blocks.ListBlock) else block.child_blocks[row["type"]]
            sent_unopened(child, row["value"], f"{prefix}-{index}-value", sent)
    elif isinstance(state, list):
        sent[prefix] = [str(each) for each in state]
    elif state not in (None, False):
        sent[prefix] = ["on" if state is True else str(state)]


@pytest.mark.parametrize("code", shipped.codes())
def test_unopened_blocks_are_saved_as_they_were(code):
    framework = CriteriaFramework()
    conversion.fill(framework, write_definition(shipped.load(code)))
    stream = framework.sections
    sent = {}
    sent_unopened(stream.stream_block, stream.stream_block.get_form_state(stream), "sections", sent)
    assert any(name.endswith("-unopened") for name in sent)
    read = stream.stream_block.value_from_datadict(MultiValueDict(sent), {}, "sections")
    before = conversion.definition_data(framework), conversion.places(framework)
    framework.sections = stream.stream_block.clean(read)
    assert (conversion.definition_data(framework), conversion.places(framework)) == before


@pytest.mark.parametrize("unopened", ["", "[", "[]", "7", '{"marking": 3}', '{"marking": {"levels": [1]}}'])
def test_what_no_editor_sends_is_refused_like_missing_fields(unopened):
    with pytest.raises(MultiValueDictKeyError):
        CriterionBlock().value_from_datadict(MultiValueDict({"a-unopened": [unopened]}), {}, "a")
