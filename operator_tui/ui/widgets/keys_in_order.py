"""Keys are done in the order in which they were pressed, whoever has the focus by then."""

from textual import events
from textual.widget import Widget

GIVES_WAY_FOR = 0.5
"""Seconds that a pane waits at most for the focus to go elsewhere: no key is ever held for good."""


class KeysInOrder(Widget):
    """A pane that keeps the order of keys that arrive together, as they do over a slow line.

    Textual looks a binding up only when its key has bubbled up to the app: until then the keys
    behind it are typed, and stay with the pane that had the focus when they arrived. So what was
    meant for one visitor could go to another.
    """

    _held: list[events.Key] | None = None

    def give_way(self) -> None:
        """This pane has done its work: keys that come now are for whoever gets the focus next."""
        self._held = []
        self.set_timer(GIVES_WAY_FOR, self._go_on)

    def _go_on(self) -> None:
        """Nobody took the focus: the keys are this pane's again, those that waited first."""
        held, self._held = self._held, None
        if self.has_focus:
            for key in held or ():
                self.post_message(key)

    async def on_event(self, event: events.Event) -> None:
        """A key that comes when the focus has moved on is passed on to where it is now."""
        focused = self.screen.focused if isinstance(event, events.Key | events.Blur) else None
        if isinstance(event, events.Blur) and focused is not None:
            for key in self._held or ():
                focused.post_message(key)
        if not isinstance(event, events.Key):
            await super().on_event(event)
        elif focused is not None and focused is not self:
            focused.post_message(event)
        elif self._held is not None:
            self._held.append(event)
        else:
            await super().on_event(event)

    async def _on_key(self, event: events.Key) -> None:
        """What this pane binds it does itself, and at once."""
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            event.stop()
            event.prevent_default()
            await self.run_action(binding.action)
