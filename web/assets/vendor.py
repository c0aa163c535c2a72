"""web/static/vendor holds every file that pages load, under a name that changes with its content."""

import gzip
import hashlib
import json
import os
import re
from pathlib import Path

import brotli

from web.assets import fonts, icons, mark
from web.assets.tarballs import AssetsFailed, Package, read

TEXT = {".css", ".js", ".svg"}  # what is worth compressing beside the file
STYLE_PARTS = ["tokens", "page", "controls", "content", "cabinet"]  # app.css is these files in this order
ICON_SIZES = (180, 192, 512)  # Apple's home screen, Android's, and its splash
Files = dict[str, bytes]


def packages(web: Path) -> list[Package]:
    return [Package(**entry) for entry in json.loads((web / "assets.lock.json").read_text("utf-8"))["packages"]]


def is_filled(web: Path) -> bool:
    """Whether vendor was made from exactly these sources and still holds every file."""
    vendor = web / "static" / "vendor"
    try:
        made = json.loads((vendor / "made.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(made["sources"] == _sources(web)) and all((vendor / name).exists() for name in made["files"])


def fill(web: Path) -> dict[str, str]:
    """Make all files; the manifest {name in templates: name in vendor} comes last, so a reader never sees a half.

    Raises AssetsFailed when a package cannot be had or is not the locked one.
    """
    theirs: Files = {}
    for package in packages(web):
        theirs |= read(package, web.parent / ".assets")
    papers = {name: fonts.with_even_digits(body) for name, body in theirs.items() if name.endswith(".ttf")}
    pages = _pages(web, theirs, papers)
    manifest = {name: _hashed(name, body) for name, body in pages.items()}
    licences = {"LICENSES.txt": _licences(theirs)}
    _write(web, papers | licences | _compressed({manifest[name]: body for name, body in pages.items()}), manifest)
    return manifest


def _pages(web: Path, theirs: Files, papers: Files) -> Files:
    own = web / "static"
    scripts = {name: _without_map(body) for name, body in theirs.items() if name.endswith(".js")}
    letters = {
        "golos-400.woff2": fonts.cut(papers["GolosText-Regular.ttf"]),
        "golos-600.woff2": fonts.cut(papers["GolosText-SemiBold.ttf"]),
    }
    favicon = (own / "favicon.svg").read_bytes()
    pictures = {f"icon-{size}.png": mark.png(favicon, size) for size in ICON_SIZES}
    parts = [(own / "style" / f"{part}.css").read_text("utf-8") for part in STYLE_PARTS]
    style = _pointed("\n".join(parts), letters)
    sources = {"app.css": style, "app.js": (own / "app.js").read_bytes(), "favicon.svg": favicon}
    return sources | scripts | letters | pictures | {"icons.svg": icons.sprite()}


def _pointed(style: str, letters: Files) -> bytes:
    for name, body in letters.items():
        if f'url("{name}")' not in style:
            raise AssetsFailed(f"the style sheet does not name {name}")
        style = style.replace(f'url("{name}")', f'url("{_hashed(name, body)}")')
    return _tight(style).encode()


def _tight(style: str) -> str:
    """The style sheet without comments and indentation: what a person reads stays in the source."""
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    style = re.sub(r"\s*\n\s*", "\n", style).strip()
    return re.sub(r"([{},;])\n", r"\1", style).replace(";}", "}") + "\n"


def _without_map(script: bytes) -> bytes:
    return re.sub(rb"\n?//# sourceMappingURL=\S+\s*$", b"", script)


def _licences(theirs: Files) -> bytes:
    texts = {name.removesuffix(".LICENSE"): body for name, body in theirs.items() if name.endswith(".LICENSE")}
    texts["Lucide icons"] = icons.licence()
    return b"\n\n".join(f"==== {name} ====\n\n".encode() + body.strip() for name, body in texts.items()) + b"\n"


def _hashed(name: str, body: bytes) -> str:
    stem, suffix = name.rsplit(".", 1)
    return f"{stem}.{hashlib.sha256(body).hexdigest()[:10]}.{suffix}"


def _compressed(pages: Files) -> Files:
    more: Files = {}
    for name, body in pages.items():
        if Path(name).suffix in TEXT:
            more[f"{name}.gz"] = gzip.compress(body, 9, mtime=0)
            more[f"{name}.br"] = brotli.compress(body, quality=11)
    return pages | more


def _write(web: Path, files: Files, manifest: dict[str, str]) -> None:
    vendor = web / "static" / "vendor"
    vendor.mkdir(parents=True, exist_ok=True)
    made = {"sources": _sources(web), "files": sorted(files)}
    notes = {
        "manifest.json": json.dumps(manifest, indent=1, sort_keys=True).encode(),
        "made.json": json.dumps(made, indent=1).encode(),
    }
    for name, body in (files | notes).items():
        fresh = vendor / f"{name}.{os.getpid()}.new"
        fresh.write_bytes(body)
        os.replace(fresh, vendor / name)
    for old in vendor.iterdir():
        if old.name not in files | notes and not old.name.endswith(".new"):
            old.unlink(missing_ok=True)


def _sources(web: Path) -> str:
    """A digest of everything of ours that decides the result."""
    own = web / "static"
    code = [*(web / "assets").glob("*.py"), web / "assets.lock.json"]
    paths = [*code, *own.glob("*.*"), *(own / "style").glob("*.css")]
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
