"""A session with a page for visitors, Anna at her desk, and Noor who looks at coats."""

from collections.abc import AsyncIterator

import pytest

from tests.server_stub.guests.visited import Page, Visited, anna_at_work, page, visited
from tests.server_stub.serving import Client


@pytest.fixture
async def server() -> AsyncIterator[Visited]:
    async with visited() as served:
        yield served


@pytest.fixture
async def anna(server: Visited) -> AsyncIterator[Client]:
    async with anna_at_work(server) as client:
        yield client


@pytest.fixture
async def noor(server: Visited, anna: Client) -> AsyncIterator[Page]:
    async with page(server) as visitor:
        await visitor.comes()
        yield visitor
