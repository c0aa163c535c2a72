"""The numbers by which Russia knows companies, banks and accounts carry check digits; a wrong digit is seen at once.

Treasury accounts and some banks differ, so a failed check is a reason to warn, never to refuse what 1C holds.
"""

import re

_INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_11 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_12 = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_KPP = re.compile(r"\d{4}[0-9A-Z]{2}\d{3}", re.ASCII)
_BIC = re.compile(r"04\d{7}", re.ASCII)
_CORR_ACCOUNT = re.compile(r"301\d{17}", re.ASCII)
# A clearing currency code has a letter in the sixth place; the key counts it by this order of letters.
_ACCOUNT = re.compile(r"[1-9]\d{4}[0-9ABCEHKMPTX]\d{14}", re.ASCII)
_ACCOUNT_LETTERS = "ABCEHKMPTX"


def is_inn(text: str) -> bool:
    """ИНН of a company (10 digits) or of a person (12) with right check digits, by the tax service's weights."""
    if not _is_digits(text, 10, 12):
        return False
    if len(text) == 10:
        return _weighed(text, _INN_10) == int(text[9])
    return _weighed(text, _INN_11) == int(text[10]) and _weighed(text, _INN_12) == int(text[11])


def is_kpp(text: str) -> bool:
    """КПП: nine signs, the fifth and sixth may be Latin capitals; it has no check digit."""
    return _KPP.fullmatch(text) is not None


def is_ogrn(text: str) -> bool:
    """ОГРН of a company (13 digits) or ОГРНИП of an entrepreneur (15): the remainder by 11 or 13 is the last digit."""
    if not _is_digits(text, 13, 15):
        return False
    return int(text[:-1]) % (len(text) - 2) % 10 == int(text[-1])


def is_bic(text: str) -> bool:
    """БИК of a bank in Russia: nine digits, 04 first."""
    return _BIC.fullmatch(text) is not None


def is_account(account: str, bic: str) -> bool:
    """Settlement account of 20 signs whose key fits the bank's БИК, by the Bank of Russia's rule."""
    if not _ACCOUNT.fullmatch(account) or not _is_digits(bic, 9):
        return False
    return _has_key(bic[-3:] + account)


def is_corr_account(account: str, bic: str) -> bool:
    """Correspondent account (301...) of 20 digits whose key fits the region in the bank's БИК."""
    if not _CORR_ACCOUNT.fullmatch(account) or not _is_digits(bic, 9):
        return False
    return _has_key("0" + bic[4:6] + account)


def _is_digits(text: str, *lengths: int) -> bool:
    return len(text) in lengths and text.isascii() and text.isdigit()


def _weighed(text: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(text, weights, strict=False)) % 11 % 10


def _has_key(signs: str) -> bool:
    digits = (int(sign) if sign.isdigit() else _ACCOUNT_LETTERS.index(sign) for sign in signs)
    return sum(digit * (7, 1, 3)[place % 3] % 10 for place, digit in enumerate(digits)) % 10 == 0
