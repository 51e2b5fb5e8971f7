"""The four streams of a framework, a tab each."""

from wagtail import blocks


class BasisStream(blocks.StreamBlock):
    """The documents on which the framework rests."""

    document = blocks.CharBlock()


class SectionsStream(blocks.StreamBlock):
    """The sections of the form."""

    section = blocks.CharBlock()


class RulesStream(blocks.StreamBlock):
    """Rules of work, periods, rounding and procedure."""

    rule = blocks.CharBlock()


class ClassificationStream(blocks.StreamBlock):
    """Levels, conditions, disqualifiers and caps."""

    level = blocks.CharBlock()
