"""How each kind of move changes what is reserved and what is called off."""

from dataclasses import dataclass
from typing import Final

from app.frameworks.rules_ceiling import CeilingMove


@dataclass(frozen=True, slots=True)
class Step:
    """How one kind of move changes the two pairs of columns."""

    move: CeilingMove
    reserved: int
    called_off: int

    @property
    def undone(self) -> "Step":
        return Step(self.move, -self.reserved, -self.called_off)


RESERVE: Final = Step(CeilingMove.RESERVE, reserved=1, called_off=0)
CALL_OFF: Final = Step(CeilingMove.CALL_OFF, reserved=-1, called_off=1)
RELEASE: Final = Step(CeilingMove.RELEASE, reserved=-1, called_off=0)
RETURN: Final = Step(CeilingMove.RETURN, reserved=0, called_off=-1)
OPENING: Final = Step(CeilingMove.OPENING, reserved=0, called_off=1)
CORRECT: Final = Step(CeilingMove.CORRECT, reserved=0, called_off=1)
