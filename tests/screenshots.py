"""Paints the pictures in `docs/` from a staged desk: `python -m tests.screenshots`."""

import asyncio
import re
from pathlib import Path

from tests.desk_driver import Scene, scene

DOCS = Path(__file__).parent.parent / "docs"
PICTURES = {"desk": ((140, 36), "night", ()), "canned": ((100, 30), "day", ("f3", "a", "p", "o"))}
"""Name, size, theme, and the keys that are pressed once everything stands."""


async def _stage(desk: Scene) -> None:
    """A busy minute: something of everything, and a reply half written."""
    await _answered(
        desk, "Tom Whitfield", "My coffee machine leaks. ☕", "I'm sorry, Tom. Looking now."
    )
    await _answered(desk, "Priya Raman 🌻", "Any news on my refund?", "It is on its way, Priya.")
    await desk.clock.passes(50)
    await desk.visitor("Piet Bakker").says("Hallo?")
    await desk.visitor("Piet Bakker").leaves()
    await desk.visitor("Liisa Virtanen", "fi").says("Kiitos avusta, hyvää päivää!")
    await desk.visitor("Liisa Virtanen", "fi").closes()
    await desk.clock.passes(45)
    tom = desk.visitor("Tom Whitfield", "en")
    await tom.says(
        "Great. Do I get a new one, or will you repair it?", "I need it every morning 😅"
    )
    await desk.clock.passes(50)
    await desk.visitor("Aino Korhonen", "fi").says("Onko tilaus 5512 jo matkalla?")
    await desk.clock.passes(22)
    await desk.visitor("Sanne de Vries").says("Hallo, ik heb de verkeerde jas.", "Maat 38!")
    await desk.clock.passes(11)
    desk.screen.open("c1", write=True)
    await desk.operator.pastes("You get a new one, Tom. I will send you the label soon")
    await tom.types()


async def _answered(desk: Scene, name: str, asked: str, answer: str) -> None:
    await desk.visitor(name, "en").says(asked)
    await desk.operator.presses("f2")
    await desk.operator.pastes(answer)
    await desk.operator.presses("enter")


async def paint(name: str) -> str:
    """The picture as SVG that needs nothing from elsewhere."""
    size, theme, keys = PICTURES[name]
    async with scene(size, theme=theme) as desk:
        await _stage(desk)
        if keys:
            await desk.operator.presses(*keys)
        svg = desk.app.export_screenshot(simplify=True)
    svg = re.sub(r"@font-face\s*{.*?}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", "DejaVu Sans Mono").replace(
        "<text ", '<text xml:space="preserve" '
    )
    return re.sub(r"terminal-\d+", "terminal", svg)


async def main() -> None:
    """Write them all."""
    for name in PICTURES:
        await asyncio.to_thread((DOCS / f"{name}.svg").write_text, await paint(name), "utf-8")


if __name__ == "__main__":
    asyncio.run(main())
