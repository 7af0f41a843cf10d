"""Who may import whom."""

from __future__ import annotations

import ast
import subprocess
import sys

from game.lab import gym_env
from tests.architecture.rooms import FOUND_BY_NAME, HEADLESS, MAY_IMPORT, ROOT, WITH_A_SCREEN, modules, modules_of

NOT_FOR_A_FLIGHT = (
    "pygame", "rich", "gymnasium", "numpy", "platformdirs", "subprocess", "watchfiles", "game.lab.watch",
    "game.app", "game.lab.bench", "game.lab.lander", "game.pilots.script", "game.record.recorder", "game.record.replay",
)  # fmt: skip


def test_every_module_stands_in_a_known_room() -> None:
    """A new room must be given its place in the import direction before anything is built in it."""
    unknown = sorted({module.room for module in modules()} - set(MAY_IMPORT))
    assert not unknown, f"give these rooms their place in tests/architecture/rooms.py: {unknown}"


def test_imports_point_one_way() -> None:
    """sim <- {scoring, report} <- content <- cues <- pilots <- record <- the rest, up to app <- commands <- cli."""
    wrong = []
    for module in modules():
        for line, target in module.imports():
            top, _, rest = target.partition(".")
            if top == "":
                wrong.append(f"{module.at(line)}: a relative import hides the direction; write it out")
            elif top == "game":
                room = rest.partition(".")[0]
                if room != module.room and room not in MAY_IMPORT[module.room]:
                    wrong.append(f"{module.at(line)}: {module.room or 'game'} may not see {room}")
    assert not wrong, "\n".join(wrong)


def test_pygame_stays_in_the_rooms_with_a_screen() -> None:
    """Only input, view, audio, scenes and app know pygame."""
    wrong = [
        f"{module.at(line)}: {module.room or 'game'} imports {target}"
        for module in modules()
        if module.room not in WITH_A_SCREEN
        for line, target in module.imports()
        if target.partition(".")[0] == "pygame"
    ]
    assert not wrong, "\n".join(wrong)


def test_imports_by_name_point_the_same_way() -> None:
    """A name in a string is held to the rule as well, and must be written out, but for the one renderer that is known.

    Who may see everything, may find it by any name.
    """
    found = set()
    for module in modules():
        if "stage" in MAY_IMPORT[module.room]:
            continue
        seen = {module.room, *MAY_IMPORT[module.room]}
        for node in ast.walk(module.tree):
            match node:
                case ast.Call(func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module")):
                    name = node.args[0]
                    parts = str(name.value).split(".") if isinstance(name, ast.Constant) else []
                    if parts[:1] != ["game"] or parts[1] not in seen:
                        found.add((module.name, ast.unparse(name)))
    assert found == FOUND_BY_NAME


def test_the_environment_finds_its_renderer_inside_render_alone() -> None:
    """One name, in one place, which `render` alone asks; and that picture is a part of the stage."""
    (env,) = (module for module in modules_of("lab") if module.name == "game.lab.gym_env")
    functions = [node for node in ast.walk(env.tree) if isinstance(node, ast.FunctionDef)]
    named = {
        name: [f.name for f in functions if name in {n.id for n in ast.walk(f) if isinstance(n, ast.Name)}]
        for name in ("_PICTURE", "import_module", "_new_picture")
    }
    assert named == {"_PICTURE": ["_new_picture"], "import_module": ["_new_picture"], "_new_picture": ["render"]}
    assert gym_env._PICTURE == "game.stage.flight_picture"


def test_packages_hold_a_docstring_only() -> None:
    """An `__init__` that imports would make a room cost all its modules; it says what the room is for, no more."""
    wrong = []
    for module in modules():
        if module.path.name != "__init__.py":
            continue
        body = module.tree.body
        only_text = len(body) == 1 and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
        if not only_text:
            wrong.append(module.at(1))
    assert not wrong, f"more than a docstring in {wrong}"


def test_headless_rooms_load_no_pygame() -> None:
    """A fresh process that imports every headless module has not loaded pygame."""
    names = [module.name for module in modules_of(*HEADLESS)]
    code = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        "sys.exit('pygame was loaded' if 'pygame' in sys.modules else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_flying_headless_loads_what_it_needs() -> None:
    """`skycrane fly` into a pipe needs no picture, no ornament, no other command and no file, so it pays for none."""
    code = (
        "import sys\n"
        "from game.cli import main\n"
        "code = main(['fly', 'sky-crane'])\n"
        f"loaded = {set(NOT_FOR_A_FLIGHT)!r} & set(sys.modules)\n"
        "sys.exit(f'loaded {loaded}' if loaded else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
