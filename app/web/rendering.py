"""Heavy documents for a request: in a thread of their own, one after the other."""

from collections.abc import Callable

import anyio
import anyio.to_thread
from fastapi import Request


async def render_alone(request: Request, work: Callable[[], bytes]) -> bytes:
    """Run `work` outside the request threads, so that pages never wait behind a document."""
    state = request.app.state
    if not hasattr(state, "rendering"):
        state.rendering = anyio.CapacityLimiter(1)
    return await anyio.to_thread.run_sync(work, limiter=state.rendering)
