"""A flight is a pure function of its spec, its seed and its commands: what the pure rooms may not touch."""

from __future__ import annotations

import ast
import sys

import pytest

from tests.architecture.rooms import GYM, MAY_IMPORT, Module, modules_of

PURE = ("sim", "scoring", "report", "cues", "pilots")
CLOCKS = frozenset({"time", "datetime", "calendar", "sched", "timeit"})
OUTSIDE = frozenset({
    "asyncio", "atexit", "concurrent", "ctypes", "fileinput", "glob", "io", "locale", "logging", "mmap",
    "multiprocessing", "os", "pathlib", "pickle", "platform", "secrets", "select", "shelve", "shutil", "signal",
    "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "urllib", "uuid", "warnings", "weakref",
})  # fmt: skip
CALLS = frozenset({"print", "open", "input", "exec", "eval", "compile", "breakpoint", "id", "hash"})
UNSTABLE_DRAWS = frozenset({
    "betavariate", "choice", "choices", "expovariate", "gammavariate", "gauss", "getrandbits", "lognormvariate",
    "normalvariate", "paretovariate", "randbytes", "randint", "randrange", "sample", "shuffle", "triangular", "uniform",
    "vonmisesvariate", "weibullvariate",
})  # fmt: skip

GYM_OBSERVATION, GYM_REWARD = "game.lab.gym_observation", "game.lab.gym_reward"


def _forbidden_imports(module: Module, forbidden: frozenset[str]) -> list[str]:
    return [
        f"{module.at(line)}: imports {target}"
        for line, target in module.imports()
        if target.partition(".")[0] in forbidden
    ]


def test_sim_knows_only_the_standard_library_and_pymunk() -> None:
    """Whatever else the game uses, a flight can be flown without it."""
    allowed = sys.stdlib_module_names | {"game", "pymunk"}
    wrong = [
        f"{module.at(line)}: imports {target}"
        for module in modules_of("sim")
        for line, target in module.imports()
        if target.partition(".")[0] not in allowed
    ]
    assert not wrong, "\n".join(wrong)


def test_what_checks_the_game_is_no_part_of_it() -> None:
    """NumPy and SciPy are the independent integrator's: the game comes without them. Gymnasium brings NumPy along."""
    checkers = frozenset({"numpy", "scipy"})
    game = (module for module in modules_of(*MAY_IMPORT) if module.name not in GYM)
    wrong = [text for module in game for text in _forbidden_imports(module, checkers)]
    assert not wrong, "\n".join(wrong)


def test_gymnasium_is_the_environments_alone() -> None:
    """Whoever flies without it needs none of it. The benchmark's lander is a program of its own."""
    wrong = [
        text
        for module in modules_of(*MAY_IMPORT)
        if module.name not in {*GYM, "game.lab.lander_rounds"}
        for text in _forbidden_imports(module, frozenset({"gymnasium"}))
    ]
    assert not wrong, "\n".join(wrong)


def test_pure_rooms_reach_nothing_outside() -> None:
    """No clock, no file, no process, no environment in the rooms that decide a flight or speak about it."""
    wrong = [text for module in modules_of(*PURE) for text in _forbidden_imports(module, CLOCKS | OUTSIDE)]
    for module in modules_of(*PURE):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                wrong.append(f"{module.at(node.lineno)}: calls {node.func.id}()")
    assert not wrong, "\n".join(wrong)


def test_content_reads_files_but_no_clock() -> None:
    """A level is the same at any hour."""
    wrong = [text for module in modules_of("content") for text in _forbidden_imports(module, CLOCKS)]
    assert not wrong, "\n".join(wrong)


def test_randomness_comes_from_named_streams_only() -> None:
    """No global generator; of a generator of one's own only random(), which alone is stable across Python versions."""
    wrong = []
    for module in modules_of(*PURE, "content"):
        for line, target in module.imports():
            if target.startswith("random.") and target != "random.Random":
                wrong.append(f"{module.at(line)}: imports {target}")
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Attribute):
                continue
            of_the_module = isinstance(node.value, ast.Name) and node.value.id == "random" and node.attr != "Random"
            if of_the_module or node.attr in UNSTABLE_DRAWS:
                wrong.append(f"{module.at(node.lineno)}: draws by {node.attr}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("room", ["pilots", "cues"])
def test_whoever_flies_sees_nav_only(room: str) -> None:
    """Pilots and cues know what the craft measures; the true state is for cameras and logs."""
    wrong = [text for module in modules_of(room) for text in _truths(module)]
    assert not wrong, "\n".join(wrong)


def test_what_an_agent_sees_and_is_paid_on_the_way_is_of_nav() -> None:
    """The environment's observation and potential are given a Nav; they know neither the truth nor a flight."""
    parts = [module for module in modules_of("lab") if module.name in {GYM_OBSERVATION, GYM_REWARD}]
    assert len(parts) == 2
    wrong = [text for module in parts for text in (*_truths(module), *_named(module, {"Flight", "flight"}))]
    assert not wrong, "\n".join(wrong)


def _truths(module: Module) -> list[str]:
    return _named(module, {"Truth", "snapshot", "Pose"})


def _named(module: Module, names: set[str]) -> list[str]:
    """Where a module uses any of these names, itself or of something; a module `game.sim.snapshot` has another name."""
    wrong = []
    for node in ast.walk(module.tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                if name in names:
                    wrong.append(f"{module.at(node.lineno)}: uses {name}")
    return wrong
