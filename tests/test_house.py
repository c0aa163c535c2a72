"""The rules of the house that a machine can check, over every file that git keeps."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("data", "sync", "web")
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "common", "base"}
POSIX_MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "termios", "uvloop"}
POSIX_NAMES = {"add_signal_handler", "chown", "fork", "geteuid", "getuid", "killpg", "setsid", "SIGHUP", "SIGKILL"}
OTHERS_FILES = re.compile(r"\.min\.(js|css)$|\.(woff2?|ttf|otf|eot)$|(^|/)(vendor|node_modules)/")
# Written apart, so that this file does not break its own rule.
MACHINE_PATHS = [f"/{folder}/" for folder in ("wo" + "rk", "ro" + "ot", "op" + "t", "mn" + "t")]
REGISTRIES = ["pypi" + ".org", "python" + "hosted", "npm" + "js.org", "npm" + "js.com", "un" + "pkg", "js" + "delivr"]
FORBIDDEN_IN_TEMPLATES = {
    "a style attribute": r"\sstyle\s*=",
    "an inline style sheet": r"<style\b",
    "an inline script": r"<script\b(?![^>]*\ssrc=)",
    "an inline handler": r"\son[a-z]+\s*=",
    "hx-on": r"\bhx-on\b",
    "hx-ext of htmx 2": r"\bhx-ext\b",
    "a script in hx-vals": r"hx-(vals|headers)\s*=\s*[\"']js:",
    "a filter in hx-trigger": r"hx-trigger\s*=\s*\"[^\"]*\[",
    "an event of htmx 2": r"htmx:[a-z]+[A-Z]",
    "unescaped text": r"\|\s*safe\b",
    "a foreign address": r"(src|href|action)\s*=\s*[\"'](https?:)?//(?!www\.w3\.org)",
}
UNSAFE_IN_SCRIPTS = r"\beval\(|new Function\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write|htmx:[a-z]+[A-Z]"


@cache
def kept_files() -> list[Path]:
    """What git keeps and what it would; outside of a clone, every file that is not made."""
    if (ROOT / ".git").exists():
        command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    else:
        made = {".venv", ".assets", "vendor", "__pycache__", "dist", "build", ".hypothesis"}
        found = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
        names = [path.as_posix() for path in found if not made & set(path.parts)]
    return sorted(ROOT / name for name in names if name and (ROOT / name).is_file())


def kept(*suffixes: str, rooms: tuple[str, ...] = ROOMS) -> list[Path]:
    return [path for path in kept_files() if path.suffix in suffixes and path.relative_to(ROOT).parts[0] in rooms]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def texts() -> Iterator[tuple[str, str]]:
    for path in kept_files():
        try:
            yield named(path), path.read_text("utf-8")
        except UnicodeDecodeError:
            continue


def nodes(tree: ast.AST, *, guarded: bool = False) -> Iterator[tuple[ast.AST, bool]]:
    """Every node with the answer whether an `if` or a `try` stands above it."""
    for child in ast.iter_child_nodes(tree):
        yield child, guarded
        yield from nodes(child, guarded=guarded or isinstance(child, ast.If | ast.IfExp | ast.Try))


def posix_names(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {name.name.split(".")[0] for name in node.names} & POSIX_MODULES
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").split(".")[0]} & POSIX_MODULES
    return {node.attr} & POSIX_NAMES if isinstance(node, ast.Attribute) else set()


def test_no_file_names_a_machine_path() -> None:
    found = [(name, path) for name, text in texts() for path in MACHINE_PATHS if re.search(rf"(?<![\w.]){path}", text)]

    assert found == []


def test_no_file_names_a_package_registry() -> None:
    assert [(name, word) for name, text in texts() for word in REGISTRIES if word in text] == []


def test_no_file_of_others_is_kept() -> None:
    assert [named(path) for path in kept_files() if OTHERS_FILES.search(named(path))] == []


def test_the_system_specific_is_always_guarded() -> None:
    found = [
        (named(path), name)
        for path in kept(".py")
        for node, guarded in nodes(ast.parse(path.read_text("utf-8")))
        if not guarded
        for name in posix_names(node)
    ]

    assert found == []


def test_every_file_reads_in_one_go() -> None:
    files = kept(".py", ".html", ".css", ".js", ".xml", rooms=(*ROOMS, "tests"))

    assert [named(path) for path in files if len(path.read_text("utf-8").splitlines()) > LONGEST_FILE] == []


def test_every_function_reads_in_one_go() -> None:
    found = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in kept(".py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]

    assert found == []


def test_every_module_says_first_what_is_true_there() -> None:
    modules = {path: path.read_text("utf-8") for path in kept(".py")}

    assert [named(path) for path, text in modules.items() if text and not ast.get_docstring(ast.parse(text))] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [named(path) for path in kept(".py") if path.stem in NAMES_THAT_SAY_NOTHING] == []


@pytest.mark.parametrize("rule", FORBIDDEN_IN_TEMPLATES)
def test_no_template_has(rule: str) -> None:
    found = [
        f"{named(path)}:{number}"
        for path in kept(".html", ".jinja", ".j2")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(FORBIDDEN_IN_TEMPLATES[rule], line)
    ]

    assert found == []


def test_our_scripts_never_run_or_parse_text() -> None:
    assert [named(path) for path in kept(".js") if re.search(UNSAFE_IN_SCRIPTS, path.read_text("utf-8"))] == []


def test_both_locks_carry_hashes_and_agree() -> None:
    runtime, tools = (pins(name) for name in ("requirements.lock", "requirements-dev.lock"))

    assert runtime
    assert runtime.items() <= tools.items()


def pins(lock: str) -> dict[str, str]:
    """Every pin of a lock with the text after it, its hashes included."""
    text = re.sub(r"^ *#.*\n", "", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE)
    found = dict(re.findall(r"^(\S+)==((?:.*\\\n)*.*)$", text, flags=re.MULTILINE))
    assert [name for name, rest in found.items() if "--hash=sha256:" not in rest] == []
    return found


def test_the_readme_begins_with_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")

    assert 0 < text.index("make demo") < text.index("make test") < text.index("# Nakladnaya")
