"""The score book: every flight with its record, the boards, the daily try and the diary, in one SQLite file."""
