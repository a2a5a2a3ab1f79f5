"""Which addresses may be dialled: public ones. Pure; names are not looked up here."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

NAT64 = IPv6Network("64:ff9b::/96")
LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")
IPV4_COMPATIBLE = IPv6Network("::/96")
GLOBAL_UNICAST = IPv6Network("2000::/3")
# What some versions of Python call global: IANA's special blocks of later date or with exceptions inside, and the one
# public address behind which a cloud keeps the secrets of its machines.
NEVER = (
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
    IPv4Network("168.63.129.16/32"),
    IPv6Network("2001::/23"),
    IPv6Network("2001:db8::/32"),
    IPv6Network("3fff::/20"),
)
ISATAP = (0x00005EFE, 0x02005EFE)  # third quarter of the address: the last one is an IPv4 address


def is_public(address: str) -> bool:
    """Whether an address (no name; a zone after % is refused) belongs to the public internet.

    IPv6 forms that carry an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo, ISATAP) are judged by it too.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return _unicast_global(ip)
    carried = carried_v4(ip)
    if not all(_unicast_global(inner) for inner in carried):
        return False
    return (bool(carried) and not _isatap(ip)) or (ip.scope_id is None and not ip.is_site_local and _unicast_global(ip))


def carried_v4(ip: IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses that a transition form of IPv6 leads to; none for a native address."""
    low = IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip.ipv4_mapped is not None:
        return (ip.ipv4_mapped,)
    if ip in NAT64 or ip in IPV4_COMPATIBLE or _isatap(ip):
        return (low,)
    if ip in LOCAL_NAT64:
        return (IPv4Address("127.0.0.1"),)  # leads into the operator's own network, wherever its digits stand
    if ip.sixtofour is not None:
        return (ip.sixtofour,)
    return ip.teredo or ()


def _isatap(ip: IPv6Address) -> bool:
    return (int(ip) >> 32) & 0xFFFFFFFF in ISATAP


def _unicast_global(ip: IPv4Address | IPv6Address) -> bool:
    if any(ip in network for network in NEVER if network.version == ip.version):
        return False
    if isinstance(ip, IPv6Address) and ip not in GLOBAL_UNICAST:
        return False
    return ip.is_global and not (
        ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback or ip.is_link_local
    )
