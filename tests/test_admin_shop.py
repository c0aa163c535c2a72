"""«Магазин»: what the owner decides there shows on the pages, and bad input changes nothing."""

import pytest

from tests.pressing import press
from tests.running import eventually


@pytest.mark.row("O21")
def test_the_owner_decides_whether_goods_without_a_price_are_shown(fresh_shop):
    admin, partner = fresh_shop.sign_in("admin"), fresh_shop.sign_in("partner")
    found = partner.get("/catalogue", params={"q": _unpriced(fresh_shop, partner)})
    assert "Цена по запросу" in found.text

    answer = press(admin, admin.get("/admin/shop"), "Сохранить настройки", hide_unpriced="1", name="Опт и точка")
    assert "Настройки сохранены" in answer.text

    found = partner.get("/catalogue", params={"q": _unpriced(fresh_shop, partner)})
    assert "Цена по запросу" not in found.text
    eventually(lambda: "Опт и точка" in partner.get("/").text)


def _unpriced(shop, partner):
    """The article of a product that has no price in this partner's agreement."""
    name = shop.user("partner")["partner"]
    rows = shop.rows(
        "SELECT p.article FROM products p, partners t JOIN agreements a ON a.partner = t.uuid WHERE t.name = ? AND p.visible"
        " AND NOT EXISTS (SELECT 1 FROM variants v WHERE v.product = p.id) AND NOT EXISTS"
        " (SELECT 1 FROM prices r WHERE r.product = p.id AND r.price_type = a.price_type) AND NOT EXISTS"
        " (SELECT 1 FROM personal_prices r WHERE r.product = p.id AND r.agreement = a.uuid AND r.price IS NOT NULL)",
        name,
    )
    return rows[0][0]


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("zone", "Mars/Olympus"), ("invoice_notice", "я" * 1001)])
def test_a_wrong_setting_is_explained_and_nothing_typed_is_lost(shop, field, value):
    admin = shop.sign_in("admin")
    before = shop.rows("SELECT value FROM settings WHERE name = 'Shop'")

    answer = press(admin, admin.get("/admin/shop"), "Сохранить настройки", **{"name": "Новое имя", field: value})

    assert answer.status_code == 422
    assert "Настройки не сохранены" in answer.text
    assert value in answer.text
    assert shop.rows("SELECT value FROM settings WHERE name = 'Shop'") == before


@pytest.mark.parametrize("role", ["manager", "partner", "executor"])
def test_the_wrong_role_does_not_find_the_page(shop, role):
    client = shop.sign_in(role)

    assert client.get("/admin/shop").status_code == 404
    assert client.post("/admin/shop", data={"name": "x"}).status_code == 404
