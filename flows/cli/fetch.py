"""A file or an address as typed -> its bytes."""

from dataclasses import replace
from pathlib import Path

from flows.cli.errors import WRONG, CommandError
from flows.policy import WebPolicy
from flows.settings import Settings


def read_file_or_url(source: str, settings: Settings) -> bytes:
    """The bytes of a local file, or of an address, fetched as politely and safely as any feed.

    Raises:
        CommandError: it cannot be read.
    """
    if source.startswith(("http://", "https://")):
        return _fetched(source, replace(settings.web_policy(), host_delay=0.0))
    try:
        return Path(source).expanduser().read_bytes()
    except OSError as error:
        raise CommandError(f"{source}: {error.strerror}", WRONG) from None


def _fetched(url: str, policy: WebPolicy) -> bytes:
    import asyncio

    from flows.web import Web, WebFailure, WebRequest, WebResponse

    async def fetch() -> WebResponse | WebFailure:
        async with Web(policy) as web:
            return await web.get(WebRequest(url, unconditional=True))

    answer = asyncio.run(fetch())
    if isinstance(answer, WebFailure):
        raise CommandError(f"{url}: {answer.reason}: {answer.detail}")
    return answer.body
