"""Which price holds, and how sums are rounded: protocol 3, case by case."""

import pytest

from data.numbers import half_up, kopecks, less_percent, line_sum, percent, roubles, thousandths, units, vat_inside
from data.pricing.price import Priced, ProductPrices

BOX = "box"
FACTORS = {BOX: 12_000, "pallet": 480_000}


def prices(typed=None, personal=None, discount=0):
    return ProductPrices(discount=discount, typed=typed or {}, personal=personal or {})


@pytest.mark.parametrize(
    ("listed", "variant", "pack", "holds"),
    [
        ({("", ""): 100}, "", "", Priced(100)),
        ({("", ""): 100, ("red", ""): 120}, "red", "", Priced(120)),
        ({("", ""): 100, ("red", ""): 120}, "blue", "", Priced(100)),
        ({("", ""): 100, ("", BOX): 1000}, "", BOX, Priced(1000, 12_000)),
        ({("", ""): 100, ("", BOX): 1000, ("red", BOX): 900}, "red", BOX, Priced(900, 12_000)),
        ({("red", ""): 120, ("", BOX): 1000}, "red", BOX, Priced(1000, 12_000)),
        ({("", ""): 100}, "", BOX, Priced(100)),
        ({("", BOX): 1200}, "", "", Priced(1200, 12_000)),
        ({("", BOX): 1200, ("", "pallet"): 40_000}, "", "", Priced(1200, 12_000)),
        ({}, "", "", None),
        ({("red", ""): 120}, "", "", None),
    ],
)
def test_the_closest_price_of_the_type_holds(listed, variant, pack, holds):
    assert prices(listed).holds(variant, pack, FACTORS) == holds


def test_the_agreements_discount_comes_off_the_types_price():
    assert prices({("", ""): 10_000}, discount=1050).holds() == Priced(8950)


def test_a_personal_price_goes_before_everything():
    assert prices({("", ""): 100}, {"": (77, None)}, discount=5000).holds() == Priced(77)


def test_the_variants_personal_price_goes_before_the_products():
    assert prices({}, {"": (77, None), "red": (66, None)}).holds("red") == Priced(66)


def test_a_personal_discount_comes_off_the_price_that_would_hold():
    assert prices({("", ""): 10_000}, {"": (None, 1000)}).holds() == Priced(9000)


def test_a_personal_discount_without_a_price_is_no_price():
    assert prices({}, {"": (None, 1000)}).holds() is None


def test_a_sum_by_the_pack_is_rounded_once():
    assert Priced(1000, 12_000).of(24_000) == 2000
    assert Priced(1000, 3000).of_unit == 333


@pytest.mark.parametrize(
    ("price", "quantity", "total"), [(127, 49_000, 6223), (1, 500, 1), (3, 500, 2), (8990, 1500, 13485)]
)
def test_line_sums_round_half_up_without_float_errors(price, quantity, total):
    assert line_sum(price, quantity) == total


@pytest.mark.parametrize(
    ("rate", "vat"), [("22", 18033), ("20", 16667), ("10", 9091), ("7", 6542), ("5", 4762), ("none", 0)]
)
def test_vat_inside_a_sum(rate, vat):
    assert vat_inside(100_000, rate) == vat


def test_numbers_travel_as_the_wire_wants_them():
    assert (kopecks("120.00"), thousandths("1.500"), roubles(12_000), units(1500), units(24_000), percent(2250)) == (
        12_000,
        1500,
        "120.00",
        "1.5",
        "24",
        "22.5",
    )
    assert [half_up(n, 2) for n in (5, -5, 4, 3, -3, 0)] == [3, -3, 2, 2, -2, 0]
    assert less_percent(999, 1000) == 899


@pytest.mark.parametrize(
    "text", ["abc", "", "NaN", "Infinity", "1e999", "1e14", "1e2", "1_000", "１２", "٣", "0x10", None, 1.5, True, "--1"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match=r"number|range|string"):
        kopecks(text)
