"""The commands, a file each, found by its name: they parse words, wire the rooms together and hold no rule.

What a command needs is imported when it is asked for, so that none pays for another.
"""
