"""What a person may type to say who they are: login, e-mail or phone, each in one canonical form."""

import re

import phonenumbers

from data.database import fetch

HOME = "RU"  # whose national numbers may come without «+»: 8…, 7…, ten digits
EMAIL = re.compile(
    r"""[^@\s\x00-\x1f<>()\[\],;:\\"]{1,64}@[^@\s\x00-\x1f<>()\[\],;:\\"]{1,189}"""
)  # no «Name <a@b>», no lists


def folded(text: str) -> str:
    """A login or an e-mail for comparing: case-folded, without spaces around."""
    return text.strip().casefold()


def told_apart_by(typed: str) -> str:
    """One text for all the ways to write a login, an e-mail or a phone: known and unknown names are counted alike."""
    return phone_of(typed) or folded(typed)


def phone_of(text: str) -> str:
    """The phone in E.164 («+79101234567»), or empty when the text is no phone.

    +7…, 8…, 7… and ten digits with any spaces, brackets and dashes are one number.
    """
    if len(text) > 40 or sum(char.isdigit() for char in text) < 10:
        return ""
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_email(text: str) -> bool:
    return EMAIL.fullmatch(text) is not None


async def user_named(typed: str) -> tuple[int, str] | None:
    """(row id, password hash) of the user with this login, e-mail or phone; never a service user.

    Inside reading() or writing().
    """
    name = folded(typed)
    if not name:
        return None
    found = await fetch(
        "SELECT id, password, login = ? FROM users"
        " WHERE (login = ? OR (email = ? AND email <> '') OR (phone = ? AND phone <> '')) AND is_service = 0",
        name, name, name, phone_of(typed) or name,
    )  # fmt: skip
    found.sort(key=lambda row: not row[2])  # a login wins over the same text as somebody's phone
    return (found[0][0], found[0][1]) if found else None
