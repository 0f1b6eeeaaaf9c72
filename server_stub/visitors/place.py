"""Where in its play a visitor is."""

from server_stub.plays.play import (
    END,
    Listen,
    Play,
    Scene,
    Step,
)

LEAPS = 50
"""So many scenes at one moment are a play that turns in a circle: it ends."""


class Place:
    """A finger on the script: at a step, at a listening, or past the end."""

    __slots__ = ("_index", "_leaps", "_play", "_scene")

    def __init__(self, play: Play, scene: Scene) -> None:
        self._play = play
        self._scene = scene
        self._index = -1
        self._leaps = 0

    @property
    def scene(self) -> str:
        """The name of the scene it is in."""
        return self._scene.name

    def time_passed(self) -> None:
        """The moment is another one: leaps are counted from 0."""
        self._leaps = 0

    def on(self) -> Step | Listen | None:
        """Move on to what comes next; None: the play is over."""
        self._index += 1
        if self._index < len(self._scene.steps):
            return self._scene.steps[self._index]
        then = self._scene.then
        return then if isinstance(then, Listen) else self.leap(then.to)

    def back(self) -> None:
        """Stay: what comes next is once more where it is now."""
        self._index -= 1

    def leap(self, to: str) -> Step | Listen | None:
        """Move to the beginning of a scene; None: the play is over."""
        self._leaps += 1
        if to == END or self._leaps > LEAPS:
            return None
        self._scene = self._play.scenes[to]
        self._index = -1
        return self.on()
