"""Which addresses may be dialled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.web.addresses import is_public

PUBLIC = ["8.8.8.8", "185.60.216.35", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
PRIVATE = [
    "127.0.0.1",
    "127.255.1.2",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700:4700::1111%eth0",
    "fc00::1",
    "fd12:3456::1",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.1.2.3",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::808:808",
    "2002:7f00:1::1",
    "2002:a00:1::",
    "2001:0:808:808:0:0:f5ff:fffe",  # Teredo: the client is 10.0.0.1
    "2606:4700::5efe:10.0.0.1",
    "fe80::5efe:8.8.8.8",
    "192.0.0.192",  # where a cloud answers its own machines
    "168.63.129.16",
    "::ffff:192.0.0.192",
    "64:ff9b::a83f:8110",
    "3fff::1",
    "2001:2::1",
    "5f00::1",
    "100::1",
    "4000::1",
    "::ffff:0:8.8.8.8",
    "",
    "localhost",
    "0x7f.1",
    "2130706433",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass(address: str) -> None:
    """An address of the public internet may be dialled, in its IPv6 clothes too."""
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_all_else_is_refused(address: str) -> None:
    """Private, local, reserved and unreadable addresses are refused, and IPv6 forms that carry them."""
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_in_every_form(address: object) -> None:
    """Mapped, translated and tunnelled forms of an address are judged as the address itself."""
    packed = int(address)  # type: ignore[call-overload]
    high, low = packed >> 16, packed & 0xFFFF
    forms = [f"::ffff:{address}", f"64:ff9b::{address}", f"2002:{high:x}:{low:x}::1"]
    assert {is_public(form) for form in forms} == {is_public(str(address))}
