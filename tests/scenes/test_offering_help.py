from msgspec import structs

from operator_tui.desk.browsing import Browsing, Invitation, Suggestion
from operator_tui.desk.commands import Command, InviteVisitor
from operator_tui.desk.entries import NO_LINE, Canned
from operator_tui.desk.signals import BrowsingSeen
from operator_tui.desk.text import SafeAddress, SafeLine, clean
from tests.desk_driver import FOUR_SIZES, Scene, scene

SAID = "Hi, I'm Anna. Can I help you find something, or answer a question?"
MARIEKE = clean("Marieke", SafeLine)
WHY = Suggestion(clean("stands at the till", SafeLine))


def looks(called: str, desk: Scene, ago: float = 60, **more: object) -> Browsing:
    since = desk.server.now - round(ago * 1000)
    page = clean(f"https://shop.example/{called.lower()}/sofas", SafeAddress)
    one = Browsing(called.lower(), since, since, clean(called, SafeLine), "en", page)
    return structs.replace(one, **more)


async def tells(desk: Scene, *browsing: Browsing) -> None:
    desk.server.signal(BrowsingSeen(browsing))
    await desk.settles()


def row(desk: Scene, name: str) -> str:
    return next(line for line in desk.lines() if f" {name} " in line)


async def test_help_is_offered_with_three_keys_and_the_list_says_so() -> None:
    async with scene() as desk:
        await tells(desk, looks("Nora", desk), looks("Tom", desk, 90, suggested=WHY))
        assert "1 to invite" in desk.status
        await desk.operator.presses("i")
        desk.sees("visitors who look around", "Suggested: stands at the till")
        assert "suggested" in row(desk, "Tom")
        assert "1:30" in row(desk, "Tom")
        await desk.clock.passes(5)
        assert "1:35" in row(desk, "Tom")
        await desk.operator.presses("enter")
        desk.sees("offer help to Tom", SAID, "Enter send the invitation")
        await desk.operator.presses("enter")
        sent = InviteVisitor("tom", clean(SAID), Canned("proactive_open", edited=False))
        assert desk.server.commands == [sent]
        desk.sees("visitors who look around")


async def test_an_invitation_on_its_way_is_seen_at_once_and_not_made_twice() -> None:
    async with scene() as desk:
        desk.server.answers = False
        await tells(desk, looks("Tom", desk, suggested=WHY))
        await desk.operator.presses("i", "enter", "enter")
        assert "invited" in row(desk, "Tom")
        assert "to invite" not in desk.status
        await desk.operator.presses("enter")
        desk.sees("An invitation is waiting already.")
        assert len(desk.server.commands) == 1
        desk.server.says_no("invited_already", "Marieke")
        await desk.settles()
        desk.sees("Marieke has offered help already.")


async def test_the_words_can_be_changed_and_no_gap_goes_out() -> None:
    async with scene() as desk:
        await tells(desk, looks("Tom", desk))
        await desk.operator.presses("i", "enter", "down")
        desk.sees("I see you're looking at {topic}.")
        await desk.operator.presses("enter")
        desk.sees("Fill in {topic} first, or delete it.")
        await desk.operator.presses("tab")
        await desk.operator.types("sofas")
        await desk.operator.presses("up", "down", "enter")
        (sent,) = desk.server.commands
        assert isinstance(sent, InviteVisitor)
        assert sent.text.startswith("Hi, I'm Anna. I see you're looking at sofas.")
        assert sent.canned == Canned("proactive", edited=True)


async def test_an_empty_invitation_is_none() -> None:
    async with scene() as desk:
        await tells(desk, looks("Tom", desk))
        await desk.operator.presses("i", "enter", "ctrl+u", "enter")
        desk.sees("There is nothing to send yet.")
        await desk.operator.pastes("Hello!")
        await desk.operator.presses("enter")
        assert [type(one) for one in desk.server.commands] == [InviteVisitor]


async def test_escape_goes_back_step_by_step_and_the_draft_stays() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await desk.operator.types("Moment")
        await tells(desk, looks("Nora", desk, 90), looks("Tom", desk))
        await desk.operator.presses("escape", "i", "down", "enter", "escape")
        desk.sees("visitors who look around")
        assert "▌" in row(desk, "Tom")
        await desk.operator.presses("escape")
        desk.sees_no("visitors who look around")
        assert desk.composer.text == "Moment"


async def test_the_bar_stays_with_its_visitor_while_others_come_and_go() -> None:
    async with scene() as desk:
        tom = looks("Tom", desk, 30)
        await tells(desk, looks("Nora", desk), tom)
        await desk.operator.presses("i", "j")
        await tells(desk, looks("Eva", desk, 600), looks("Nora", desk), tom)
        assert "▌" in row(desk, "Tom")
        await tells(desk, looks("Eva", desk, 600), tom)
        await desk.operator.presses("enter")
        desk.sees("offer help to Tom")
        await tells(desk)
        await desk.operator.presses("enter")
        desk.sees("Tom is not looking around any more.")
        await desk.operator.presses("escape")
        desk.sees("Nobody is looking around without chatting now.")


async def test_who_cannot_take_anybody_cannot_invite_and_is_told_why() -> None:
    async with scene() as desk:
        await tells(desk, looks("Tom", desk), looks("Eva", desk, invited=invited(desk)))
        await desk.operator.presses("f9", "i", "enter")
        desk.sees("You are away. F9: available again.")
        await desk.operator.presses("down", "enter")
        desk.sees("An invitation is waiting already.", "Marieke offered help 0:09 ago.")
        await desk.operator.presses("escape", "f9")
        for n in range(12):
            await desk.visitor(f"v{n}").says("Hoi")
        await desk.operator.presses("i", "enter")
        desk.sees("You have no place free for another visitor.")


def invited(desk: Scene) -> Invitation:
    return Invitation(MARIEKE, desk.server.now - 9_000)


async def test_with_nobody_to_invite_the_key_says_so() -> None:
    async with scene() as desk:
        await desk.operator.presses("i")
        assert desk.advice == "Nobody is looking around without chatting now."
        await tells(desk, looks("Tom", desk))
        assert "to invite" not in desk.status
        await desk.operator.presses("i", "i")
        desk.sees_no("visitors who look around")


async def test_the_sheets_stand_at_every_size_with_names_of_every_width() -> None:
    for size in FOUR_SIZES:
        async with scene(size) as desk:
            many = [looks(f"V{n}", desk, n, suggested=WHY if n % 2 else None) for n in range(30)]
            wide = looks("Wide", desk, 9_000, name=clean("王小明😀" * 20, SafeLine))
            await tells(desk, *many, wide, looks("Nameless", desk, name=NO_LINE))
            await desk.operator.presses("i")
            desk.sees("visitors who look around", "suggested", "more")
            await desk.operator.presses("enter")
            desk.sees("offer help to V29", "Can I help you")


async def test_every_command_of_proactive_chat_is_one_of_the_desk() -> None:
    async with scene() as desk:
        await tells(desk, looks("Tom", desk))
        await desk.operator.presses("f1")
        await desk.operator.types("offer help")
        desk.sees("visitors who look around: offer help to one")
        await desk.operator.presses("enter")
        desk.sees("1:00 on the website")
        commands: list[Command] = desk.server.commands
        assert commands == []


async def test_a_long_name_has_the_room_that_nothing_else_wants() -> None:
    async with scene((80, 24)) as desk:
        await tells(desk, looks("Priscilla Vandenberghe", desk))
        await desk.operator.presses("i")
        desk.sees("Priscilla Vandenberghe", "1:00 on the website, 1:00 on this page.")
