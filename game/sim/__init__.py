"""The flight itself: a pure function of a FlightSpec, a seed and one Command per tick.

Only the standard library and pymunk. SI units; x runs down-track, y is up at the target, angles turn
counter-clockwise. Nothing in here knows of a picture, a clock, a file or a global random number.
"""
