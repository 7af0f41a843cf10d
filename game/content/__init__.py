"""Levels, sites, vehicles and words: files in, frozen values out. Bad files get clear sentences, never a traceback."""
