"""Preferences in the settings file: written where changed, read strictly, beside bindings and without them."""

from __future__ import annotations

import os
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from game.content.errors import ContentError
from game.content.texts import DEFAULT_LANGUAGE, languages, load_texts
from game.content.units import Units
from game.record.files import OutputError
from game.record.preferences import (
    NAMES,
    TABLES,
    VOLUMES,
    Pace,
    Palette,
    Preferences,
    TextSize,
    choices,
    stepped,
)
from game.record.settings import DEFAULTS, Control, Device, Keeper, Settings, parse_settings, settings_text

CHANGED = Preferences(
    pace=Pace.REAL_TIME, text_size=TextSize.LARGEST, palette=Palette.HIGH_CONTRAST, reduced_motion=True,
    units=Units.US, master=73, music=0,
)  # fmt: skip


def any_key(device: Device, name: str) -> bool:
    return True


def _read(text: str) -> Settings:
    return parse_settings(text, "settings.toml", any_key)


def test_what_is_written_is_read_again_with_bindings_and_without() -> None:
    """Every kind of value; the file holds what differs from the defaults and nothing else."""
    for settings in (
        replace(DEFAULTS, preferences=CHANGED),
        replace(DEFAULTS, preferences=CHANGED).binding(Device.PAD, Control.ACTION, ("button 3",)),
    ):
        assert _read(settings_text(settings)) == settings
    written = tomllib.loads(settings_text(replace(DEFAULTS, preferences=CHANGED)))
    assert written == {
        "flight": {"pace": "real_time"},
        "look": {"text_size": "largest", "palette": "high_contrast", "reduced_motion": True},
        "words": {"units": "us"},
        "sound": {"master": 73, "music": 0},
    }
    assert tomllib.loads(settings_text(DEFAULTS)) == {}


@pytest.mark.parametrize("name", NAMES)
def test_every_value_that_can_be_chosen_is_kept(name: str) -> None:
    """One after the other, by itself."""
    for value in choices(name):
        settings = replace(DEFAULTS, preferences=replace(Preferences(), **{name: value}))
        assert _read(settings_text(settings)) == settings


def test_a_file_of_an_older_version_stays_valid() -> None:
    """Bindings alone, as before there were preferences: those are the defaults."""
    settings = _read('[keyboard]\nright = ["j"]\n')
    assert settings.bound(Device.KEYBOARD) == {Control.RIGHT: ("j",)}
    assert settings.preferences == Preferences()


def test_a_new_binding_keeps_the_preferences() -> None:
    """Nor do preferences touch the bindings."""
    settings = replace(DEFAULTS, preferences=CHANGED).binding(Device.KEYBOARD, Control.LEFT, ("j",))
    assert settings.preferences == CHANGED
    assert settings.bound(Device.KEYBOARD) == {Control.LEFT: ("j",)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("flight = 3", "flight: must be a table of settings"),
        ("[flight]\nspeed = 2", "flight.speed: there is no such setting"),
        ("[sound]\npace = 2", "sound.pace: there is no such setting"),
        ('[flight]\npace = "fast"', 'flight.pace: must be "as_level" or "real_time", not "fast"'),
        ("[flight]\npace = true", 'flight.pace: must be "as_level" or "real_time", not true'),
        ("[flight]\npace = nan", 'flight.pace: must be "as_level" or "real_time", not nan'),
        ("[sound]\nmaster = nan", "sound.master: must be a whole number from 0 to 100, not nan"),
        ("[sound]\nmaster = inf", "sound.master: must be a whole number from 0 to 100, not inf"),
        ("[sound]\nmaster = 50.0", "sound.master: must be a whole number from 0 to 100, not 50.0"),
        ("[sound]\nmaster = true", "sound.master: must be a whole number from 0 to 100, not true"),
        ("[sound]\nmusic = 101", "sound.music: must be a whole number from 0 to 100, not 101"),
        ("[sound]\nvoices = -1", "sound.voices: must be a whole number from 0 to 100, not -1"),
        ('[sound]\neffects = "50"', 'sound.effects: must be a whole number from 0 to 100, not "50"'),
        ("[look]\nreduced_motion = 1", "look.reduced_motion: must be false or true, not 1"),
        ('[look]\nreduced_motion = "yes"', 'look.reduced_motion: must be false or true, not "yes"'),
        ('[look]\ntext_size = "huge"', 'look.text_size: must be "normal", "large" or "largest", not "huge"'),
        ("[look]\ntext_size = 1.3", 'look.text_size: must be "normal", "large" or "largest", not 1.3'),
        ('[look]\npalette = ["standard"]', 'look.palette: must be "standard", "colour_blind" or "high_contrast", not'),
        ('[words]\nunits = "imperial"', 'words.units: must be "metric" or "us", not "imperial"'),
        ('[words]\nlanguage = "tlh"', "words.language: must be"),
        ('[words]\nlanguage = "../en"', "words.language: must be"),
        (f'[flight]\npace = "{"x" * 5000}"', 'flight.pace: must be "as_level" or "real_time", not "xxx'),
    ],
)  # fmt: skip
def test_a_bad_value_is_told_with_file_and_key(text: str, told: str) -> None:
    """One sentence that says what it must be, short whatever stood there."""
    with pytest.raises(ContentError) as error:
        _read(text)
    (problem,) = error.value.problems
    assert problem.startswith(f"settings.toml: {told}")
    assert len(problem) < 160


def test_all_faults_of_all_tables_are_told_at_once() -> None:
    """Of bindings too."""
    with pytest.raises(ContentError) as error:
        _read('[keyboard]\nwarp = ["x"]\n[sound]\nmaster = 101\nmusic = nan\n[look]\npalette = 1\n')
    assert len(error.value.problems) == 4


def test_volumes_go_in_steps_and_stop_at_their_ends() -> None:
    """From any whole number to the next full ten; only who asks for it goes round."""
    assert [stepped(Preferences(master=73), "master", way, around=False).master for way in (1, -1)] == [80, 70]
    assert [stepped(Preferences(master=70), "master", way, around=False).master for way in (1, -1)] == [80, 60]
    assert stepped(Preferences(master=100), "master", 1, around=False).master == 100
    assert stepped(Preferences(master=0), "master", -1, around=False).master == 0
    assert stepped(Preferences(master=100), "master", 1, around=True).master == 0
    assert stepped(Preferences(master=97), "master", 1, around=False).master == 100


def test_choices_go_round_and_reach_every_value() -> None:
    """Both ways."""
    for name in (each for each in NAMES if each not in VOLUMES):
        for way in (1, -1):
            now, seen = Preferences(), []
            for _ in choices(name):
                now = stepped(now, name, way, around=True)
                seen.append(getattr(now, name))
            assert set(seen) == set(choices(name))
            assert now == Preferences()


def test_every_preference_has_a_place_and_its_words() -> None:
    """In the file one table each; on the screen a name, a line on what it does, and words for each value."""
    assert sorted(NAMES) == sorted(name for names in TABLES.values() for name in names)
    texts = load_texts()
    for name in NAMES:
        assert texts.get(f"setting.{name}")
        assert texts.get(f"setting_about.{name}")
        if name not in VOLUMES and name != "language":
            assert all(f"setting_value.{str(value).lower()}" in texts for value in choices(name))


def test_languages_are_the_files_of_texts_and_each_says_its_name() -> None:
    """The default is the first of them."""
    assert languages()[0] == DEFAULT_LANGUAGE
    assert all("language.name" in load_texts(language) for language in languages())


def test_a_crash_between_two_changes_loses_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second write dies before its file has taken the place of the first: the first is read again, whole."""
    path = tmp_path / "settings.toml"
    keeper = Keeper(path)
    first = replace(DEFAULTS, preferences=replace(CHANGED, palette=Palette.COLOUR_BLIND))
    keeper.save(first)

    def dies(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", dies)
    with pytest.raises(OutputError):
        keeper.save(replace(DEFAULTS, preferences=CHANGED))
    again = Keeper(path)
    again.load(any_key)
    assert (again.settings, again.file.problems) == (first, ())
