"""Every sentence of ours has its Vietnamese."""

import os
import shutil

import polib
import pytest

from scripts import check_messages, compile_messages

needs_xgettext = pytest.mark.skipif(
    shutil.which("xgettext") is None and os.environ.get("CI", "").lower() not in {"1", "true"},
    reason="There is no xgettext on this machine: the catalogue was NOT checked.",
)


@needs_xgettext
def test_every_sentence_of_ours_has_its_vietnamese():
    assert check_messages.complaints() == []


@needs_xgettext
def test_sentences_are_found_in_code_and_in_templates(tmp_path):
    (tmp_path / "cms").mkdir()
    (tmp_path / "cms" / "one.py").write_text('_("In code")\nngettext("One", "Many", n)\n')
    (tmp_path / "cms" / "two.html").write_text('{% load i18n %}<p>{% translate "In a template" %}</p>')

    found = check_messages.extract(check_messages.sources(tmp_path), tmp_path)

    assert {entry.msgid for entry in found} == {"In code", "One", "In a template"}


def test_a_sentence_without_vietnamese_is_noticed():
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Item", msgstr="Mục"))
    found = [polib.POEntry(msgid="Item"), polib.POEntry(msgid="Catalog")]

    missing = check_messages.untranslated(found, catalogue)

    assert [entry.msgid for entry in missing] == ["Catalog"]


@pytest.mark.parametrize(("msgstr", "lost"), [("%(n)s mục", False), ("mục", True), ("%(m)s mục", True)])
def test_a_lost_placeholder_is_noticed(msgstr, lost):
    entry = polib.POEntry(msgid="%(n)s items", msgstr=msgstr)

    assert bool(check_messages.lost_placeholders([entry])) is lost


def test_no_two_parts_of_ours_translate_a_sentence_differently():
    given = {}
    for path in compile_messages.parts("django"):
        if path.name.startswith("own_"):
            for entry in polib.pofile(str(path)):
                given.setdefault((entry.msgctxt, entry.msgid), {}).setdefault(entry.msgstr, path.name)

    assert {key: texts for key, texts in given.items() if len(texts) > 1} == {}


def test_our_own_parts_win_over_every_other():
    names = [path.name for path in compile_messages.parts("django")]
    own = [name for name in names if name.startswith("own_")]

    assert names[: len(own)] == own
    assert names[len(own) :] == [
        "allauth.po", "wagtailadmin.po", "wagtailcore.po", "wagtailother.po", "libraries.po", "django.po",
    ]  # fmt: skip
