"""The flow `link`: reports to incidents."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.running import begun, named, plainly
from flows.steps.link import link as link_owed
from flows.steps.link import rebuild as link_anew


@flow(name="link", flow_run_name=named("link"), persist_result=False)
@plainly
def link(rebuild: bool = False) -> State[None]:
    """Link the reports that were coded since to incidents: those of other articles, or new ones.

    Every ingest ends with this; by hand it is for decisions made in SQL, and after an upgrade with `rebuild`.

    Args:
        rebuild: Link everything anew. Incidents keep their numbers, and people's decisions hold.
    """
    with begun() as (_, engine):
        counts = (link_anew if rebuild else link_owed)(engine)
    return Completed(
        message=f"{counts.reports} reports linked: {counts.opened} incidents new, {counts.merged} merged, "
        f"{counts.split} split"
    )
