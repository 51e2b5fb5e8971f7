"""Text as it is stored, compared and searched: NFC, keys, look-alikes, dangerous characters. Pure: no Django.

Source: the import contract, section "Text"; the data-entry measurements on the provinces' own plans.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import Literal

WhiteNote = Literal["white_space", "invisible", "nfc"]

_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_VIETNAMESE = "À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ"
# Text made of these alone needs no closer look, and nearly all text is.
_PLAIN = re.compile(f"[ -~{_VIETNAMESE}–—‘’“”…•²³°×÷≤≥]*")

_WHITE = re.compile("[\t\n\x0b\x0c\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
_NOT_WORD = re.compile(r"[\W_]+")
_HYPHENS = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_D_WITH_STROKE = str.maketrans("đĐðÐƉ", "ddddd")
# Nearly every word is shorter; longer ones are not remembered.
_USUAL_LENGTH = 24


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation without Django: makemessages finds it by this name."""
    return sentence


def nfc(s: str) -> str:
    """The text in Unicode normalization form C, the only form that is stored."""
    return s if s.isascii() else unicodedata.normalize("NFC", s)


def fold(s: str) -> str:
    """The accent-free search form: no marks, đ as d, case-folded, words parted by one space.

    Folding twice changes nothing. ``fold("Đơn vị tính")`` is ``"don vi tinh"``.
    """
    if s.isascii():
        return _NOT_WORD.sub(" ", s.casefold()).strip()
    # Words repeat, and no word changes the form of another.
    return " ".join(filter(None, map(_fold_word, s.split())))


def _fold_word(word: str) -> str:
    if word.isascii():
        return word.lower() if word.isalnum() else _NOT_WORD.sub(" ", word.lower()).strip()
    return _fold_known(word) if len(word) <= _USUAL_LENGTH else _fold(word)


def _fold(s: str) -> str:
    bare = _without_marks(_without_marks(s.translate(_D_WITH_STROKE)).casefold()).casefold()
    return _NOT_WORD.sub(" ", _without_marks(bare)).strip()


_fold_known = lru_cache(maxsize=1 << 14)(_fold)


def _without_marks(s: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", s) if not unicodedata.combining(c))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Text as it is stored, and what was done to it: ``white_space``, ``invisible`` (removed), ``nfc``."""

    text: str
    notes: tuple[WhiteNote, ...] = ()


def clean_text(s: str) -> Cleaned:
    """NFC, trimmed, any run of white space or line breaks as one space, zero-width characters removed."""
    if s.isascii() and s.isprintable() and "  " not in s and s == s.strip():
        return Cleaned(s)
    notes: list[WhiteNote] = []
    text = _INVISIBLE.sub("", s)
    if text != s:
        notes.append("invisible")
    collapsed = _WHITE.sub(" ", text).strip(" ")
    if collapsed != text:
        notes.append("white_space")
    composed = nfc(collapsed)
    if composed != collapsed:
        notes.append("nfc")
    return Cleaned(composed, tuple(notes))


def is_usual(s: str) -> bool:
    """Whether ``clean_text`` leaves the text as it is, and no character of it is dangerous or looks like another."""
    return bool(_PLAIN.fullmatch(s)) and "  " not in s and s[:1] not in ("", " ") and s[-1] != " "


def _tone_pairs() -> dict[str, str]:
    tones = "\u0300\u0301\u0309\u0303\u0323"
    pairs = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in tones:
            pairs[nfc(first + tone) + second] = first + nfc(second + tone)
    return pairs


_TONE_PAIRS = _tone_pairs()
_TONE_ON_FIRST = re.compile("|".join(_TONE_PAIRS))


def name_key(s: str) -> str:
    """The form in which two names are the same name: NFC, case, white space, place of the tone mark (hòa, hoà)."""
    key = nfc(_WHITE.sub(" ", s).strip(" ")).casefold()
    return key if key.isascii() else _TONE_ON_FIRST.sub(lambda match: _TONE_PAIRS[match[0]], nfc(key))


def code_key(s: str) -> str:
    """The form in which two codes are the same code: NFC, upper case, no white space, one kind of hyphen."""
    if s.isascii() and s.isprintable() and " " not in s:
        return s.upper()
    return _HYPHENS.sub("-", nfc(nfc(_WHITE.sub("", s)).upper()))


# One set for all cells: exports ask this of each of them.
_FORMULA_STARTS = frozenset("=+-@\t\r＝＋－＠")
# Where a program that parts cells by something else than commas, as with Vietnamese settings, begins another cell.
_CELL_INSIDE = "(?<=[;\t\r\n])"
# Quotation marks before a formula are taken for those around a cell.
_STARTS = "['\"]*[=+@\t\r＝＋－＠-]"
_BARE_INSIDE, _GUARDED_INSIDE = re.compile(f"{_CELL_INSIDE}(?={_STARTS})"), re.compile(f"{_CELL_INSIDE}'(?={_STARTS})")


def starts_formula(s: str) -> bool:
    """Whether a spreadsheet program could run this text: it begins with = + - @, their full-width forms, or a tab."""
    return s[:1] in _FORMULA_STARTS


def guard_inside(s: str) -> str:
    """Put an apostrophe before each formula inside a text of csv: after a semicolon, a tab or a new line."""
    return _BARE_INSIDE.sub("'", s)


def take_off_guards(s: str) -> str:
    """Return a text as it was before ``cms.core.spreadsheets.harmless`` made it ready for csv."""
    bare = s.lstrip("'")
    if bare is not s and (starts_formula(bare) or bare.startswith("\n")):
        s = s[1:]
    return _GUARDED_INSIDE.sub("", s)


_ERROR_VALUE = re.compile(r"#(?:[A-Z_]+!|N/A|DIV/0!|NAME\?|GETTING_DATA)|ERR:5\d\d|#{3,}")


def is_error_value(s: str) -> bool:
    """Whether the text is what a spreadsheet shows for a formula that failed: ``#REF!``, ``#N/A``, ``Err:502``."""
    return bool(_ERROR_VALUE.fullmatch(s.strip().upper()))


# Dangerous characters -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Danger:
    """A character that must not be stored: ``kind`` and how the character is named (``U+202E``)."""

    kind: Literal["bidi", "control", "marks"]
    name: str


_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_PILE = re.compile(f"[{_MARKS}]{{3,}}")
# Thai, Khmer and Lao rightly put three marks on a letter; nobody puts six.
_ANY_PILE = 6


def find_dangerous(s: str) -> list[Danger]:
    """Bidirectional overrides, control characters (not tab and line break) and piles of combining marks, each once."""
    if s.isprintable() and _PLAIN.fullmatch(s):
        return []
    found = [Danger("bidi", character_name(c)) for c in dict.fromkeys(_BIDI.findall(s))]
    found += [Danger("control", character_name(c)) for c in dict.fromkeys(_CONTROL.findall(s))]
    composed = nfc(s)
    if pile := _PILE.search(composed):
        found.append(Danger("marks", character_name(pile[0][0])))
    elif (start := _long_pile(composed)) >= 0:
        found.append(Danger("marks", character_name(composed[start])))
    return found


def _long_pile(s: str) -> int:
    run = 0
    for index, character in enumerate(s):
        run = run + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if run == _ANY_PILE:
            return index
    return -1


def character_name(character: str) -> str:
    """The code point in the usual writing, ``U+04C7``."""
    return f"U+{ord(character):04X}"


# Look-alikes ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A word with characters that only look right. ``suggestion`` is None when nobody can tell what was meant."""

    word: str
    suggestion: str | None
    characters: tuple[str, ...]

    @property
    def params(self) -> dict[str, str]:
        """What fills a sentence about the word."""
        characters = ", ".join(f"{character} ({character_name(character)})" for character in self.characters)
        return {"word": self.word, "suggestion": self.suggestion or "", "characters": characters}


# Letters of other alphabets that look like Latin ones; Ӈ for ể is damage of PDF fonts.
_CYRILLIC = "АA ВB СC ЕE НH ІI ЈJ КK МM ОO РP ЅS ТT ХX УY аa вb еe сc іi јj кk оo рp ѕs хx уy һh ԁd ԚQ ԜW ԛq ԝw ӏl ӀI"
_OTHERS = "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX οo νv αa ɑa ɡg ıi ÐĐ ðđ ƉĐ Ӈể"
_LATIN_FOR = {pair[0]: pair[1] for pair in f"{_CYRILLIC} {_OTHERS}".split()}
# Marks that stand where a letter was lost, in the same PDF fonts.
_LATIN_FOR |= {"\u032f": "ầ", "\u034b": "ể"}
# Greek that people type on purpose next to Latin letters, as in μm or kΩ.
_MEANT_GREEK = "μΩπΔΣβγσλ"
_OTHER_SCRIPT = re.compile("[\u0370-\u03ff\u1f00-\u1fff\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f]")
_ALWAYS = re.compile(f"[ÐðƉɑɡı\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd\uff01-\uff5e\U0001d400-\U0001d7ff{_MARKS}]")
_WORD = re.compile(f"(?:[^\\W_]|[{_MARKS}\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd])+")
_LATIN = re.compile(f"[A-Za-z{_VIETNAMESE}]")


def find_lookalikes(s: str, *, in_code: bool = False) -> list[Lookalike]:
    """Words with Cyrillic or Greek letters, stray marks, lost or private characters, each word once. Changes nothing.

    A word wholly in another alphabet is left alone in a name, unless each letter could be a Latin one; with
    ``in_code`` any letter of another alphabet counts.
    """
    if _PLAIN.fullmatch(s):
        return []
    return [
        Lookalike(word, _suggest(word, strange), tuple(dict.fromkeys(strange)))
        for word in dict.fromkeys(_WORD.findall(nfc(s)))
        if (strange := _strange_characters(word, in_code))
    ]


def _strange_characters(word: str, in_code: bool) -> list[str]:
    foreign = [c for c in _OTHER_SCRIPT.findall(word) if in_code or c not in _MEANT_GREEK]
    mixed = bool(_LATIN.search(word))
    all_alike = all(c in _LATIN_FOR for c in foreign) and len(foreign) == len(word) and word != "α"
    counted = set(foreign) if in_code or mixed or all_alike else set()
    return [c for c in word if c in counted or _ALWAYS.match(c)]


def _suggest(word: str, strange: list[str]) -> str | None:
    text = unicodedata.normalize("NFKC", word) if any(ord(c) > 0xFF00 for c in strange) else word
    text = "".join(_LATIN_FOR.get(c, c) if c in strange else c for c in text)
    text = re.sub(f".[{_MARKS}]+", lambda match: _compose_in_any_order(match[0]), text)
    return text if text != word and not any(_ALWAYS.match(c) or _OTHER_SCRIPT.match(c) for c in text) else None


def _compose_in_any_order(cluster: str) -> str:
    """A letter and its marks as one letter, whatever order the marks were typed in."""
    parts = unicodedata.normalize("NFD", cluster)
    letter, marks = parts[0], parts[1:]
    orders = permutations(marks) if len(marks) <= 3 else iter(())
    return next((one for order in orders if len(one := nfc(letter + "".join(order))) == 1), cluster)


# Legacy encodings -----------------------------------------------------------------------------------------------

_TCVN3_IN_WORD = re.compile("(?<=[A-Za-zÀ-ÿ])[¡¢£¤¥¦§¨©ª«¬\xad®µ¶¸¹](?=[A-Za-zÀ-ÿ])|(?<![A-Za-zÀ-ÿ])[®§](?=[a-zµÀ-ÿ])")
_TCVN3_MAYBE = re.compile("(?<=[a-z])[µ¶¸¨ª«¬](?![A-Za-zÀ-ÿ])|(?<=[a-z])·(?=[a-z])|(?<=[a-z])[À-ÖØ-ß](?=[a-z]|\\b)")
_VNI = re.compile("[aA][øùûõïâáàåãäêéèüë]|[eE][øùûõïâåãä]|[oO][øùûõïâåä]|[uU][øûõïù]|[ôöÔÖ][øùûõï]|ñ(?=[aeiouyôö])")
_WINDOWS_1258 = re.compile("[aeâêôãõý][òÒÞìÌ]")
_UTF8_AS_LATIN = re.compile("Ã[\u0080-\u00bf]|á[º»]\\S|Ä[\u0083\u0090\u0091ƒ‘]|Æ[°¡]")

_LEGACY_PAIRS = (("VNI", _VNI), ("windows-1258", _WINDOWS_1258), ("UTF-8", _UTF8_AS_LATIN))
_ANY_LEGACY = re.compile(
    "|".join(p.pattern for p in (_TCVN3_IN_WORD, _TCVN3_MAYBE, _VNI, _WINDOWS_1258, _UTF8_AS_LATIN))
)


def looks_legacy(s: str) -> str | None:
    """The name of the old encoding whose bytes were taken for Unicode (TCVN3, VNI …), or None.

    Works on marks that modern Vietnamese never has side by side; one doubtful pair is not enough.
    """
    if s.isascii() or not _ANY_LEGACY.search(s):
        return None
    for name, pattern in _LEGACY_PAIRS:
        if len(pattern.findall(s)) >= 2:
            return name
    doubtful = 2 * len(_TCVN3_IN_WORD.findall(s)) + len(_TCVN3_MAYBE.findall(s))
    return "TCVN3" if doubtful >= 2 else None
