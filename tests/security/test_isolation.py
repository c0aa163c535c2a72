"""Every route of the app asked by everybody: what is not theirs does not exist for them."""

import re
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from tests.scenarios.test_whole_loop import ROMASHKA, fill_cart, place, shows
from web.app import create_app
from web.config import Settings

MARK = "Позвоните на проходную 7391"  # the owner's own words, which nobody else may read
PEOPLE = {
    "owner": ("partner", ROMASHKA),
    "colleague": ("contact", ROMASHKA),
    "stranger": ("partner", "Вектор"),
    "executor": ("executor", None),
    "admin": ("admin", None),
}
ALL = frozenset({*PEOPLE, "manager", "other manager"})
PARTNERS = frozenset({"owner", "colleague", "stranger"})
STAFF = frozenset({"manager", "other manager", "admin"})
SEE_ORDER = frozenset({"owner", "manager", "admin"})
DECIDE = frozenset({"manager", "admin"})
OWNER, ADMIN = frozenset({"owner"}), frozenset({"admin"})
OPEN = {"/login", "/login/reset", "/login/reset/{token:str}", "/invite/{token:str}", "/up"}
MACHINES = ("/api/", "/sys/", "/auth/")
ENDS_SESSIONS = {"/more/sign-out", "/more/sign-out-everywhere", "/more/sign-ins/end", "/more/company"}
MAY = {  # by method and path; the first prefix that fits
    "GET": {
        "/catalogue": PARTNERS | STAFF,
        "/pictures/": PARTNERS | STAFF,
        "/cart": PARTNERS,
        "/orders/{uuid:str}": SEE_ORDER,
        "/orders": PARTNERS | STAFF,
        "/desk": STAFF,
        "/admin": ADMIN,
        "/more": ALL,
        "/": ALL,
    },
    "POST": {
        "/cart/lines/removal": OWNER,
        "/cart/lines": PARTNERS,
        "/cart/details": PARTNERS,  # of a cart that is not theirs nothing is kept
        "/cart": OWNER,
        "/orders/{uuid:str}/approval": DECIDE,
        "/orders/{uuid:str}/decline": DECIDE,
        "/orders/{uuid:str}/undo": DECIDE,
        "/orders/{uuid:str}/invoice": SEE_ORDER,
        "/orders/{uuid:str}": OWNER,
        "/desk": DECIDE,
        "/admin": ADMIN,
        "/more": ALL,
    },
}
REFUSED_BY_RULES = ("/confirmation", "/refusal")  # with terms that were never shown; the owner's other deeds succeed
OF_DRAFTS = ("editing", "placing", "removal", "return")


def routes():
    """(method, path template) of everything the app answers."""
    app = create_app(Settings(home=Path("unused")))
    return sorted(
        (method, route.path)
        for route in app.litestar.routes
        for method in route.methods
        if method not in {"OPTIONS", "HEAD"}
    )


def allowed(method, template):
    return next((who for prefix, who in MAY.get(method, {}).items() if template.startswith(prefix)), None)


FOR_PEOPLE = [(m, t) for m, t in routes() if t not in OPEN and not t.startswith(MACHINES)]


def test_every_route_is_known_here():
    unknown = [(method, template) for method, template in FOR_PEOPLE if allowed(method, template) is None]

    assert unknown == []


@dataclass
class Place:
    """The shop with what the owner has in it, and everybody signed in."""

    shop: object
    clients: dict
    order: str
    draft: str
    cart: str
    product: str
    picture: str
    number: str

    def path(self, template):
        order = self.draft if template.endswith(OF_DRAFTS) else self.order
        named = {"uuid": self.product if template.startswith("/catalogue") else order, "sha256": self.picture}
        return re.sub(r"\{(\w+):str\}", lambda found: named.get(found.group(1), str(uuid4())), template)

    def form(self, template):
        """A form that names the owner's things and is refused by the owner's own rules: it changes nothing."""
        wrong = {"terms": "999", "version": "999", "reason": "x" * 600, "n": "999999", "quantity": "0"}
        return {
            **wrong,
            "uuid": self.cart,
            "product": self.product,
            "variant": "",
            "pack": "",
            "comment": "?",
            "delivery_method": "pickup",
        }

    def ask(self, client, method, template):
        path = self.path(template)
        return client.get(path) if method == "GET" else client.post(path, data=self.form(template))

    def held(self):
        """Everything of the owner's that somebody else could have changed."""
        return self.shop.rows(
            "SELECT uuid, status, sending, comment, reason FROM orders WHERE uuid IN (?, ?, ?) ORDER BY uuid",
            self.order, self.draft, self.cart,
        )  # fmt: skip


@pytest.fixture(scope="module")
def everything(shop):
    clients = {name: shop.sign_in(*who) for name, who in PEOPLE.items()}
    owner = clients["owner"]
    email = shop.rows(
        "SELECT m.email FROM partners p JOIN managers m ON m.uuid = p.manager WHERE p.name = ?", ROMASHKA
    )[0][0]
    names = shop.rows("SELECT login, email, phone FROM users WHERE email = ?", email.casefold())[0]
    for user in shop.facts["users"]:
        if user["role"] == "manager":
            name = "manager" if user["login"] in names else "other manager"
            clients[name] = shop.sign_in_as(user["login"], user["password"])
    fill_cart(owner, 2)
    _write_comment(shop, owner)
    order = place(owner).rsplit("/", 1)[1]
    number = re.search(r"\d{4}-\d{6}", shows(owner, f"/orders/{order}", "Ожидает подтверждения менеджера").text).group()
    fill_cart(owner, 1)
    draft = _cart(shop, owner)
    owner.post("/cart/draft", data={"uuid": draft})
    product = fill_cart(owner, 1)[0]
    picture = shop.rows("SELECT image FROM products WHERE image <> ''")[0][0]
    return Place(shop, clients, order, draft, _cart(shop, owner), product, picture, number)


def _cart(shop, owner):
    user = shop.user("partner", ROMASHKA)
    return shop.rows(
        "SELECT o.uuid FROM orders o JOIN users u ON u.id = o.author WHERE o.status = 'cart' AND u.name = ?",
        user["name"],
    )[0][0]


def _write_comment(shop, owner):
    answer = owner.post(
        "/cart/details", data={"uuid": _cart(shop, owner), "comment": MARK, "delivery_method": "pickup"}
    )
    assert answer.status_code < 400, answer.text


@pytest.mark.parametrize(("method", "template"), [route for route in FOR_PEOPLE if route[1] not in ENDS_SESSIONS])
def test_everybody_finds_only_what_is_theirs(everything, method, template):
    before = everything.held()
    for name, client in everything.clients.items():
        if name == "owner" and method == "POST" and not template.endswith(REFUSED_BY_RULES):
            continue
        answer = everything.ask(client, method, template)
        assert answer.status_code < 500, (name, answer.text)
        if name not in allowed(method, template):
            assert answer.status_code == 404, (name, answer.status_code, answer.text)
        elif name == "owner" or (method == "GET" and "{" not in template):
            assert answer.status_code != 404, (name, answer.text)
        if name in {"colleague", "stranger", "other manager", "executor"} and method == "GET":
            for secret in (MARK, everything.order, everything.draft, everything.cart, everything.number):
                assert secret not in answer.text, (name, secret)
    assert everything.held() == before


@pytest.mark.parametrize(("method", "template"), FOR_PEOPLE)
def test_nobody_is_sent_to_sign_in(everything, method, template):
    client = everything.shop.client()

    answer = everything.ask(client, method, template)

    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].startswith("/login")
    assert MARK not in answer.text
    fragment = client.request(method, everything.path(template), headers={"HX-Request": "true"})
    assert fragment.status_code == (200 if template == "/more/sign-out" else 401)
    assert fragment.headers["hx-redirect"].startswith("/login")


@pytest.mark.parametrize("template", sorted(ENDS_SESSIONS))
def test_ending_ones_sessions_ends_nobody_elses(everything, template):
    for name, who in PEOPLE.items():
        if name != "owner":
            everything.ask(everything.shop.sign_in(*who), "POST", template)

    assert everything.clients["owner"].get("/orders").status_code == 200


@pytest.mark.parametrize(("method", "template"), [route for route in routes() if route[1].startswith(MACHINES)])
def test_the_doors_for_machines_do_not_know_sessions(everything, method, template):
    for client in (everything.shop.client(), everything.clients["admin"]):
        answer = client.request(method, everything.path(template))
        assert answer.status_code in {400, 401, 415}, (answer.status_code, answer.text)
