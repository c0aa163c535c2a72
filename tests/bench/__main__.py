"""Runs the measurements, prints a table and writes bench.json."""

import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

import httpx

from tests.bench.measured import Target, compare, ratio
from tests.running import ROOT, eventually, free_port, open_shop, prepare_shop
from tests.scenarios.test_whole_loop import ROMASHKA, fill_cart, goods_on, place

REQUESTS = 200
ORDERS = 9
AIMS = {
    "catalogue, uncompressed": 1.0,
    "catalogue, as sent": 1.35,
    "cart partial": None,
    "whole stack": 1.5,
}


def serve(module, *arguments, ready):
    """A helper server of the bench in a process of its own."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", f"tests.bench.{module}", str(port), *map(str, arguments)], cwd=ROOT
    )
    url = f"http://127.0.0.1:{port}"
    eventually(lambda: httpx.get(url + ready).status_code < 500, within=30)
    return process, url


def quantity_of(page, uuid):
    row = re.search(rf'<li[^>]*id="row-{uuid}".*?</li>', page, re.S).group()
    return str(int(re.search(r'data-multiple="(\d+)', row).group(1)))


def measure_pages(goods, folder):
    """Ratios of the catalogue page, the cart partial and the whole stack at this many goods."""
    prepared = prepare_shop(folder / f"prepared-{goods}", goods)
    shop = open_shop(prepared, folder / f"shop-{goods}" / "home")
    client, user = shop.sign_in("partner", ROMASHKA), shop.user("partner", ROMASHKA)
    fill_cart(client, 3)
    page = client.get("/catalogue")
    product = goods_on(page)[4]
    quantity = quantity_of(page.text, product)
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    form = urlencode({"product": product, "quantity": quantity, "variant": "", "pack": "", "from": "catalogue"})
    copy = folder / f"copy-{goods}"
    shutil.copytree(shop.home, copy, ignore=shutil.ignore_patterns("*.lock"))
    contexts = folder / f"contexts-{goods}"
    capture = [
        sys.executable,
        "-m",
        "tests.bench.capture",
        copy,
        contexts,
        user["login"],
        user["password"],
        product,
        quantity,
    ]
    subprocess.run(list(map(str, capture)), cwd=ROOT, check=True, timeout=60)
    floor, floor_url = serve("floor", contexts, ready="/text")
    stack, stack_url = serve("stack", copy, ready="/text")
    pid, signed = shop.portal.process.pid, {"Cookie": cookie}
    posted = {**signed, "HX-Request": "true", "Origin": shop.url, "Content-Type": "application/x-www-form-urlencoded"}
    bare = Target("bare page", floor.pid, f"{floor_url}/catalogue")
    plain = Target("catalogue, uncompressed", pid, f"{shop.url}/catalogue", signed)
    sent = Target("catalogue, as sent", pid, f"{shop.url}/catalogue", {**signed, "Accept-Encoding": "br, gzip"})
    bare_part = Target("bare partial", floor.pid, f"{floor_url}/cart/lines")
    part = Target("cart partial", pid, f"{shop.url}/cart/lines", posted, "POST", form)
    text = Target("bare text", floor.pid, f"{floor_url}/text")
    whole = Target("whole stack", stack.pid, f"{stack_url}/text", signed)
    try:
        compare([bare, plain, sent, bare_part, part, text, whole], REQUESTS)
    finally:
        floor.kill()
        stack.kill()
        shop.close()
    rows = [(plain, bare), (sent, bare), (part, bare_part), (whole, text)]
    return [
        {
            "what": one.name,
            "goods": goods,
            "ratio": round(ratio(one, against), 2),
            "aim": AIMS[one.name],
            "cpu_us": round(statistics.median(one.costs)),
            "floor_us": round(statistics.median(against.costs)),
            "bytes": one.size,
        }
        for one, against in rows
    ], prepared


def measure_orders(prepared, folder):
    """Seconds from the tap on «Оформить заказ» to the number from 1C, which is up."""
    shop = open_shop(prepared, folder / "orders" / "home")
    client, taken = shop.sign_in("partner", ROMASHKA), []
    try:
        for _ in range(ORDERS):
            fill_cart(client, 2)
            started = time.perf_counter()
            path = place(client)
            uuid = path.rsplit("/", 1)[1]
            eventually(lambda uuid=uuid: shop.rows("SELECT number FROM orders WHERE uuid = ?", uuid)[0][0], every=0.005)
            taken.append(time.perf_counter() - started)
    finally:
        shop.close()
    return {
        "what": "tap to number, s",
        "ratio": round(statistics.median(taken), 3),
        "aim": 1.0,
        "worst": round(max(taken), 3),
    }


def main():
    sizes = [int(size) for size in sys.argv[1:]] or [10_000, 100_000]
    with tempfile.TemporaryDirectory() as name:
        folder, rows = Path(name), []
        for goods in sizes:
            measured, prepared = measure_pages(goods, folder)
            rows += measured
            if goods == sizes[0]:
                rows.append(measure_orders(prepared, folder))
            shutil.rmtree(folder / f"copy-{goods}")
    Path("bench.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    print(f"{'what':26} {'goods':>7} {'ratio':>7} {'aim':>5} {'cpu µs':>7} {'floor':>7} {'bytes':>7}")
    for row in rows:
        cells = [row.get(key) for key in ("goods", "ratio", "aim", "cpu_us", "floor_us", "bytes")]
        shown = ["" if cell is None else cell for cell in cells]
        print(f"{row['what']:26} {shown[0]:>7} {shown[1]:>7} {shown[2]:>5} {shown[3]:>7} {shown[4]:>7} {shown[5]:>7}")


if __name__ == "__main__":
    main()
