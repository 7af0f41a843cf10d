"""What was flown so far: bests by board, hints after the second same failure, and a file that nothing damages."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.content.errors import ContentError
from game.content.modes import Mode
from game.cues.lessons import Advice, Lesson
from game.record.progress import Progress, parse_progress
from game.sim.events import Reason

SOFTER, CUT = Lesson(Advice.SOFTER), Lesson(Advice.CUT)


def test_only_a_better_flight_is_a_new_best_and_each_board_has_its_own(tmp_path: Path) -> None:
    """And what was kept is read again; one button counts on the Guided board."""
    progress = Progress(tmp_path / "data" / "progress.toml")
    assert progress.best("jezero", Mode.MANUAL) is None
    assert not progress.completed("jezero")
    assert progress.alive("jezero", Mode.MANUAL, 7000)
    assert not progress.alive("jezero", Mode.MANUAL, 7000)
    assert progress.alive("jezero", Mode.MANUAL, 7001)
    assert progress.alive("jezero", Mode.ONE_BUTTON, 12)
    progress.find({"lean", "action"})
    again = Progress(tmp_path / "data" / "progress.toml")
    assert again.best("jezero", Mode.MANUAL) == 7001
    assert again.best("jezero", Mode.GUIDED) == again.best("jezero", Mode.ONE_BUTTON) == 12
    assert again.best("jezero", Mode.RAW) is None
    assert again.completed("jezero")
    assert again.found("lean")
    assert not again.found("reel")
    assert again.file.problems == ()


def test_a_hint_is_due_after_the_second_same_failure_and_not_before() -> None:
    """In a row and on the same level; another failure or a landing begins anew."""
    progress = Progress()
    progress.lost("sky-crane", Reason.WHEELS_BROKEN, SOFTER)
    assert progress.hint_for("sky-crane") is None
    progress.lost("jezero", Reason.WHEELS_BROKEN, SOFTER)
    progress.lost("sky-crane", Reason.WHEELS_BROKEN, SOFTER)
    assert progress.hint_for("sky-crane") == SOFTER
    assert progress.hint_for("jezero") is None
    progress.lost("sky-crane", Reason.BRIDLE_NOT_CUT, CUT)
    assert progress.hint_for("sky-crane") is None
    progress.lost("sky-crane", Reason.BRIDLE_NOT_CUT, CUT)
    assert progress.hint_for("sky-crane") == CUT
    progress.alive("sky-crane", Mode.GUIDED, 5)
    assert progress.hint_for("sky-crane") is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("best = 3", "progress.toml: best: is nothing that progress is made of"),
        ("[best]\njezero = 3", "progress.toml: best.jezero: must be a level with a table of its boards"),
        ("[best.jezero]\neasy = 3", "progress.toml: best.jezero.easy: there is no such board"),
        ("[best.jezero]\nmanual = 10001", "progress.toml: best.jezero.manual: must be points, from 0 to 10000"),
        ("[best.jezero]\nmanual = true", "progress.toml: best.jezero.manual: must be points, from 0 to 10000"),
        ("[best.jezero]\nmanual = nan", "progress.toml: best.jezero.manual: must be points, from 0 to 10000"),
        ("controls = 4", "progress.toml: controls: must be a list of controls"),
        ("controls = ['A b']", "progress.toml: controls: must be a list of controls"),
        ("wings = 2", "progress.toml: wings: is nothing that progress is made of"),
        ("best = ", "progress.toml: is no TOML: "),
    ],
)
def test_a_bad_file_is_set_aside_with_a_sentence_and_nothing_is_lost(tmp_path: Path, text: str, sentence: str) -> None:
    """The file lies there under another name, to the letter; what follows is kept in a new one."""
    with pytest.raises(ContentError) as caught:
        parse_progress(text, "progress.toml")
    assert caught.value.problems[0].startswith(sentence)
    path = tmp_path / "progress.toml"
    path.write_text(text, encoding="utf-8")
    progress = Progress(path)
    assert progress.file.problems[0].startswith(sentence)
    assert progress.file.set_aside == tmp_path / "progress.bad.toml"
    assert (tmp_path / "progress.bad.toml").read_text(encoding="utf-8") == text
    assert progress.alive("gale", Mode.GUIDED, 3)
    assert Progress(path).best("gale", Mode.GUIDED) == 3


def test_what_cannot_be_kept_counts_until_the_game_ends_and_says_so(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "data").write_text("in the way", encoding="utf-8")
    progress = Progress(tmp_path / "data" / "progress.toml")
    assert progress.alive("jezero", Mode.MANUAL, 7000)
    assert progress.best("jezero", Mode.MANUAL) == 7000
    assert "data" in progress.unsaved
    assert (tmp_path / "data").read_text(encoding="utf-8") == "in the way"
