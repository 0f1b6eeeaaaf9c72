import pytest

from operator_tui.desk.canned import CannedReply, known
from operator_tui.desk.drafts import Draft, of
from operator_tui.desk.entries import Canned, Step
from operator_tui.desk.text import SafeLine, SafeText, clean
from operator_tui.ui.widgets.composer import Composer
from tests.ui.test_composer import writing

NAMES = known(clean("Joost Smit", SafeLine), clean("Anna", SafeLine))


def reply(text: str, step: Step | None = None) -> CannedReply:
    return CannedReply("x", "en", clean(text), closing_step=step)


@pytest.mark.parametrize(
    ("before", "asked"), [("", True), ("Hoi ", True), ("Hoi\n", True), ("Hoi", False)]
)
async def test_a_slash_at_a_words_start_asks_for_canned_replies(before: str, asked: bool) -> None:
    async with writing() as (app, composer, hands):
        app.shows("c1", draft=of(before))
        await hands.press("slash")
        assert app.acting.acts == (["canned"] if asked else [])
        assert composer.text == (before if asked else before + "/")


async def test_a_slash_in_a_note_is_a_slash() -> None:
    async with writing() as (app, composer, hands):
        app.shows("c1", note=True)
        await hands.press("slash")
        assert composer.text == "/"


async def test_replies_stack_at_the_cursor_and_replace_nothing() -> None:
    async with writing() as (app, composer, _):
        app.shows("c1", draft=Draft(clean("Een. Twee."), 4))
        composer.insert_reply(reply("Hi {name}."), NAMES)
        assert composer.text == "Een. Hi Joost. Twee."
        composer.insert_reply(reply("Bye."), NAMES)
        assert composer.text == "Een. Hi Joost. Bye. Twee."
        assert app.told(Composer.Submitted) == []


async def test_a_selection_survives_an_inserted_reply() -> None:
    async with writing() as (app, composer, hands):
        app.shows("c1", draft=of("Een twee"))
        await hands.press("shift+left", "shift+left")
        composer.insert_reply(reply("Hi."), NAMES)
        assert composer.text == "Een tw Hi. ee"


async def test_tab_goes_from_blank_to_blank_and_back() -> None:
    async with writing() as (_, composer, hands):
        composer.insert_reply(reply("In {minutes} min or at {time}"), NAMES)
        await hands.press("tab")
        assert composer.selected_text == "{minutes}"
        await hands.press("tab")
        assert composer.selected_text == "{time}"
        await hands.press("tab")
        assert composer.selected_text == "{minutes}"
        await hands.press("shift+tab")
        assert composer.selected_text == "{time}"
        await hands.press(*"16.00", "tab", *"10")
        assert composer.text == "In 10 min or at 16.00"


async def test_tab_without_a_blank_does_nothing() -> None:
    async with writing() as (app, composer, hands):
        app.shows("c1", draft=of("Hoi"))
        await hands.press("tab", "shift+tab")
        assert composer.text == "Hoi"
        assert composer.has_focus


async def test_an_inserted_reply_can_begin_at_its_first_blank() -> None:
    async with writing() as (app, composer, _):
        app.shows("c1", draft=of("Kept {time}."))
        composer.insert_reply(reply("In {minutes} min"), NAMES, select_blank=True)
        assert composer.selected_text == "{minutes}"


async def test_an_unfilled_blank_stops_enter_with_a_reason() -> None:
    async with writing() as (app, composer, hands):
        composer.insert_reply(reply("In {minutes} min"), NAMES)
        await hands.press("enter")
        assert app.told(Composer.Submitted) == []
        assert app.advice.refusal == "Fill in {minutes} first, or delete it."
        await hands.press("5")
        assert app.advice.refusal == ""
        await hands.press("enter")
        assert app.told(Composer.Submitted)[0].text == "In 5 min"


async def test_a_text_tells_which_reply_it_came_from() -> None:
    async with writing() as (app, composer, hands):
        composer.insert_reply(reply("Is it solved, {name}?", 1), NAMES)
        await hands.press("enter")
        (sent,) = app.told(Composer.Submitted)
        assert sent.canned == Canned("x", edited=False, step=1)
        assert sent.steps == (1,)
        composer.accepted()
        await hands.press("a", "enter")
        assert app.told(Composer.Submitted)[1].canned is None


async def test_a_reply_that_does_not_fit_is_refused_whole() -> None:
    async with writing() as (app, composer, hands):
        app.shows("c1", draft=of("a" * (SafeText.characters - 3)))
        composer.insert_reply(reply("Hi {name}."), NAMES)
        await hands.pause()
        assert len(composer.text) == SafeText.characters - 3
        assert "too many" in app.advice.refusal
        assert composer.draft.inserted == ()


async def test_while_a_text_is_on_its_way_no_reply_is_inserted() -> None:
    async with writing() as (app, composer, hands):
        await hands.press(*"Hoi", "enter")
        composer.insert_reply(reply("Hi."), NAMES)
        await hands.pause()
        assert composer.text == "Hoi"
        assert app.advice.refusal
