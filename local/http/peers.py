"""The user at the other end of a connection over the loopback interface.

Linux shows every process the owner of each socket. On other systems, every user of the machine is admitted.
https://docs.kernel.org/networking/proc_net_tcp.html
"""

import os
from collections.abc import Iterator
from pathlib import Path

_TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
_LOCAL, _REMOTE, _STATE, _OWNER = 1, 2, 3, 7
# a closed connection has no owner
_TIME_WAIT = "06"


def is_mine(peer_port: int, port: int) -> bool:
    """Whether the socket that is connected from `peer_port` to `port` belongs to the user of this process."""
    if not _TABLES[0].exists():
        return True
    return os.getuid() in _owners(peer_port, port)


def _owners(peer_port: int, port: int) -> Iterator[int]:
    """The owner, at most once: a pair of ports on the loopback interface identifies one connection."""
    for table in _TABLES:
        if not table.exists():
            continue
        for line in table.read_text(encoding="ascii").splitlines()[1:]:
            row = line.split()
            ports = tuple(int(row[column].rpartition(":")[2], 16) for column in (_LOCAL, _REMOTE))
            if ports == (peer_port, port) and row[_STATE] != _TIME_WAIT:
                yield int(row[_OWNER])
