from operator_tui.desk.states import Indicator
from tests.desk_driver import scene


async def test_a_new_visitor_is_answered_with_two_keys_and_the_words() -> None:
    async with scene() as desk:
        await desk.visitor("Sanne de Vries").says("Waar is mijn bestelling?")
        desk.list.shows("Sanne de Vries", Indicator.NEW)
        desk.sees("Sanne de Vries", "answer now", "0:30")

        await desk.operator.presses("f2")
        desk.sees("Waar is mijn bestelling?", "to Sanne de Vries")
        await desk.operator.types("Ik zoek het op, Sanne.")
        await desk.operator.presses("enter")

        desk.server.received("Ik zoek het op, Sanne.")
        desk.list.shows("Sanne de Vries", Indicator.NEUTRAL)
        desk.sees("Ik zoek het op, Sanne.", "sent ✓")
