"""A person with pencil and paper: works out the arithmetic of a receipt from its text and from nothing else."""

import re
from fractions import Fraction

_TOKEN = re.compile(r"\s*(\d[\d.]*(?:,\d+)?%?|[()+−×:/])")
_STEP = re.compile(r" (=|≈) ")


def number(text):
    """Read a number as Vietnamese people write it; a percentage is a part of one."""
    value = Fraction(text.rstrip("%").replace(".", "").replace(",", "."))
    return value / 100 if text.endswith("%") else value


def evaluate(text):
    """Work out an expression: brackets first, then × : and /, then + and −, from the left."""
    tokens = _TOKEN.findall(text)
    assert "".join(tokens) == text.replace(" ", ""), f"not arithmetic: {text}"
    value, rest = _sum(["+", *tokens] if tokens[0] != "−" else tokens)
    assert not rest, text
    return value


def check(arithmetic):
    """Check every = and ≈ of some arithmetic and return the exact value of its first expression.

    What stands after an arrow is no arithmetic but what the rule beside it makes of the value.
    """
    parts = _STEP.split(arithmetic.split(" → ")[0])
    value = evaluate(parts[0])
    for sign, expression in zip(parts[1::2], parts[2::2], strict=True):
        shown = evaluate(expression)
        if sign == "=":
            assert shown == value, arithmetic
        else:
            unit = Fraction(1, 10 ** len(expression.rstrip("%").partition(",")[2]))
            unit = unit / 100 if expression.endswith("%") else unit
            assert shown == (value / unit + Fraction(1, 2)).__floor__() * unit, arithmetic
    return value


def outcome(arithmetic):
    """Return what the arithmetic comes to: its exact value, or what stands after the last arrow."""
    value = check(arithmetic)
    return evaluate(arithmetic.rsplit(" → ", 1)[1]) if " → " in arithmetic else value


def _sum(tokens):
    total = Fraction(0)
    while tokens and tokens[0] in "+−":
        term, rest = _product(tokens[1:])
        total += term if tokens[0] == "+" else -term
        tokens = rest
    return total, tokens


def _product(tokens):
    value, tokens = _atom(tokens)
    while tokens and tokens[0] in "×:/":
        factor, rest = _atom(tokens[1:])
        value = value * factor if tokens[0] == "×" else value / factor
        tokens = rest
    return value, tokens


def _atom(tokens):
    if tokens[0] == "(":
        inner = tokens[1:] if tokens[1] == "−" else ["+", *tokens[1:]]
        value, rest = _sum(inner)
        assert rest[0] == ")"
        return value, rest[1:]
    return number(tokens[0]), tokens[1:]
