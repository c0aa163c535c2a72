"""Identifiers are checked on numbers of well-known companies, and a wrong digit is seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.identifiers import is_account, is_bic, is_corr_account, is_inn, is_kpp, is_ogrn

BIC = "044525225"
ACCOUNT = "40702810138250123017"


@pytest.mark.parametrize("inn", ["7707083893", "7736050003", "7736207543", "7728168971", "500100732259"])
def test_known_inns_are_right(inn: str) -> None:
    assert is_inn(inn)


@pytest.mark.parametrize("ogrn", ["1027700132195", "1027700070518", "1027700229193", "304500116000157"])
def test_known_ogrns_are_right(ogrn: str) -> None:
    assert is_ogrn(ogrn)


@pytest.mark.parametrize("kpp", ["773601001", "997950001", "7736AB001"])
def test_kpps_may_have_letters_in_the_middle(kpp: str) -> None:
    assert is_kpp(kpp)


def test_accounts_fit_their_bank() -> None:
    assert is_bic(BIC)
    assert is_account(ACCOUNT, BIC)
    assert is_corr_account("30101810400000000225", BIC)
    assert not is_account(ACCOUNT, "044525593")
    assert not is_corr_account("30101810400000000225", "044030225")


@given(st.sampled_from(["7707083893", "500100732259"]), st.integers(1, 9))
def test_a_wrong_check_digit_of_an_inn_is_seen(inn: str, step: int) -> None:
    digit = str((int(inn[-1]) + step) % 10)

    assert not is_inn(inn[:-1] + digit)


@given(st.integers(0, 19), st.integers(1, 9))
def test_one_wrong_digit_of_an_account_is_seen(place: int, step: int) -> None:
    digit = str((int(ACCOUNT[place]) + step) % 10)

    assert not is_account(ACCOUNT[:place] + digit + ACCOUNT[place + 1 :], BIC)


@pytest.mark.parametrize(
    "text", ["", "77070838", "77070838933", "abcdefghij", "٧٧٠٧٠٨٣٨٩٣", "7707083893\n", " 7707083893"]
)
def test_other_forms_are_not_identifiers(text: str) -> None:
    assert not is_inn(text)
    assert not is_ogrn(text)
    assert not is_kpp(text)
    assert not is_bic(text)
    assert not is_account(text, BIC)
    assert not is_corr_account(text, BIC)


def test_a_clearing_currency_account_may_hold_a_letter() -> None:
    letters = [f"40702{letter}10{tail}38250123017" for letter in "ABCEHKMPTX" for tail in range(10)]

    assert any(is_account(account, BIC) for account in letters)
    assert not is_account("40702D10138250123017", BIC)


def test_accounts_without_a_bank_are_not_judged_right() -> None:
    assert not is_account(ACCOUNT, "")
    assert not is_corr_account("30101810400000000225", "x")
