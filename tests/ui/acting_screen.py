"""A screen that only remembers what it was asked to do."""

from textual.screen import Screen


class ActingScreen(Screen[None]):
    def __init__(self) -> None:
        super().__init__()
        self.acts: list[str] = []

    def action_do(self, name: str) -> None:
        self.acts.append(name)
