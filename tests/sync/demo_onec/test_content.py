"""What a new base holds: enough of everything that a portal must tell apart, and requisites that pass their checks."""

import pytest

from data import identifiers
from sync.demo_onec import check_digits
from sync.demo_onec.goods import name_of, products
from sync.demo_onec.ids import register_row
from sync.demo_onec.sums import NotANumber, kopecks, line_sum, percent, quantity, rubles, thousandths, vat_inside


@pytest.fixture(scope="module")
def shop(tmp_path_factory, serve_onec):
    with serve_onec(tmp_path_factory.mktemp("shop"), goods=500) as running:
        yield running


def test_goods_are_many_and_different(shop):
    goods = shop.objects("product")

    assert len(goods) == 500
    assert len({product["name"] for product in goods}) == 500
    assert len({product["article"] for product in goods}) == 500
    assert {product["vat"] for product in goods} == {"22", "10", "none"}
    assert {product["unit"]["name"] for product in goods} == {"шт", "кг", "упак"}
    assert any(product["variants"] for product in goods)
    assert any(product["images"] for product in goods)
    assert any(product["packs"] == [] for product in goods)
    assert all(product["description"].startswith("<p>") for product in goods)


def test_every_barcode_has_a_right_check_digit_and_is_met_once(shop):
    barcodes = [code for product in shop.objects("product") for code in product["barcodes"]]
    barcodes += [c for product in shop.objects("product") for v in product["variants"] for c in v["barcodes"]]

    assert all(check_digits.ean13(code[:12]) == code for code in barcodes)
    assert len(barcodes) == len(set(barcodes))


def test_groups_have_two_levels_and_every_good_lies_in_the_second(shop):
    groups = {group["id"]: group for group in shop.objects("product_group")}
    second = {key for key, group in groups.items() if group["parent"]}

    assert all(groups[groups[key]["parent"]]["parent"] is None for key in second)
    assert {product["group"] for product in shop.objects("product")} <= second


def test_some_goods_have_no_price_in_some_price_type_and_some_no_stock(shop):
    types = {entry["name"]: entry["id"] for entry in shop.objects("price_type")}
    priced = {
        name: {p["product"] for p in shop.objects("price") if p["price_type"] == key} for name, key in types.items()
    }
    stocked = {row["product"] for row in shop.objects("stock") if row["free"] != "0"}

    assert len(priced["Крупный опт"]) < len(priced["Оптовая"]) < 500
    assert 400 < len(stocked) < 500
    assert len({row["warehouse"] for row in shop.objects("stock")}) == 2


def test_ids_of_register_rows_are_made_of_their_keys(shop):
    price = shop.objects("price")[0]

    assert price["id"] == register_row("price", price["product"], price["variant"], price["price_type"], price["pack"])


def test_partners_differ_in_their_terms(shop):
    agreements = shop.objects("agreement")
    counterparties = [company["partner"] for company in shop.objects("counterparty")]

    assert len(shop.objects("partner")) == 5
    assert {agreement["kind"] for agreement in agreements} == {"individual", "typical"}
    assert any(agreement["requires_contract"] for agreement in agreements)
    assert any(agreement["min_order_sum"] for agreement in agreements)
    assert any(agreement["discount_percent"] != "0" for agreement in agreements)
    assert len(shop.objects("contract")) == 2
    assert any(counterparties.count(partner) == 2 for partner in counterparties)


def test_people_have_roles_and_one_buys_for_two_partners(shop):
    users = shop.objects("user")
    roles = [user["role"] for user in users]
    partners = {user["partner"] for user in users if user["role"] == "partner"}

    assert (roles.count("manager"), roles.count("executor"), roles.count("contact")) == (2, 1, 2)
    assert len(partners) == 5
    assert len({user["partner"] for user in users if user["email"] == "anna@example.com"}) == 2
    assert all(user["email"].split("@")[1].startswith("example.") for user in users)


def test_requisites_pass_the_checks_of_real_ones(shop):
    seller = shop.objects("organization")[0]
    bank = seller["bank"]

    assert identifiers.is_bic(bank["bic"])
    assert identifiers.is_account(bank["account"], bank["bic"])
    assert identifiers.is_corr_account(bank["corr_account"], bank["bic"])
    for company in (seller, *shop.objects("counterparty")):
        assert identifiers.is_inn(company["inn"]), company
        assert identifiers.is_ogrn(company["ogrn"]), company
        assert company["kpp"] is None or identifiers.is_kpp(company["kpp"])


def test_the_ten_thousandth_good_is_as_quick_as_the_first():
    names = {name_of(number) for number in range(100_000)}

    assert len(names) == 100_000
    assert sum(1 for _ in products(5000, [])) == 5000


@pytest.mark.parametrize(
    ("total", "rate", "tax"),
    [(100000, "22", 18033), (100000, "20", 16667), (100000, "10", 9091), (100000, "7", 6542), (100000, "5", 4762)],
)
def test_vat_inside_a_sum(total, rate, tax):
    assert vat_inside(total, rate) == tax
    assert vat_inside(total, "none") == 0


def test_sums_are_whole_numbers_between_decimal_strings():
    assert kopecks("1.27") * 49 == 6223
    assert line_sum(kopecks("1.27"), thousandths("49")) == 6223
    assert (rubles(-5), rubles(12000), quantity(1500), quantity(24000)) == ("-0.05", "120.00", "1.5", "24")
    assert (percent("50"), percent(33.333), percent(0), percent("100")) == ("50", "33.33", "0", "100")
    for wrong in ("inf", "1e12", "", "1.2.3"):
        with pytest.raises(NotANumber):
            kopecks(wrong)
