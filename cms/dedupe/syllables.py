"""Whether letters are a Vietnamese syllable: most slips of the hand make one that is none. Pure.

A syllable is an onset, a rime and a tone; rimes that end in a stop carry the sharp or the heavy tone only.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Marks of tones; the other marks belong to the letter.
TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOPPED_TONES = ("", "\u0301", "\u0323")
_STOPS = ("c", "ch", "p", "t")

_ONSET_LIST = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x"
_RIME_LIST = """
    a ai ao au ay am an ang anh ap at ac ach ăm ăn ăng ăp ăt ăc âm ân âng âp ât âc âu ây
    e eo em en eng ep et ec ê êu êm ên ênh êp êt êch êc
    i ia iu im in inh ip it ich iêu iêm iên iêng iêp iêt iêc
    o oi om on ong op ot oc oa oai oao oay oan oang oanh oat oac oach oăn oăng oăt oăc oe oen oeo oet oong ooc
    ô ôi ôm ôn ông ôp ôt ôc ơ ơi ơm ơn ơp ơt
    u ua ui um un ung up ut uc uân uâng uât uây uê uên uênh uêch uôi uôm uôn uông uôt uôc uơ uy uya uyên uyêt uynh
    uynh uych uyn uyt uyu ư ưa ưi ưu ưng ưt ưc ưm ưn ươi ươu ươm ươn ương ươp ươt ươc
    y yêu yêm yên yêt yêng
"""
_ONSETS, _RIMES = frozenset(["", *_ONSET_LIST.split()]), frozenset(_RIME_LIST.split())


@lru_cache(maxsize=1 << 16)
def parts(word: str) -> tuple[str, str]:
    """Return a word in lower case without its tone, and the tone: where the tone mark stands does not matter."""
    letters = unicodedata.normalize("NFD", word)
    tone = "".join(letter for letter in letters if letter in TONES)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in TONES)), tone


@lru_cache(maxsize=1 << 16)
def is_syllable(word: str) -> bool:
    """Return whether a word in lower case is a Vietnamese syllable; without any marks, whether marks make it one."""
    bare, tone = parts(word)
    if len(tone) > 1:
        return False
    rimes = [bare[len(onset) :] for onset in _onsets(bare)]
    if any(_fits(rime, tone) for rime in rimes):
        return True
    return word.isascii() and any(rime in _bare_rimes() for rime in rimes)


def _onsets(bare: str) -> list[str]:
    return [bare[:size] for size in range(4) if bare[:size] in _ONSETS and len(bare) > size]


def _fits(rime: str, tone: str) -> bool:
    return rime in _RIMES and (tone in _STOPPED_TONES or not rime.endswith(_STOPS) or rime.endswith(("nh", "ng")))


@lru_cache(maxsize=1)
def _bare_rimes() -> frozenset[str]:
    """Return the rimes as they are typed without marks."""
    marks = unicodedata.combining
    return frozenset("".join(c for c in unicodedata.normalize("NFD", rime) if not marks(c)) for rime in _RIMES)
