"""The flow `digest`: the incidents of a day on one page."""

from datetime import date, timedelta

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed

from db.digest import day_counts, day_incidents
from flows.clock import utc_now
from flows.digest_page import digest_page
from flows.running import begun, named, plainly

DIGEST_KEY = "digest"
MOST = 200  # incidents on a page that people still read


@flow(name="digest", flow_run_name=named("digest"), persist_result=False)
@plainly
def digest(day: date | None = None, country: str | None = None) -> State[None]:
    """Tell the incidents that were first told on a day, the weightiest first, by country, each with its passage.

    Args:
        day: The day (UTC). Empty: yesterday.
        country: Only incidents in this country, ISO 3166-1 alpha-2.
    """
    of_day = day or (utc_now() - timedelta(days=1)).date()
    with begun() as (_, engine), engine.connect() as connection:
        counts = day_counts(connection, of_day, country)
        incidents = day_incidents(connection, of_day, country, limit=MOST)
    page = digest_page(of_day, country, counts, incidents)
    create_markdown_artifact(page, key=DIGEST_KEY, description=f"Incidents told on {of_day}.")
    return Completed(message=f"{sum(row.incidents for row in counts)} incidents told on {of_day}")
