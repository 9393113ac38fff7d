"""Letters of other alphabets that look like Latin ones. Every entry is one letter for one
letter.
"""

from __future__ import annotations

_FOREIGN = (
    "АВЕЅІЈКМНОРСТУХҮԚԜӀԌ"  # Cyrillic capitals
    "аеорсухіјѕһԁԛԝүҽ"  # Cyrillic small letters
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"  # Greek capitals
    "αονιρκυϲϳ"  # Greek small letters
    "օսհոց"  # Armenian
    "ⅠⅤⅩⅬⅭⅮⅯⅰⅴⅹⅼⅽⅾⅿ"  # Roman numerals that are one letter
    "ıɑɡ"  # Latin letters in another shape
)
_LATIN = (
    "ABESIJKMHOPCTYXYQWIG"
    "aeopcyxijshdqwye"
    "ABEZHIKMNOPTYX"
    "aovipkucj"
    "ouhng"
    "IVXLCDMivxlcdm"
    "iag"
)  # fmt: skip
_FULL_WIDTH = {0xFF01 + offset: chr(0x21 + offset) for offset in range(0x5E)}

LOOKALIKES: dict[int, str] = {
    **{ord(foreign): latin for foreign, latin in zip(_FOREIGN, _LATIN, strict=True)},
    **_FULL_WIDTH,
}
"""From the code point of the look-alike to the Latin letter, in the shape that `str.translate`
takes.
"""
