"""Which names of works are the same work, and why: plain Python without Django.

``normalise`` takes a name apart, ``likeness`` compares two, ``blocking`` finds which of many are worth comparing,
``finding`` puts these together, ``index`` looks one name up among many.
"""
