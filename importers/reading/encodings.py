"""Vietnamese text from before Unicode, told by its bytes. It is named and refused, never guessed into letters.

TCVN3 and VNI write one Vietnamese letter with the codes of Western European ones; windows-1258 writes tone marks after
their letter. Source: TCVN 5712:1993 table 3, VNI Software's table, Microsoft code page 1258.
"""

from __future__ import annotations

import re

# Tone marks of code page 1258 after a vowel: grave, hook, tilde, acute, dot below.
_TONES_1258 = re.compile(rb"[aeiouyAEIOUY\xc2\xe2\xca\xea\xd4\xf4\xd5\xf5\xdd\xfd\xe3\xc3][\xcc\xd2\xde\xec\xf2]")
# VNI: a vowel, then the sign of its tone or shape: o\xe4 (ọ), e\xe1 (ế), a\xf8 (à), \xf1 (đ).
_TONES_VNI = re.compile(rb"[aeouyAEOUY\xf4\xf6][\xf9\xf8\xfb\xf5\xef\xe2\xe1\xe0\xe5\xe3\xe4\xea\xe9\xe8\xfa\xfc\xeb]")
# TCVN3: a letter of the table next to plain letters: \xae is đ, \xb5-\xfe the vowels with their tones.
_LETTERS_TCVN3 = re.compile(rb"[A-Za-z ][\xa8-\xae\xb5-\xb9\xbb-\xbf\xc6-\xd8\xda-\xdf\xe1-\xef\xf1-\xfe][A-Za-z ,.;]")


def legacy_encoding_of_bytes(data: bytes) -> str | None:
    """The old encoding that the bytes look written in; None when they look like none of them."""
    high = sum(byte > 127 for byte in data)
    if not high or b"\0" in data:
        return None
    signs = {
        "windows-1258": len(_TONES_1258.findall(data)),
        "VNI": len(_TONES_VNI.findall(data)),
        "TCVN3": len(_LETTERS_TCVN3.findall(data)),
    }
    name, found = max(signs.items(), key=lambda sign: sign[1])
    # Random bytes match now and then; text matches for a fair part of its marked letters.
    return name if found * 6 >= high else None
