"""The drawn invoice says what 1C's «Счет на оплату» says, in its order."""

import re
from dataclasses import replace

import pytest

from data.documents.invoice import InvoiceLine
from data.documents.invoice_drawing import Fonts, draw
from data.numbers import vat_inside
from tests.documents.samples import INVOICE, LINES, SELLER, reader, text_of


def test_all_blocks_stand_in_the_order_of_1c(fonts: Fonts) -> None:
    text = text_of(draw(INVOICE, fonts))

    blocks = [
        "Внимание! Оплата данного счета",
        "ПАО СБЕРБАНК г. Москва",
        "Банк получателя",
        "БИК 044525225",
        "Сч. № 30101810400000000225",
        "ИНН 7707083893",
        "КПП 773601001",
        "Получатель",
        "Сч. № 40702810138250123017",
        "Оплата по QR-коду",
        "Счет на оплату № 14 от 7 февраля 2024 г.",
        "Поставщик (Исполнитель):",
        "ООО Три кита, ИНН 7707083893, КПП 773601001, 117312, г. Москва, ул. Вавилова, д. 19, тел.: +7 495 123-45-67",
        "Покупатель (Заказчик):",
        "ООО Ромашка, ИНН 7736050003, КПП 773602002, 190000, г. Санкт-Петербург, Невский пр., д. 1",
        "Основание: Договор № 15 от 01.02.2024",
        "№ Артикул Товары (работы, услуги) Кол-во Ед. Цена Сумма",
        "1 БЛТ-6 Болт <M6> оцинкованный 12,5 кг 123,45 1 543,13",
        "2 Молоко 3,2 % 24 шт 89,90 2 157,60",
        "3 Книга 1 шт 8 644,27 8 644,27",
        "Итого: 12 345,00",
        "В том числе НДС (22%): 278,27",
        "В том числе НДС (10%): 196,15",
        "Всего к оплате: 12 345,00",
        "Всего наименований 3, на сумму 12 345,00 руб.",
        "Двенадцать тысяч триста сорок пять рублей 00 копеек",
        "Оплатить не позднее 13.02.2024",
        "Руководитель (Иванов И. И.)",
        "Бухгалтер (Петрова П. П.)",
    ]
    places = [text.find(block) for block in blocks]
    assert -1 not in places, blocks[places.index(-1)] + " in " + text
    assert places == sorted(places)


def test_the_file_says_its_title_author_and_language(fonts: Fonts) -> None:
    pdf = reader(draw(INVOICE, fonts))

    assert pdf.metadata is not None
    assert pdf.metadata.title == "Счет на оплату № 14 от 07.02.2024"
    assert pdf.metadata.author == "ООО Три кита"
    assert pdf.root_object["/Lang"] == "ru-RU"


def test_sums_of_1c_are_printed_as_they_came(fonts: Fonts) -> None:
    line = InvoiceLine("Товар", 1000, "шт", 12000, 10000, "22", 1803)

    text = text_of(draw(replace(INVOICE, lines=(line,), total_kopecks=20000), fonts))

    assert "1 Товар 1 шт 120,00 100,00" in text
    assert "Итого: 200,00 В том числе НДС (22%): 18,03 Всего к оплате: 200,00" in text


@pytest.mark.parametrize(
    ("rate", "vat", "printed"), [("22", 18033, "180,33"), ("20", 16667, "166,67"), ("10", 9091, "90,91"),
                                 ("7", 6542, "65,42"), ("5", 4762, "47,62")]
)  # fmt: skip
def test_vat_inside_a_thousand_roubles_is_as_the_law_has_it(fonts: Fonts, rate: str, vat: int, printed: str) -> None:
    line = InvoiceLine("Товар", 1000, "шт", 100000, 100000, rate, vat_inside(100000, rate))

    assert line.vat_kopecks == vat
    text = text_of(draw(replace(INVOICE, lines=(line,), total_kopecks=100000), fonts))
    assert f"В том числе НДС ({rate}%): {printed}" in text


def test_rates_of_zero_and_of_payments_in_advance_have_their_lines(fonts: Fonts) -> None:
    lines = (replace(LINES[0], vat_rate="0", vat_kopecks=0), replace(LINES[1], vat_rate="22/122", vat_kopecks=38907))

    text = text_of(draw(replace(INVOICE, lines=lines), fonts))

    assert "В том числе НДС (22/122): 389,07 В том числе НДС (0%): 0,00" in text


def test_goods_without_vat_say_so(fonts: Fonts) -> None:
    text = text_of(draw(replace(INVOICE, lines=LINES[2:]), fonts))

    assert "Без налога (НДС): -" in text
    assert "В том числе" not in text


def test_an_entrepreneur_signs_alone(fonts: Fonts) -> None:
    seller = replace(SELLER, name="ИП Иванов Иван Иванович", inn="500100732259", kpp="")

    text = text_of(draw(replace(INVOICE, seller=seller), fonts))

    assert "Предприниматель (Иванов И. И.)" in text
    assert "Руководитель" not in text
    assert "Бухгалтер" not in text


def test_empty_optional_facts_leave_their_blocks_out(fonts: Fonts) -> None:
    bare = replace(INVOICE, bank=None, basis="", pay_by=None, notice="", director="", accountant="", lines=LINES[2:])

    text = text_of(draw(bare, fonts))

    for absent in ("Внимание", "БИК", "QR", "Основание", "Артикул", "Скидка", "Оплатить", "()"):
        assert absent not in text
    assert text.startswith("Счет на оплату № 14")


def test_consignees_and_discounts_stand_when_they_are_given(fonts: Fonts) -> None:
    discounted = replace(LINES[0], discount_kopecks=1500)

    text = text_of(draw(replace(INVOICE, lines=(discounted,), consignor="ООО Склад", consignee="ООО Лавка"), fonts))

    assert "Грузоотправитель: ООО Склад" in text
    assert "Грузополучатель: ООО Лавка" in text
    assert "Цена Скидка Сумма" in text
    assert "123,45 15,00 1 543,13" in text


def test_five_hundred_lines_repeat_the_head_on_every_page_and_lose_no_line(fonts: Fonts) -> None:
    lines = tuple(
        replace(LINES[0], name=f"Товар-{number} с длинным наименованием, которое не помещается в одну строку таблицы")
        for number in range(1, 501)
    )

    pdf = reader(draw(replace(INVOICE, lines=lines), fonts))

    pages = [" ".join(page.extract_text().split()) for page in pdf.pages]
    assert len(pages) > 10
    numbered = [int(number) for number in re.findall(r"Товар-(\d+)", " ".join(pages))]
    assert numbered == list(range(1, 501))
    for place, page in enumerate(pages, start=1):
        assert "Товар-" not in page or "Товары (работы, услуги)" in page
        assert page.endswith(f"Лист {place}")
    assert "Всего наименований 500" in pages[-1]


def test_a_short_invoice_is_one_sheet_without_a_page_number(fonts: Fonts) -> None:
    pdf = draw(INVOICE, fonts)

    assert len(reader(pdf).pages) == 1
    assert "Лист" not in text_of(pdf)
