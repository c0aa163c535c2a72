"""The text of the payment QR is what ГОСТ Р 56042-2014 asks for."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.barcode import qrencoder

from data.documents.invoice import Bank
from data.documents.payment_qr import payment_string, purpose
from data.documents.qr_squares import QUIET, dark_runs
from tests.documents.samples import BANK, INVOICE, LINES, SELLER


def test_the_text_names_payee_sum_and_purpose_in_the_order_of_the_standard() -> None:
    text = payment_string(replace(INVOICE, lines=LINES[:1]))

    assert text == (
        "ST00012|Name=ООО Три кита|PersonalAcc=40702810138250123017|BankName=ПАО СБЕРБАНК|BIC=044525225"
        "|CorrespAcc=30101810400000000225|Sum=1234500|Purpose=Оплата по счету 14 от 07.02.2024, в т.ч. НДС 22% 278.27"
        "|PayeeINN=7707083893|KPP=773601001|PayerINN=7736050003|DocNo=14|DocDate=07.02.2024"
    )


def test_several_rates_are_one_sum_of_vat_and_no_rate_says_so() -> None:
    assert purpose(INVOICE).endswith("в т.ч. НДС 474.42")
    assert purpose(replace(INVOICE, lines=LINES[2:])).endswith("НДС не облагается")


def test_a_bar_inside_a_value_chooses_another_separator() -> None:
    text = payment_string(replace(INVOICE, seller=replace(SELLER, name="ООО Три | кита")))

    assert text is not None
    assert text.startswith("ST00012~Name=ООО Три | кита~PersonalAcc=")


def test_no_code_is_drawn_when_no_separator_is_free() -> None:
    assert payment_string(replace(INVOICE, seller=replace(SELLER, name="ООО |~^#$;_"))) is None


@pytest.mark.parametrize(
    "bank",
    [
        None,
        replace(BANK, account=""),
        replace(BANK, account="4070281013825012301"),
        replace(BANK, account="00702810138250123017"),
        replace(BANK, bic="04452522"),
        replace(BANK, bic="٠٤٤٥٢٥٢٢٥"),
    ],
)
def test_no_code_is_drawn_for_details_that_cannot_be_paid_to(bank: Bank | None) -> None:
    assert payment_string(replace(INVOICE, bank=bank)) is None


def test_a_bank_without_a_correspondent_account_has_a_zero() -> None:
    text = payment_string(replace(INVOICE, bank=replace(BANK, corr_account="")))

    assert text is not None
    assert "|CorrespAcc=0|" in text


def test_a_zero_total_leaves_the_sum_to_the_payer() -> None:
    text = payment_string(replace(INVOICE, total_kopecks=0))

    assert text is not None
    assert "Sum=" not in text


@given(st.text(max_size=400), st.text(max_size=100), st.text(max_size=60))
def test_any_names_keep_the_mandatory_fields_within_300_bytes(payee: str, bank_name: str, number: str) -> None:
    text = payment_string(
        replace(INVOICE, number=number, seller=replace(SELLER, name=payee), bank=replace(BANK, name=bank_name))
    )

    if text is None:
        return
    separator = text[7]
    assert len(text[7 : text.index(f"{separator}Sum=")].encode()) <= 300
    values = dict(field.split("=", 1) for field in text[8:].split(separator))
    assert values["PersonalAcc"] == BANK.account
    assert values["Sum"] == "1234500"
    assert len(values["Purpose"]) <= 160
    assert len(values.get("DocNo", "")) <= 15


def test_the_squares_are_those_of_the_code_within_a_quiet_zone() -> None:
    text = payment_string(INVOICE)
    assert text is not None
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(qrencoder.QR8bitByte(text.encode()))
    code.make()

    runs, side = dark_runs(text)

    dark = {(row, column + step) for row, column, length in runs for step in range(length)}
    assert side == len(code.modules) + 2 * QUIET
    assert dark == {
        (row + QUIET, column + QUIET)
        for row, squares in enumerate(code.modules)
        for column, is_dark in enumerate(squares)
        if is_dark
    }
