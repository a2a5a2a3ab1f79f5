"""What `rasid feeds add` finds behind an address, and how it tells of it."""

import asyncio
from dataclasses import replace

from flows.catalogue.specs import feed_address
from flows.cli.errors import CommandError
from flows.cli.show import console
from flows.clock import utc_now
from flows.settings import Settings
from flows.steps.discover import Candidate, Discovery, find_sources
from flows.web import Web, WebPolicy

_DELAY = 0.5  # seconds between requests to the site: some ten of them, once, while a person waits


def discovered(url: str, settings: Settings) -> Candidate | None:
    """The best source behind an address; None where it does not answer and is to be listed as it is.

    Raises:
        CommandError: it is a page, and no source was found behind it.
    """
    address = feed_address(url)
    policy = settings.web_policy()
    found = asyncio.run(_find(address, replace(policy, host_delay=min(policy.host_delay, _DELAY))))
    if found.failure is not None:
        _say(f"does not answer at present, listed as it is: {found.failure.reason}: {found.failure.detail}")
        return None
    if not found.sources:
        tried = "; ".join(f"{tried}: {why}" for tried, why in found.refused)
        raise CommandError(f"no feed and no news sitemap found ({tried})")
    best = found.sources[0]
    if best.url != address:
        _tell(best, found)
    return best


async def _find(url: str, policy: WebPolicy) -> Discovery:
    async with Web(policy) as web:
        return await find_sources(web, url, now=utc_now())


def _tell(best: Candidate, found: Discovery) -> None:
    _say(f"found: {_in_words(best)}")
    for other in found.sources[1:]:
        _say(f"found too, not added: {_in_words(other)}")


def _in_words(one: Candidate) -> str:
    newest = f", the newest of {one.newest:%Y-%m-%d %H:%M} UTC" if one.newest else ""
    return f"{one.url} ({one.kind}, {one.entries} entries{newest})"


def _say(text: str) -> None:
    console().print(text, markup=False, soft_wrap=True)
