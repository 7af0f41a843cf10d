"""Files of flown flights: strict like levels, and every fault named at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.content import flown as room
from game.content.errors import ContentError
from game.content.flown import FlownFigure, flown_ids, flown_on, load_flown
from game.content.levels import level_ids

HEAD = 'schema = 1\nkind = "flown"\nid = "hop"\ntitle = "A hop"\nlevel = "jezero"\n'


@pytest.fixture
def hop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is found as the flown flight `hop`."""
    folder = tmp_path / "levels" / "flown"
    folder.mkdir(parents=True)
    monkeypatch.setattr(room, "data_root", lambda: tmp_path)
    return folder / "hop.toml"


def faults(file: Path, text: str) -> tuple[str, ...]:
    file.write_text(HEAD + text, "utf-8")
    with pytest.raises(ContentError) as caught:
        load_flown("hop")
    return caught.value.problems


@pytest.mark.parametrize("flight_id", flown_ids())
def test_every_flown_flight_is_valid_and_has_its_level(flight_id: str) -> None:
    """It loads, and its level is one that can be flown."""
    flight = load_flown(flight_id)
    assert flight.level in level_ids()
    assert flown_on(flight.level) == flight


def test_a_level_that_nobody_has_flown_has_none() -> None:
    """The skill levels are games of ours."""
    assert flown_on("parachute") is None


@pytest.mark.parametrize(
    ("figure", "bounds"),
    [
        (FlownFigure(10.0, "x", within=2.0), (8.0, 12.0)),
        (FlownFigure((10.0, 20.0), "x", within=2.0), (8.0, 22.0)),
        (FlownFigure(-10.0, "x", within_percent=10.0), (-11.0, -9.0)),
        (FlownFigure(10.0, "x", between=(9.0, 15.0)), (9.0, 15.0)),
        (FlownFigure(10.0, "x"), None),
    ],
)
def test_a_bound_has_two_ends_around_the_figure(figure: FlownFigure, bounds: tuple[float, float] | None) -> None:
    """So far outside of it, in its own unit or in per cent; or as the file says; or none."""
    assert figure.bounds == (None if bounds is None else pytest.approx(bounds))


def test_all_that_is_wrong_is_said_at_once(hop: Path) -> None:
    """Misspelt quantities, figures without a source and values of the wrong kind, each with file and key."""
    text = '[[moments]]\nname = "mortar"\ntitle = "Mortar"\nmacho = { flown = 1.0, source = "x" }\n'
    text += 'mach = { flown = 1.8 }\nq_pa = { flown = "much", source = "x" }\n'
    problems = faults(hop, text)
    assert all(problem.startswith("levels/flown/hop.toml: ") for problem in problems)
    joined = "\n".join(problems)
    assert "did you mean mach?" in joined
    assert "mach.source" in joined
    assert "q_pa.flown" in joined


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("mach = { flown = 1.8, source = 'x', within = 0.1, within_percent = 5.0 }", "more than one of within"),
        ("mach = { flown = [2.0, 1.0], source = 'x' }", "from its low end to its high one"),
        ("mach = { flown = 1.8, source = 'x', within = -0.1 }", "from its low end to its high one"),
        ("mach = { flown = nan, source = 'x' }", "finite"),
    ],
)
def test_figures_that_make_no_sense_are_refused(hop: Path, text: str, fault: str) -> None:
    """In one sentence each."""
    problems = faults(hop, f'[[moments]]\nname = "mortar"\ntitle = "Mortar"\n{text}\n')
    assert len(problems) >= 1
    assert fault in "\n".join(problems)


def test_a_moment_that_nothing_looks_for_is_refused(hop: Path) -> None:
    """Misspelt, it would be missing in every flight."""
    (problem,) = faults(hop, '[[moments]]\nname = "mortr"\ntitle = "Mortar"\n')
    assert problem == "levels/flown/hop.toml: moments.mortr: is no moment; did you mean mortar?"


def test_a_moment_stands_there_once(hop: Path) -> None:
    """Twice the same would hide one of them."""
    moment = '[[moments]]\nname = "mortar"\ntitle = "Mortar"\n'
    assert faults(hop, moment + moment) == ("levels/flown/hop.toml: moments.mortar: is there twice",)
