"""Open what Excel has encrypted with the password that every Excel knows, and asks nobody for."""

from __future__ import annotations

import re
from io import BytesIO

# Excel itself tries it before it asks: it saves so what is marked as read-only or, in an .xls, what
# has its sheets protected against being moved. The lead never set a password.
_KNOWN_TO_ALL = "VelvetSweatshop"
_SPINS = re.compile(rb'spinCount="(\d+)"')
# Excel writes 100,000 rounds; a file may ask for as many as keep a computer busy for days.
_MOST_SPINS = 1_000_000


def unlocked(data: bytes) -> bytes | None:
    """The workbook in an encrypted file; None where its password is another one, or it is no such
    file.
    """
    import msoffcrypto

    if any(int(spins) > _MOST_SPINS for spins in _SPINS.findall(data)):
        return None
    plain = BytesIO()
    try:
        file = msoffcrypto.OfficeFile(BytesIO(data))
        if file.format == "ooxml":
            file.load_key(password=_KNOWN_TO_ALL, verify_password=True)
        else:
            file.load_key(password=_KNOWN_TO_ALL)
        file.decrypt(plain)
    except MemoryError:
        raise
    except Exception:  # it raises whatever it meets where a password or a file is not as it thinks
        return None
    return plain.getvalue()
