"""Invented requisites pass the checks that real ones pass: ИНН, ОГРН, bank accounts, EAN-13."""


def inn(first_nine: str) -> str:
    """ИНН of a legal entity, 10 digits (order of the Federal Tax Service)."""
    return first_nine + _weighed(first_nine, (2, 4, 10, 3, 5, 9, 4, 6, 8))


def inn_of_person(first_ten: str) -> str:
    """ИНН of an entrepreneur, 12 digits with two check digits."""
    eleven = first_ten + _weighed(first_ten, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
    return eleven + _weighed(eleven, (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))


def ogrn(first_twelve: str) -> str:
    return first_twelve + str(int(first_twelve) % 11 % 10)


def ogrn_of_person(first_fourteen: str) -> str:
    return first_fourteen + str(int(first_fourteen) % 13 % 10)


def account(draft: str, bic: str) -> str:
    """A settlement account of 20 digits whose ninth digit is the key (Bank of Russia, 515)."""
    return _keyed(draft, bic[-3:])


def corr_account(draft: str, bic: str) -> str:
    """A correspondent account: the prefix of the key is a zero and digits 5-6 of the BIC."""
    return _keyed(draft, "0" + bic[4:6])


def ean13(first_twelve: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(first_twelve))
    return first_twelve + str(-total % 10)


def _weighed(digits: str, weights: tuple[int, ...]) -> str:
    return str(sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 % 10)


def _keyed(draft: str, prefix: str) -> str:
    for key in "0123456789":
        candidate = draft[:8] + key + draft[9:]
        weights = (7, 1, 3) * 8
        if sum(int(digit) * weight for digit, weight in zip(prefix + candidate, weights, strict=False)) % 10 == 0:
            return candidate
    raise ValueError("No key digit makes this account right")
