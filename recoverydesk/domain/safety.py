"""Somebody was hurt, or could be: what comes before everything else."""

from recoverydesk.domain.case import Stage
from recoverydesk.domain.follow_up import MAKES_SAFE, Act, Anchor, Unit
from recoverydesk.domain.playbook import Step

MAKE_SAFE = Step(
    key=MAKES_SAFE,
    title="Make it safe, now: {name}",
    act=Act.FIX,
    stage=Stage.LISTEN,
    anchor=Anchor.OPENED,
    offset=0,
    unit=Unit.OPEN_HOURS,
    timed=True,
    coach="See to whoever is hurt. Stop it from hurting anybody else: close it off, take it off"
    " the shelf, switch it off. Keep what caused it, take a photo, note who saw it. Then tell your"
    " insurer, and the authority where your rules ask for it.",
    say="Are you all right? Let's look after you first; everything else can wait.",
    not_say="Did you follow the instructions?",
    source="practice",
)
"""Stands first in the plan of a case that is about somebody's safety."""
