"""The flow `backfill`: older articles, from sitemaps, lists of feeds, and archives of pages."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed
from sqlalchemy import Engine

from flows.archives.pages import read_archive
from flows.catalogue.opml import parse_opml
from flows.catalogue.sources import CatalogueError, Source
from flows.catalogue.specs import feed_specs
from flows.clock import utc_now
from flows.running import begun, named, plainly
from flows.settings import Settings
from flows.steps.backfill import Intake, list_feeds, set_aside, take_archive
from flows.steps.cycle import run_cycle, worker_name
from flows.steps.plan import CyclePlan
from flows.steps.report import CycleReport
from flows.steps.workshop import extractors_workshop
from flows.summary import headline
from flows.web import Web, WebFailure, WebRequest


@flow(name="backfill", flow_run_name=named("backfill"), persist_result=False)
@plainly
def backfill(
    sitemaps: list[str] | None = None, opml: list[str] | None = None, archives: list[str] | None = None
) -> State[None]:
    """Take in older articles. It may be run again: what is stored already is neither fetched nor stored twice.

    Args:
        sitemaps: Addresses of sitemaps or sitemap indexes. Each is polled once and then set aside as paused.
        opml: Addresses of lists of feeds, or files where the worker runs. Their feeds stay listed and are polled on.
        archives: Files where the worker runs: .jsonl (a page a line) or .warc, plain or .gz.
    """
    with begun(pool_size=10) as (settings, engine):
        intake = _archives(engine, archives or [])
        report = _cycles(engine, settings, sitemaps or [], _listed(settings, opml or []), archived=intake.stored > 0)
    said = f"from archives {intake.stored} pages stored, {intake.known} known, {intake.unusable} unusable; "
    said += headline(report)
    return Completed(message=said) if report.worked else Failed(message=said)


def _archives(engine: Engine, names: Sequence[str]) -> Intake:
    total = Intake()
    for name in names:
        pages = read_archive(Path(name).expanduser(), now=utc_now())
        intake = take_archive(engine, pages, owner=worker_name(), clock=utc_now)
        total.stored += intake.stored
        total.known += intake.known
        total.unusable += intake.unusable
    return total


def _cycles(
    engine: Engine, settings: Settings, sitemaps: Sequence[str], feeds: Sequence[Source], *, archived: bool
) -> CycleReport:
    once = feed_specs([Source(url) for url in sitemaps])
    ids, added = list_feeds(engine, [*once, *feed_specs(feeds)], now=utc_now())
    plan = CyclePlan(policy=settings.web_policy(), feeds=ids or None, polls=bool(ids))
    with extractors_workshop(settings.processes) as workshop:
        report = run_cycle(plan, engine, workshop=workshop)
        if ids and archived:
            run_cycle(replace(plan, feeds=None, polls=False), engine, workshop=workshop)
    set_aside(engine, added & {spec.url for spec in once}, now=utc_now())
    return report


def _listed(settings: Settings, names: Sequence[str]) -> list[Source]:
    return [source for name in names for source in parse_opml(_bytes_of(settings, name))]


def _bytes_of(settings: Settings, name: str) -> bytes:
    if not name.startswith(("http://", "https://")):
        return _read(Path(name).expanduser())
    return asyncio.run(_fetched(settings, name))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CatalogueError(f"{path}: {error.strerror}") from None


async def _fetched(settings: Settings, url: str) -> bytes:
    async with Web(settings.web_policy()) as web:
        answer = await web.get(WebRequest(url, unconditional=True))
    if isinstance(answer, WebFailure):
        raise CatalogueError(f"{url}: {answer.reason}: {answer.detail}")
    return answer.body
