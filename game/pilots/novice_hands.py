"""How late, how coarse and how often wrong a first-time person is: the figures of the `novice` pilot, and nothing else.

They stand alone because they were chosen before the novice flew for the first time, from what is known of people and
not from what lands, and are never changed afterwards. When too few novices land, the cues, the controls or the pace
are at fault: these figures are the yardstick, and a yardstick is not filed to fit.

All times are seconds of the person's own time: where the pace of the flight is 8, eight simulated seconds pass in one.
"""

from __future__ import annotations

from typing import Final

# Late. A choice between a few keys takes an untrained adult 0.3 to 0.5 s from the sign to the press (Hick, On the rate
# of gain of information, 1952; Hyman 1953: 0.2 s, and 0.15 s for every bit of choice).
REACTION_S: Final = 0.4

# Coarse in reading. The eye rests 0.2 to 0.3 s on each thing it looks at, and there is more than one thing (Rayner, Eye
# movements in reading and information processing, 1998): four looks a second, and what happens between two is not seen.
LOOK_S: Final = 0.25
# A needle is told from its mark in quarters of the band painted beside it, not finer, and is off the scale at this many
# bands: far off is far off, however far.
READ_GRAIN: Final = 0.25
READ_MOST: Final = 4.0

# Coarse in doing. There are two kinds of press, a tap and a hold; a tap lasts a tenth of a second (keystrokes of people
# who do not type for a living: 0.08 to 0.12 s), a hold until a later look says otherwise.
TAP_S: Final = 0.1

# Wrong. One look in fifty goes wrong, and is noticed a second later: two reactions and a look. Rapid tasks of little
# skill go wrong 0.7 to 4.5 times in a hundred (Williams, HEART, 1986, task E: 0.02).
SLIP_RATE: Final = 0.02
SLIP_S: Final = 1.0
# Of the slips, a third each: the hands go on with what they were at (nothing was seen), they let go (the cue was taken
# for another), or the wrong key is pressed.
SLIP_KINDS: Final = 3

# One call for ACTION in eleven is overlooked for as long as a slip lasts (HEART, task D, a simple task with scant
# attention: 0.09), and one ACTION in fifty is pressed twice, the second a look after the first, because nothing seems
# to have happened.
OVERLOOK_RATE: Final = 0.09
TWICE_RATE: Final = 0.02
