"""CPU time that a server process spends per request, and pairs of such figures."""

import http.client
import os
import statistics
from dataclasses import dataclass, field
from urllib.parse import urlsplit

TICK = 1 / os.sysconf("SC_CLK_TCK")
ROUNDS = 5


def cpu_seconds(pid):
    """User and system time of a process so far."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK


@dataclass
class Target:
    """One address of one server, asked over one kept connection."""

    name: str
    pid: int
    url: str
    headers: dict = field(default_factory=dict)
    method: str = "GET"
    body: str | None = None
    costs: list = field(default_factory=list)
    size: int = 0

    def spend(self, requests):
        """Microseconds of the server's CPU per request over this many requests."""
        address = urlsplit(self.url)
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
        path = address.path + (f"?{address.query}" if address.query else "")
        for n in range(requests + 5):
            if n == 5:
                before = cpu_seconds(self.pid)
            connection.request(self.method, path, self.body, self.headers)
            answer = connection.getresponse()
            self.size = len(answer.read())
            assert answer.status < 400, (self.name, answer.status)
        connection.close()
        return (cpu_seconds(self.pid) - before) / requests * 1e6


def compare(targets, requests):
    """Ask all targets in turn, round by round."""
    for _ in range(ROUNDS):
        for target in targets:
            target.costs.append(target.spend(requests))


def ratio(one, floor):
    """The median of the ratios of each round."""
    return statistics.median(a / b for a, b in zip(one.costs, floor.costs, strict=True))
