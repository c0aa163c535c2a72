"""Front-end files: small, complete, ours or locked by checksum, and served for a year."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest
from fontTools.ttLib import TTFont

from web import static_files
from web.assets.icons import NAMES
from web.assets.vendor import packages

WEB = Path(__file__).resolve().parent.parent / "web"
VENDOR = WEB / "static" / "vendor"
PACKAGES = os.environ.get("PORTAL_ASSETS") or str(WEB.parent / ".assets")
FONTS = [static_files.FONT_REGULAR, static_files.FONT_SEMIBOLD]


def vendor_file(name: str) -> Path:
    return VENDOR / static_files.asset(name).removeprefix(static_files.PREFIX)


def packed(*names: str) -> int:
    return sum(len(gzip.compress(vendor_file(name).read_bytes(), 9)) for name in names)


async def ask(path: str, method: str = "GET", **headers: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=static_files.serve)
    async with httpx.AsyncClient(transport=transport, base_url="http://portal") as client:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await client.request(method, path, headers={"accept-encoding": "identity", **named})


def run_assets(root: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "web.assets"]
    return subprocess.run(
        command, cwd=root, env=os.environ | environment, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The web room alone in another folder, with nothing made yet."""
    shutil.copytree(WEB, tmp_path / "web", ignore=shutil.ignore_patterns("vendor", "__pycache__"))
    return tmp_path


def test_the_first_load_fits_its_budget() -> None:
    assert packed("app.css") <= 8 * 1024
    assert packed("htmx.js", "app.js") <= 17 * 1024
    assert packed("icons.svg") <= 3 * 1024
    assert sum(vendor_file(f"golos-{weight}.woff2").stat().st_size for weight in (400, 600)) <= 24 * 1024


def test_everything_pages_load_is_in_the_manifest_and_on_the_disk() -> None:
    manifest = json.loads((VENDOR / "manifest.json").read_text("utf-8"))
    wanted = {"app.css", "app.js", "htmx.js", "hx-sse.js", "icons.svg", "favicon.svg"}

    assert wanted | {"golos-400.woff2", "golos-600.woff2"} <= set(manifest)
    assert all((VENDOR / file).stat().st_size for file in manifest.values())
    assert all((VENDOR / f"{manifest[name]}.{coding}").exists() for name in wanted for coding in ("br", "gz"))


def test_the_style_sheet_names_the_hashed_fonts() -> None:
    style = vendor_file("app.css").read_text("utf-8")

    assert f'url("{vendor_file("golos-400.woff2").name}")' in style
    assert f'url("{vendor_file("golos-600.woff2").name}")' in style
    assert "://" not in style


def test_the_sprite_holds_every_icon() -> None:
    sprite = vendor_file("icons.svg").read_text("utf-8")

    assert [name for name in NAMES if f'<symbol id="{name}" viewBox="0 0 24 24"><' not in sprite] == []


@pytest.mark.parametrize("path", [*FONTS, "golos-400.woff2", "golos-600.woff2"], ids=str)
def test_all_digits_are_of_one_width_and_never_kerned(path: Path | str) -> None:
    font = TTFont(path if isinstance(path, Path) else vendor_file(path))
    digits = {font.getBestCmap()[ord(digit)] for digit in "0123456789"}

    pairs = [table for lookup in font["GPOS"].table.LookupList.Lookup for table in lookup.SubTable]
    kerned = {
        (first, pair.SecondGlyph)
        for table in pairs
        if table.LookupType == 2 and table.Format == 1
        for first, found in zip(table.Coverage.glyphs, table.PairSet, strict=True)
        for pair in found.PairValueRecord
    }
    assert len({font["hmtx"][name][0] for name in digits}) == 1
    assert [pair for pair in kerned if digits & set(pair)] == []


@pytest.mark.parametrize("name", ["golos-400.woff2", "golos-600.woff2"])
def test_the_cut_fonts_keep_russian_latin_and_the_signs_of_trade(name: str) -> None:
    known = TTFont(vendor_file(name)).getBestCmap()

    assert [sign for sign in "АЯаяЁёAZaz09№₽«»—–−…·×°²%\u00a0\u202f" if ord(sign) not in known] == []


def test_every_licence_travels_with_the_files() -> None:
    text = (VENDOR / "LICENSES.txt").read_text("utf-8")

    assert all(word in text for word in ("htmx", "SIL OPEN FONT LICENSE", "Lucide", "Cole Bemis"))


def test_a_package_with_another_checksum_stops_the_build(clone: Path) -> None:
    folder = clone / "packages"
    folder.mkdir()
    for package in packages(WEB):
        (folder / package.tarball).write_bytes(b"not the package that was locked")

    done = run_assets(clone, PORTAL_ASSETS=str(folder))

    assert done.returncode == 1
    assert "is not the locked package" in done.stderr
    assert not (clone / "web" / "static" / "vendor").exists()


def test_a_folder_without_the_packages_says_what_is_missing(clone: Path) -> None:
    done = run_assets(clone, PORTAL_ASSETS=str(clone / "nowhere"))

    assert done.returncode == 1
    assert "PORTAL_ASSETS has no htmx.org-4.0.1.tgz" in done.stderr


def test_a_machine_without_network_makes_the_same_files_from_a_folder(clone: Path) -> None:
    done = run_assets(clone, PORTAL_ASSETS=PACKAGES)
    again = run_assets(clone, PORTAL_ASSETS=str(clone / "nowhere"))
    made = clone / "web" / "static" / "vendor"

    assert (done.returncode, done.stderr) == (0, "")
    assert (again.returncode, again.stdout) == (0, "")
    assert {path.name: path.read_bytes() for path in made.iterdir()} == {
        path.name: path.read_bytes() for path in VENDOR.iterdir()
    }


def test_a_changed_style_sheet_gets_a_new_name_and_the_old_one_goes(clone: Path) -> None:
    made = clone / "web" / "static" / "vendor"
    run_assets(clone, PORTAL_ASSETS=PACKAGES)
    before = json.loads((made / "manifest.json").read_text("utf-8"))
    with (clone / "web" / "static" / "style" / "content.css").open("a", encoding="utf-8") as style:
        style.write(".fresh { color: var(--ink); }\n")

    run_assets(clone, PORTAL_ASSETS=PACKAGES)

    after = json.loads((made / "manifest.json").read_text("utf-8"))
    assert {name for name in after if after[name] != before[name]} == {"app.css"}
    assert not (made / before["app.css"]).exists()


def test_the_wheel_carries_pages_and_every_front_end_file(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path)]

    done = subprocess.run(command, cwd=WEB.parent, capture_output=True, text=True, timeout=300, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    with ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        carried = set(wheel.namelist())
    pages = {path for part in ("templates", "components") for path in (WEB / part).rglob("*.html")}
    wanted = {*pages, *VENDOR.iterdir()}
    assert {path.relative_to(WEB.parent).as_posix() for path in wanted} - carried == set()


@pytest.mark.parametrize(("accepted", "coding"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0", None)])
async def test_a_file_is_served_for_a_year_in_the_coding_the_browser_reads(accepted: str, coding: str | None) -> None:
    answer = await ask(static_files.asset("app.css"), accept_encoding=accepted)

    assert answer.status_code == 200
    assert answer.headers.get("content-encoding") == coding
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.content == vendor_file("app.css").read_bytes()


async def test_a_known_file_is_not_sent_again() -> None:
    first = await ask(static_files.asset("app.js"))

    again = await ask(static_files.asset("app.js"), if_none_match=first.headers["etag"])

    assert (again.status_code, again.content) == (304, b"")


async def test_head_tells_the_length_without_the_file() -> None:
    answer = await ask(static_files.asset("htmx.js"), "HEAD")

    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) == vendor_file("htmx.js").stat().st_size
    assert answer.content == b""


@pytest.mark.parametrize(
    "path", ["app.css", "manifest.json", "LICENSES.txt", "", "../static_files.py", "..%2Fstatic_files.py", "%00", "a/b"]
)
async def test_nothing_but_the_manifest_is_served(path: str) -> None:
    assert (await ask(f"/static/{path}")).status_code == 404


async def test_a_file_cannot_be_posted_to() -> None:
    assert (await ask(static_files.asset("app.css"), "POST")).status_code == 405


def test_an_unknown_name_in_a_template_stops_the_portal() -> None:
    with pytest.raises(RuntimeError, match=r"nowhere\.css"):
        static_files.asset("nowhere.css")
