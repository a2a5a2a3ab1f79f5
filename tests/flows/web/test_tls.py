"""TLS is verified, and its faults have their name."""

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from flows.web import Reason, Web, WebFailure, WebPolicy, WebRequest, WebResponse
from tests.flows.web.fault_server import RSS, FaultServer

LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)
FOREVER = 36500
POLICY = WebPolicy(
    allow_private_hosts=True, host_delay=0, respect_robots=False, connect_timeout=1, read_timeout=1, total_timeout=2
)


def certificate(folder: Path, address: str = "127.0.0.1", days: int = FOREVER) -> Path:
    """A self-signed certificate with its key in one file; few days make one that has expired."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "fault server")])
    end = LONG_AGO + timedelta(days=days)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(LONG_AGO)
        .not_valid_after(end)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + built.public_bytes(Encoding.PEM))
    return file


def serving(file: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def get(server: FaultServer, path: str, trusted: Path | None) -> WebResponse | WebFailure:
    tls = ssl.create_default_context(cafile=str(trusted)) if trusted else None

    async def run() -> WebResponse | WebFailure:
        async with Web(POLICY, tls=tls) as web:
            return await web.get(WebRequest(server.url(path)))

    return asyncio.run(run())


def test_a_trusted_certificate_is_accepted(tmp_path: Path) -> None:
    """Over TLS with a certificate that is trusted, a feed is read."""
    file = certificate(tmp_path)
    with FaultServer(tls=serving(file)) as server:
        found = get(server, "/ok", file)
    assert isinstance(found, WebResponse), found
    assert found.body == RSS


@pytest.mark.parametrize(
    ("address", "days", "trusted"),
    [("127.0.0.1", FOREVER, False), ("127.0.0.1", 30, True), ("127.0.0.9", FOREVER, True)],
)
def test_a_bad_certificate_is_refused(tmp_path: Path, address: str, days: int, *, trusted: bool) -> None:
    """A certificate that is untrusted, expired or another's ends the request as a matter of TLS."""
    file = certificate(tmp_path, address, days)
    with FaultServer(tls=serving(file)) as server:
        found = get(server, "/ok", file if trusted else None)
    assert isinstance(found, WebFailure)
    assert found.reason is Reason.TLS
    assert server.asked == []


def test_a_plain_server_on_a_tls_address() -> None:
    """A server that speaks no TLS ends the request as a matter of TLS."""
    with FaultServer() as server:
        server.answers["/"] = b"220 no TLS here\r\n"
        found = asyncio.run(_https_on(server.port))
    assert isinstance(found, WebFailure)
    assert found.reason in {Reason.TLS, Reason.TIMEOUT_CONNECT}


async def _https_on(port: int) -> WebResponse | WebFailure:
    async with Web(POLICY) as web:
        return await web.get(WebRequest(f"https://127.0.0.1:{port}/"))


def test_a_handshake_that_hangs_is_left_clean() -> None:
    """Cancelled in the middle of a handshake, the request leaves no open socket behind."""
    let_in: list[asyncio.Task[None] | None] = []

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        let_in.append(asyncio.current_task())
        await reader.read()
        writer.close()
        await writer.wait_closed()

    async def run() -> None:
        server = await asyncio.start_server(silent, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with Web(POLICY) as web:
            task = asyncio.create_task(web.get(WebRequest(f"https://127.0.0.1:{port}/")))
            await asyncio.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            timed_out = await web.get(WebRequest(f"https://127.0.0.1:{port}/"))
        assert isinstance(timed_out, WebFailure)
        assert timed_out.reason is Reason.TIMEOUT_CONNECT
        await asyncio.gather(*filter(None, let_in))  # each saw its client's end
        assert len(let_in) == 2
        server.close()

    asyncio.run(run())
