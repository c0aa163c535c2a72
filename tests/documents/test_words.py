"""Sums in words are read back by a parser that knows nothing of how they were written."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.documents.words import date_in_words, sum_in_words

BIGGEST = 2**63 // 100
PLAIN = {
    "ноль": 0, "один": 1, "одна": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7,
    "восемь": 8, "девять": 9, "десять": 10, "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13,
    "четырнадцать": 14, "пятнадцать": 15, "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18,
    "девятнадцать": 19, "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60,
    "семьдесят": 70, "восемьдесят": 80, "девяносто": 90, "сто": 100, "двести": 200, "триста": 300,
    "четыреста": 400, "пятьсот": 500, "шестьсот": 600, "семьсот": 700, "восемьсот": 800, "девятьсот": 900,
}  # fmt: skip
POWERS = {"тысяч": 3, "миллион": 6, "миллиард": 9, "триллион": 12, "квадриллион": 15, "квинтиллион": 18}


@pytest.mark.parametrize(
    ("roubles", "words"),
    [
        (0, "Ноль рублей"),
        (1, "Один рубль"),
        (2, "Два рубля"),
        (5, "Пять рублей"),
        (11, "Одиннадцать рублей"),
        (14, "Четырнадцать рублей"),
        (21, "Двадцать один рубль"),
        (101, "Сто один рубль"),
        (111, "Сто одиннадцать рублей"),
        (122, "Сто двадцать два рубля"),
        (1000, "Одна тысяча рублей"),
        (1001, "Одна тысяча один рубль"),
        (2000, "Две тысячи рублей"),
        (11000, "Одиннадцать тысяч рублей"),
        (12345, "Двенадцать тысяч триста сорок пять рублей"),
        (1_000_000, "Один миллион рублей"),
        (2_000_002, "Два миллиона два рубля"),
        (1_000_000_000, "Один миллиард рублей"),
    ],
)
def test_roubles_stand_in_words(roubles: int, words: str) -> None:
    assert sum_in_words(roubles * 100) == f"{words} 00 копеек"


@pytest.mark.parametrize(
    ("kopecks", "ending"),
    [(1, "01 копейка"), (2, "02 копейки"), (5, "05 копеек"), (11, "11 копеек"), (21, "21 копейка"), (54, "54 копейки")],
)
def test_kopecks_stand_in_digits_with_the_feminine_word(kopecks: int, ending: str) -> None:
    assert sum_in_words(kopecks) == f"Ноль рублей {ending}"


@given(st.integers(0, BIGGEST), st.integers(0, 99))
def test_words_read_back_are_the_same_sum(roubles: int, kopecks: int) -> None:
    words = sum_in_words(roubles * 100 + kopecks).lower().split()

    assert number_of(words[:-3]) == roubles
    assert words[-3].startswith("рубл")
    assert int(words[-2]) == kopecks


@given(st.integers(0, BIGGEST))
def test_the_rouble_follows_the_last_word_said(roubles: int) -> None:
    words = sum_in_words(roubles * 100).lower().split()
    last = words[-4]

    expected = {"один": "рубль", "два": "рубля", "три": "рубля", "четыре": "рубля"}.get(last, "рублей")
    assert words[-3] == expected


@given(st.integers(1, BIGGEST))
def test_only_thousands_are_feminine(roubles: int) -> None:
    words = sum_in_words(roubles * 100).lower().split()

    for word, after in pairwise(words):
        assert word not in ("одна", "две") or after.startswith("тысяч")
        assert word not in ("один", "два") or not after.startswith("тысяч")


def test_a_refund_and_a_sum_beyond_all_names_still_read() -> None:
    assert sum_in_words(-150) == "Минус один рубль 50 копеек"
    assert sum_in_words(10**23 + 7).endswith("рублей 07 копеек")


def test_every_month_is_in_the_genitive() -> None:
    months = [date_in_words(date(2024, month, 7)).split()[1] for month in range(1, 13)]

    assert date_in_words(date(2024, 2, 7)) == "7 февраля 2024 г."
    assert all(month[-1] in "ая" for month in months)
    assert len(set(months)) == 12


def number_of(words: list[str]) -> int:
    total = triple = 0
    for word in words:
        if word in PLAIN:
            triple += PLAIN[word]
            continue
        total += triple * 10 ** POWERS[word.removesuffix("ов").rstrip("аи")]
        triple = 0
    return total + triple
