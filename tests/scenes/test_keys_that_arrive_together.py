"""Over a slow line many keys arrive in one read: each must do what it would have done alone."""

from operator_tui.desk.kept import DraftKey
from tests.desk_driver import SIGNS, Scene, scene

NAMES = {sign: name for name, sign in SIGNS.items()}


async def two_chats(desk: Scene) -> None:
    await desk.visitor("Aino").says("Missä tilaukseni on?")
    await desk.clock.passes(1)
    await desk.visitor("Bram").says("Waar is mijn bestelling?")


async def at_once(desk: Scene, *keys: str) -> None:
    desk.operator.sends(*keys)
    await desk.settles()


async def test_keys_typed_before_the_switch_stay_with_the_old_chat() -> None:
    async with scene() as desk:
        await two_chats(desk)
        await desk.operator.presses("f2")
        await at_once(desk, *"foo", "f2", *"bar")
        desk.sees("to Bram")
        assert desk.composer.text == "bar"
        await at_once(desk, *"!", "ctrl+up", *"?")
        desk.sees("to Aino")
        assert desk.composer.text == "foo?"
        assert desk.server.commands == []


async def test_what_is_typed_for_colleagues_never_reaches_the_visitor() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await at_once(desk, *"hoi", "f7", *"boos!", "enter", "f7", "enter")
        desk.server.received("hoi")
        assert [note.text for note in desk.server.notes] == ["boos!"]


async def test_letters_for_a_reply_do_nothing_in_the_list() -> None:
    async with scene() as desk:
        await two_chats(desk)
        await at_once(desk, "j", "enter", *"dax")
        desk.sees("to Bram")
        assert desk.composer.text == "dax"
        await at_once(desk, "escape", "k", "o", *"t")
        desk.sees("to Aino")
        assert desk.composer.text == "t"
        await at_once(desk, "escape", "u", *"e")
        desk.sees("to Bram")
        assert desk.composer.text == "daxe"
        assert desk.server.commands == []


async def test_letters_for_the_list_are_not_sent_to_a_visitor() -> None:
    async with scene() as desk:
        await two_chats(desk)
        await desk.operator.presses("f2")
        await at_once(desk, *"hoi", "escape", "j", "enter", "escape", "k", "enter")
        assert desk.server.commands == []
        desk.sees("to Aino")
        assert desk.composer.text == "hoi"


async def test_a_search_among_canned_replies_is_not_sent_to_a_visitor() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        for key in ("f3", "slash"):
            await at_once(desk, key, *"ask_order", "enter", *"ok")
            assert desk.composer.text.startswith("Heb je het bestelnummer")
            assert desk.composer.text.endswith("ok")
            desk.composer.select_all()
            await desk.operator.presses("delete")
        assert desk.server.commands == []
        await at_once(desk, "f3", *"empathy", "enter", "enter", *"zo")
        desk.server.received(
            "Ik snap dat je hiervan baalt, dat zou ik ook doen. Dit kan ik nu voor je doen."
        )
        assert desk.composer.text == "zo"
        await at_once(desk, "f4", *"een goed briefje", "escape", *"en")
        assert desk.composer.text.endswith("en")


async def test_corrections_fall_where_they_were_meant() -> None:
    async with scene() as desk:
        await desk.open_with("Aino")
        await at_once(desk, *"hio", "backspace", "backspace", *"oi", "home", *"A", "delete", *"h")
        assert desk.composer.text == "Ahoi"


async def test_of_many_keys_only_the_words_are_kept_one_by_one() -> None:
    async with scene() as desk:
        aino = await desk.open_with("Aino")
        looks = 0
        show = desk.screen.show_hints

        def counted() -> None:
            nonlocal looks
            looks += 1
            show()

        desk.screen.show_hints = counted  # type: ignore[method-assign]
        text = "Ik kijk het na en ik laat het je zo snel mogelijk weten"
        await at_once(desk, *(NAMES.get(sign, sign) for sign in text))
        assert desk.composer.text == text
        assert looks < len(text) / 2
        assert "zo snel mogelijk" in desk.advice
        await desk.screen.keeping.flush()
        assert (await desk.screen.setup.drafts.load(DraftKey(aino.chat))).text == text
