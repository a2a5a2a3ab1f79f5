"""The runner of other people's feed suites, on a small suite of our own."""

from pathlib import Path

from sqlalchemy import Engine

from tests.feed_suite import Outcome, headers, poll_all
from tests.flows.steps.factories import rss
from tests.flows.web.fault_server import FaultServer

LABELLED = b"""<!--
Header:         Content-type: text/xml; charset=windows-1256
Description:    a label
Expect:         not bozo
-->"""


def test_files_go_through_whole_polls_with_their_headers(engine: Engine, tmp_path: Path) -> None:
    """Each file is one poll with a named outcome, served as its comment says."""
    (tmp_path / "good.xml").write_bytes(rss(1, 2))
    (tmp_path / "bad.xml").write_bytes(b"<x/>")
    (tmp_path / "labelled.xml").write_bytes(
        rss(3).decode().encode("cp1256").replace(b'encoding="utf-8"?>', b"?>" + LABELLED)
    )
    with FaultServer() as server:
        found = poll_all(engine, server, sorted(tmp_path.iterdir()), tmp_path)
    assert headers(LABELLED) == ["content-type: text/xml; charset=windows-1256"]
    assert found == [
        Outcome("bad.xml", "failed", "not a feed", 0, 0),
        Outcome("good.xml", "read", None, 2, 2),
        Outcome("labelled.xml", "read", None, 1, 1),
    ]
