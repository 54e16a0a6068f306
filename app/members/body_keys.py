"""Official keys of public bodies: AGS, ARS and Leitweg-ID."""

import re
from typing import Final

AGS: Final = re.compile(r"\d{8}|\d{5}", re.ASCII)
ARS: Final = re.compile(r"\d{12}|\d{9}|\d{5}|\d{2}", re.ASCII)
LEITWEG_ID: Final = re.compile(
    r"(\d{2}|\d{3}|\d{5}|\d{8}|\d{9}|\d{12})(?:-([0-9A-Z]{1,30}))?-(\d{2})", re.ASCII
)
FEDERAL: Final = 99
LAENDER: Final = range(1, 17)
MUNICIPAL_ARS_LENGTH: Final = 12
MUNICIPAL_AGS_LENGTH: Final = 8
SHORTEST_LEITWEG_ID: Final = 5
LONGEST_LEITWEG_ID: Final = 46


def valid_ags(ags: str) -> bool:
    """Amtlicher Gemeindeschlüssel: 8 digits, or 5 for a Landkreis, of an existing Land."""
    return AGS.fullmatch(ags) is not None and int(ags[:2]) in LAENDER


def valid_ars(ars: str, ags: str | None = None) -> bool:
    """Amtlicher Regionalschlüssel; where both keys are municipal they must say the same place."""
    if ARS.fullmatch(ars) is None or int(ars[:2]) not in LAENDER:
        return False
    if ags and len(ags) == MUNICIPAL_AGS_LENGTH and len(ars) == MUNICIPAL_ARS_LENGTH:
        return ars[:5] + ars[9:] == ags
    return True


def valid_leitweg_id(text: str) -> bool:
    """KoSIT format specification 2.0.2: shape, state code, length, check digits."""
    shape = LEITWEG_ID.fullmatch(text.upper())
    if shape is None or not SHORTEST_LEITWEG_ID <= len(text) <= LONGEST_LEITWEG_ID:
        return False
    coarse, fine, check = shape.group(1), shape.group(2) or "", shape.group(3)
    if int(coarse[:2]) not in LAENDER and int(coarse[:2]) != FEDERAL:
        return False
    return int(_digits(coarse + fine) + check) % 97 == 1


def leitweg_id(coarse: str, fine: str) -> str:
    """The id with its two check digits (ISO 7064 mod 97-10)."""
    check = 98 - int(_digits(coarse + fine.upper()) + "00") % 97
    return f"{coarse}-{fine.upper()}-{check:02d}"


def _digits(text: str) -> str:
    return "".join(str(int(character, 36)) for character in text)
