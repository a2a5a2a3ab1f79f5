"""HTTP/2: spoken where a server offers it, over connections that are kept and never shared while in use."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import h2.config
import h2.connection
import h2.events

from flows.web import Web, WebPolicy, WebRequest, WebResponse
from tests.flows.web.fault_server import RSS
from tests.flows.web.test_tls import certificate, serving

POLICY = WebPolicy(
    allow_private_hosts=True,
    host_delay=0,
    host_connections=4,
    respect_robots=False,
    read_timeout=2,
    total_timeout=4,
    max_bytes=50_000,
)


class Http2Server:
    """Answers /ok with a feed and /huge with a body over the cap; counts connections and requests."""

    def __init__(self) -> None:
        self.connections = 0
        self.paths: list[str] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.connections += 1
        state = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        state.initiate_connection()
        writer.write(state.data_to_send())
        try:
            while data := await reader.read(65536):
                for event in state.receive_data(data):
                    if isinstance(event, h2.events.RequestReceived):
                        self._answer(state, event)
                writer.write(state.data_to_send())
        except (OSError, asyncio.CancelledError):
            pass
        writer.close()

    def _answer(self, state: h2.connection.H2Connection, event: h2.events.RequestReceived) -> None:
        path = dict(event.headers)[b":path"].decode()
        self.paths.append(path)
        state.send_headers(event.stream_id, [(":status", "200"), ("content-type", "application/rss+xml")])
        body = RSS if path == "/ok" else b"a" * 60_000
        for start in range(0, len(body), 16_000):
            state.send_data(event.stream_id, body[start : start + 16_000])
        state.end_stream(event.stream_id)


@asynccontextmanager
async def running(certificate_file: Path) -> AsyncIterator[tuple[Http2Server, str]]:
    """The server with its address."""
    tls = serving(certificate_file)
    tls.set_alpn_protocols(["h2"])
    handler = Http2Server()
    server = await asyncio.start_server(handler.serve, "127.0.0.1", 0, ssl=tls)
    try:
        yield handler, f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


def test_http2_is_spoken_over_kept_connections(tmp_path: Path) -> None:
    """Requests in turn share a connection; requests at once have their own."""
    file = certificate(tmp_path)

    async def run() -> tuple[int, list[object]]:
        async with running(file) as (server, base), Web(POLICY, tls=ssl.create_default_context(cafile=file)) as web:
            found = [await web.get(WebRequest(f"{base}/ok")) for _ in range(3)]
            assert server.connections == 1
            found += await asyncio.gather(*[web.get(WebRequest(f"{base}/ok")) for _ in range(12)])
            return server.connections, list(found)

    connections, found = asyncio.run(run())
    assert connections <= POLICY.host_connections
    assert [f.body for f in found if isinstance(f, WebResponse)] == [RSS] * 15


def test_a_body_left_unread_costs_the_connection(tmp_path: Path) -> None:
    """After a body that was cut the connection is not used again, so that nothing of it clogs the next answer."""
    file = certificate(tmp_path)

    async def run() -> tuple[int, WebResponse, WebResponse]:
        async with running(file) as (server, base), Web(POLICY, tls=ssl.create_default_context(cafile=file)) as web:
            cut, fine = await web.get(WebRequest(f"{base}/huge")), await web.get(WebRequest(f"{base}/ok"))
            assert isinstance(cut, WebResponse), cut
            assert isinstance(fine, WebResponse), fine
            return server.connections, cut, fine

    connections, cut, fine = asyncio.run(run())
    assert (connections, cut.truncated, fine.body) == (2, True, RSS)
