"""Sources of commands that need no screen: who flies when nobody holds a stick, and how a person's hands are mixed in.

A pilot sees what the craft knows (`Nav`) and hears what happened; it never sees the true state.
"""
