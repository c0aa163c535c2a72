"""data knows nobody, sync knows data, web knows data and of sync only its control; areas of data point one way."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = {"data": {"data"}, "sync": {"data", "sync"}, "web": {"data", "web"}}
COMPOSITION = {"web/app.py", "web/cli.py"}  # the composition root and the command line know everything
BELOW = {
    "exchange": set(),
    "letters": {"exchange"},
    "access": {"exchange", "letters"},
    "catalogue": {"exchange"},
    "partners": {"access", "exchange"},
    "pricing": {"catalogue", "partners", "exchange"},
    "ordering": {"access", "catalogue", "partners", "pricing", "exchange", "letters"},
    "documents": {"access", "catalogue", "partners", "pricing", "ordering", "exchange", "letters"},
    "news": {"access", "exchange"},
}


def imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def knows_everything(path: Path) -> bool:
    name = path.relative_to(ROOT).as_posix()
    return name in COMPOSITION or name.startswith("web/commands/")


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_it_may(room):
    for path in (ROOT / room).rglob("*.py"):
        if knows_everything(path):
            continue
        for name in imports(path):
            other = name.split(".")[0]
            if other in ROOMS and other not in ROOMS[room]:
                assert room == "web" and (name == "sync" or name.startswith("sync.control")), f"{path}: {name}"


@pytest.mark.parametrize("area", BELOW)
def test_areas_of_data_point_one_way(area):
    for path in (ROOT / "data" / area).glob("*.py"):
        others = {name.split(".")[1] for name in imports(path) if name.startswith("data.") and name.count(".") >= 2}
        assert (others & BELOW.keys()) - {area} <= BELOW[area], path


def test_every_area_of_data_is_named_here():
    folders = {path.parent.name for path in (ROOT / "data").glob("*/__init__.py")} - {"migrations"}

    assert folders == BELOW.keys()


def test_the_demo_1c_is_a_program_of_its_own():
    allowed = ("data.documents.", "data.identifiers", "data.numbers", "sync.demo_onec")
    for path in (ROOT / "sync" / "demo_onec").rglob("*.py"):
        for name in imports(path):
            if name.split(".")[0] in ROOMS:
                assert f"{name}.".startswith(allowed) or name == "sync", f"{path}: {name}"
