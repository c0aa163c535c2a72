"""Names of downloaded papers please file systems and headers."""

from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.documents.file_names import content_disposition, invoice_file_name, safe_file_name
from data.documents.invoice import printed_number
from tests.documents.samples import INVOICE, SELLER


def test_an_invoice_is_named_by_number_day_and_seller() -> None:
    invoice = replace(INVOICE, seller=replace(SELLER, name='ООО "Ромашка"'))

    assert invoice_file_name(invoice) == "Счет 14 от 07.02.2024 ООО Ромашка.pdf"


def test_the_header_carries_latin_letters_and_the_true_name() -> None:
    header = content_disposition("Счет 14 от 07.02.2024 ООО Ромашка.pdf")

    assert header.startswith('attachment; filename="Schet 14 ot 07.02.2024 OOO Romashka.pdf"; ')
    assert unquote(header.split("filename*=UTF-8''")[1]) == "Счет 14 от 07.02.2024 ООО Ромашка.pdf"
    assert content_disposition("a.pdf", inline=True).startswith("inline; ")


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        ("0000-000014", "14"),
        ("00УТ-000123", "123"),
        ("УТ-00000014", "14"),
        ("УТ000014", "14"),
        ("000014", "14"),
        ("1234567", "1234567"),
        ("0000-000000", "0"),
        ("12/2024-А", "12/2024-А"),
        (" 14 ", "14"),
        ("", ""),
    ],
)
def test_a_number_is_printed_without_prefix_and_zeros(number: str, printed: str) -> None:
    assert printed_number(number) == printed


@given(st.text(max_size=500))
def test_any_name_is_safe_for_a_file_system_and_a_header(name: str) -> None:
    file_name = safe_file_name(name, extension="pdf")
    header = content_disposition(file_name)

    assert file_name.endswith(".pdf")
    assert not set(file_name) & set('<>:"/\\|?*\r\n\0')
    assert len(file_name) <= 104
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert unquote(header.split("filename*=UTF-8''")[1]) == file_name


def test_an_empty_name_and_a_doubled_extension_are_mended() -> None:
    assert safe_file_name("../..", extension="pdf") == "Документ.pdf"
    assert safe_file_name("УПД 5.PDF", extension="pdf") == "УПД 5.pdf"
