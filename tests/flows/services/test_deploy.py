"""The deployments and alerts of deploy/ on a real Prefect server, carried out by a real worker."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest
from prefect.client.orchestration import get_client
from prefect.settings import PREFECT_API_URL, temporary_settings
from pydantic import SecretStr
from sqlalchemy import Engine, text

from db.feeds import FeedSpec, add_feeds
from flows.clock import utc_now
from flows.newsroom import newsroom
from flows.services.alerts import alert_differences, register_alerts
from flows.services.deployments import deployments
from flows.services.postgres import EmbeddedPostgres
from flows.services.register import differences, register
from flows.settings import Settings
from tests.standing import Standing, listener, mailbox, standing, until, worker


@pytest.fixture
def server(postgres: EmbeddedPostgres, database_url: str, engine: Engine) -> Iterator[Standing]:
    """A server beside the tests' database, which is emptied afterwards."""
    with standing(postgres, database_url) as running:
        yield running


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_registered_deployments_are_carried_out_by_a_worker(server: Standing, engine: Engine) -> None:
    """What deploy/ says stands on the server, runs on a worker, leaves its rows and artifacts, and tells of failures."""
    with newsroom(utc_now()) as room, listener() as (hook, posted), mailbox() as (mail, mailed):
        first = server.rasid("deploy", RASID_ALERT_WEBHOOK=hook, RASID_ALERT_EMAIL=mail)
        assert first.returncode == 0, first.stdout + first.stderr
        with engine.begin() as connection:
            add_feeds(connection, [FeedSpec(url) for url in room.feeds], now=utc_now())
        with worker(server):
            runs = [server.start("ingest"), server.start("digest", day="2026-03-01"), server.start("maintenance")]
            runs += [server.start("backfill", archives=["/nowhere.jsonl"])]
            _spoil(server)
            assert asyncio.run(_told_and_mended(server.api, hook, mail)) == []
            states = [server.ended(run) for run in runs]
            again = server.ended(server.start("extract", everything=True, runner="parts", processes=1))
        assert [state["type"] for state in states] == ["COMPLETED", "COMPLETED", "COMPLETED", "FAILED"], states
        assert "6 feeds polled, 0 of them failed" in states[0]["message"]
        said = [one["message"] for one in server.ask("logs/filter", {"logs": {"flow_run_id": {"any_": [runs[3]]}}})]
        assert any("/nowhere.jsonl: No such file" in line for line in said)
        assert not any("Traceback" in line for line in said)
        assert "37 articles coded: 0 changed, 0 new, 37 as before, 0 failed" in again["message"]
        told = until(lambda: [one["text"] for one in posted if "backfill" in one["text"]])
        assert "runbook.md" in told[0]
        (letter,) = until(lambda: [one for one in mailed if "backfill" in one["subject"]])
        assert letter["to"] == "operators@rasid.example"
        assert "runbook.md" in letter.get_content()
    assert server.ask(f"flow_runs/{runs[0]}")["name"].startswith("ingest 20")
    keys = {one["key"] for one in server.ask("artifacts/filter", {}) if one["key"]}
    assert keys == {"ingest-summary", "sources", "digest", "maintenance"}
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM incident_reports")).scalar_one() > 0


async def _told_and_mended(api: str, hook: str, mail: str) -> list[str]:
    """What still differs after what was changed was told and registered anew."""
    with temporary_settings({PREFECT_API_URL: api}):
        settings = Settings(alert_webhook=SecretStr(hook), alert_email=SecretStr(mail))
        wanted = deployments(settings)
        async with get_client() as client:
            found = await differences(client, wanted) + await alert_differences(client)
            assert any("digest/digest: description" in line for line in found), found
            assert any("is not in the file" in line for line in found), found
            await register(client, wanted)
            await register_alerts(client, settings)
            return await differences(client, wanted) + await alert_differences(client)


def _spoil(server: Standing) -> None:
    """Change on the server what somebody might change there."""
    deployment = server.ask("deployments/name/digest/digest")["id"]
    asyncio.run(_patched(f"{server.api}/deployments/{deployment}", {"description": "another"}))
    alert = server.ask("automations/filter", {})[0]
    server.ask("automations/", {"name": "rasid: of old", "trigger": alert["trigger"], "actions": alert["actions"]})


async def _patched(url: str, values: dict[str, str]) -> None:
    async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
        (await client.patch(url, json=values)).raise_for_status()
