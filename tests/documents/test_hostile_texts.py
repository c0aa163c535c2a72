"""No text that 1C or a person can send breaks the paper, reads a file or takes long."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.documents.invoice import Bank, InvoiceLine, Party
from data.documents.invoice_drawing import Fonts, draw
from data.documents.lettering import printable, wrap
from tests.documents.samples import BUYER, INVOICE, LINES, SELLER, reader, text_of

HOSTILE = [
    "Болт <M6>",
    '<img src="/etc/hostname"/>',
    '<para><font color="[[[getattr(pow, Word)]]]">x</font></para>',
    "&lt;b&gt; &amp; &#0; &nope;",
    "<b>не закрыт",
    "{{ 7 * 7 }} %s %(x)s \\n \\( \\)",
    "(скобка ) лишняя ( и \\ черта",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_printed_as_it_is(fonts: Fonts, text: str) -> None:
    pdf = draw(replace(INVOICE, lines=(replace(LINES[2], name=text),)), fonts)

    drawn = text_of(pdf).replace(" ", "")
    assert text.replace(" ", "") in drawn


def test_controls_and_direction_marks_vanish_and_strange_letters_become_question_marks(fonts: Fonts) -> None:
    name = "Гвоздь\x00\x1b[31m\u202eдлинный\u202c\u200b 😀 עברית\r\n\tконец \ud800"

    text = text_of(draw(replace(INVOICE, lines=(replace(LINES[2], name=name),)), fonts))

    assert "Гвоздь[31mдлинный ? ????? конец" in text


def test_letters_in_two_parts_become_one(fonts: Fonts) -> None:
    text = text_of(draw(replace(INVOICE, lines=(replace(LINES[2], name="Чаи\u0306 и е\u0308лка"),)), fonts))

    assert "Чай и ёлка" in text


@pytest.mark.parametrize("letter", ["Ж", "x", "Ж ", "\u0301", "\u00a0", "😀", "\n"])
def test_a_hundred_thousand_letters_everywhere_are_cut_in_no_time(fonts: Fonts, letter: str) -> None:
    long = letter * 100_000
    party = Party(long, long, long, long, long)
    line = InvoiceLine(long, 10**15, long, 10**15, 10**15, long, 10**15, long, 10**15)
    invoice = replace(
        INVOICE, number=long, seller=party, buyer=party, bank=Bank(long, long, long, long, long), lines=(line,) * 3,
        basis=long, consignor=long, consignee=long, director=long, accountant=long, notice=long, total_kopecks=10**15,
    )  # fmt: skip

    started = time.process_time()
    pdf = draw(invoice, fonts)

    assert time.process_time() - started < 2
    assert len(reader(pdf).pages) <= 4


def test_a_long_word_is_broken_inside_its_cell(fonts: Fonts) -> None:
    name = "Ж" * 300

    text = text_of(draw(replace(INVOICE, lines=(replace(LINES[2], name=name),)), fonts))

    assert text.replace(" ", "").count("Ж") >= 300


@settings(max_examples=60, deadline=None)
@given(name=st.text(max_size=300), number=st.text(max_size=60), unit=st.text(max_size=30), rate=st.text(max_size=8))
def test_any_text_gives_a_whole_file(fonts: Fonts, name: str, number: str, unit: str, rate: str) -> None:
    lines = (replace(LINES[0], name=name, unit=unit, article=name, vat_rate=rate),)

    pdf = draw(
        replace(
            INVOICE, number=number, lines=lines, seller=replace(SELLER, name=name), buyer=replace(BUYER, name=name)
        ),
        fonts,
    )

    assert "Всего наименований 1" in text_of(pdf)


@pytest.mark.parametrize("amount", [-(10**18), -1, 0, 10**18])
def test_any_amount_is_drawn(fonts: Fonts, amount: int) -> None:
    line = replace(LINES[0], quantity=amount, price_kopecks=amount, sum_kopecks=amount, vat_kopecks=amount)

    assert "Итого:" in text_of(draw(replace(INVOICE, lines=(line,), total_kopecks=amount), fonts))


def test_an_invoice_without_lines_is_still_a_paper(fonts: Fonts) -> None:
    assert "Всего наименований 0" in text_of(draw(replace(INVOICE, lines=()), fonts))


def test_a_hundred_rates_of_vat_run_over_the_page(fonts: Fonts) -> None:
    lines = tuple(replace(LINES[0], vat_rate=str(rate)) for rate in range(1, 101))

    text = text_of(draw(replace(INVOICE, lines=lines), fonts))

    assert text.count("В том числе НДС") == 100


@given(st.text(max_size=400), st.integers(2, 60))
def test_a_printable_text_is_one_line_within_its_limit(text: str, limit: int) -> None:
    line = printable(text, limit)

    assert len(line) <= limit
    assert line == line.strip(" ")
    assert "  " not in line
    assert not set(line) & set("\r\n\t\0\x1b\u202e")


@given(st.text(alphabet="абв г", max_size=300), st.integers(1, 40))
def test_wrapped_lines_fit_and_lose_no_letter(text: str, width: int) -> None:
    line = printable(text, 300)

    lines = wrap(line, width, lambda piece: float(len(piece)))

    assert all(len(piece) <= width for piece in lines)
    assert "".join(lines).replace(" ", "") == line.replace(" ", "")
