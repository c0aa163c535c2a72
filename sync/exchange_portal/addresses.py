"""Where 1C is: the address of the settings, resolved once and judged before anything connects to it."""

import asyncio
import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from data.exchange.integration import Integration
from sync.exchange_portal.failures import CONFIRM_LABEL, Unreachable

RESOLVE_WITHIN = 10.0  # s: a resolver that is silent longer is down
METADATA = frozenset(  # clouds answer there with their own secrets
    {"fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "168.63.129.16", "192.0.0.192"}
)
EMBEDDING = (
    ipaddress.ip_network("64:ff9b::/96"),
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("::/96"),
)
SHARED = ipaddress.ip_network("100.64.0.0/10")  # providers' inner addresses; VPNs use them too
Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Target:
    """One 1C service: how it is named, and the very addresses to connect to, one after another."""

    scheme: str
    host: str
    port: int
    path: str
    ips: tuple[str, ...]

    @property
    def origins(self) -> list[str]:
        """Scheme, address and port to connect to."""
        return [f"{self.scheme}://{f'[{ip}]' if ':' in ip else ip}:{self.port}" for ip in self.ips]

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.scheme == "https" else 80) else f"{host}:{self.port}"


async def resolve(settings: Integration) -> Target:
    """The target of these settings. Raises Unreachable with the step that fails."""
    scheme, host, port, path = parts_of(settings)
    ips = await _ips_of(host, port)
    for ip in ips:
        _judge(ip, host, is_confirmed=settings.private_address_confirmed)
    return Target(scheme, host, port, path, tuple(dict.fromkeys(map(str, ips))))


def parts_of(settings: Integration) -> tuple[str, str, int, str]:
    """Scheme, host, port and path out of «Сервер» and «Путь к сервису». Raises Unreachable."""
    server = settings.server.strip()
    if "://" not in server:
        server = f"http://{server}"
    try:
        found = urlsplit(server)
        host, port = found.hostname or "", found.port
        host = host.encode("idna").decode() if not host.isascii() else host
    except (ValueError, UnicodeError) as error:
        raise Unreachable("address", f"Адрес сервера «{settings.server}» записан неверно") from error
    if found.scheme not in {"http", "https"} or not host or found.username or found.query or found.fragment:
        raise Unreachable("address", f"Адрес сервера «{settings.server}» записан неверно: нужен вид https://server.ru")
    path = f"{found.path.rstrip('/')}/{settings.path.strip().strip('/')}".rstrip("/")
    if not all(letter > " " for letter in path) or "?" in path or "#" in path or "/../" in f"{path}/":
        raise Unreachable("address", f"Путь к сервису «{settings.path}» записан неверно")
    return found.scheme, host, port or (443 if found.scheme == "https" else 80), path


async def _ips_of(host: str, port: int) -> list[Ip]:
    try:
        async with asyncio.timeout(RESOLVE_WITHIN):
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, TimeoutError) as error:
        raise Unreachable("dns", f"Адрес «{host}» не найден (DNS): проверьте поле «Сервер»") from error
    return [_plain(ipaddress.ip_address(str(item[4][0]).partition("%")[0])) for item in found]


def _plain(ip: Ip) -> Ip:
    """An IPv4 address dressed as IPv6 is judged as what it is."""
    return ip.ipv4_mapped or ip if isinstance(ip, ipaddress.IPv6Address) else ip


def _inside(ip: Ip) -> Ip | None:
    """The IPv4 address that a gateway would make of this one: NAT64, 6to4, Teredo, IPv4-compatible."""
    if not isinstance(ip, ipaddress.IPv6Address) or ip.is_unspecified or ip.is_loopback:
        return None
    if any(ip in network for network in EMBEDDING):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _is_old_local(ip: Ip) -> bool:
    return isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local


def _judge(ip: Ip, host: str, *, is_confirmed: bool) -> None:
    inside = _inside(ip)
    if inside is not None:
        _judge(inside, host, is_confirmed=is_confirmed)
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified or str(ip) in METADATA:
        raise Unreachable("forbidden", f"Адрес {host} ({ip}) служебный, портал к нему не обращается")
    is_shared = isinstance(ip, ipaddress.IPv4Address) and ip in SHARED
    if (ip.is_private or ip.is_loopback or is_shared or ip.is_reserved or _is_old_local(ip)) and not is_confirmed:
        raise Unreachable(
            "private",
            f"Адрес {host} ({ip}) находится в локальной сети. Если 1С действительно там, включите «{CONFIRM_LABEL}»",
        )
