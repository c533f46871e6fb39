"""Database servers on loopback, with TLS and temporary data, for examples and tests.

Their programs are those that `make .cache/databases.done` fetches.
"""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from local.certificates import self_signed

PROGRAMS = Path(__file__).parents[1] / ".cache" / "databases"
ADMINISTRATOR = "admin"
# PostgreSQL refuses to run as root
_USER = "nobody" if os.geteuid() == 0 else None
_DEATH_SIGNAL = 1
_SECONDS = 60
_SHOWN = 2_000


class DatabaseError(Exception):
    """A server does not start, or refuses its first statements."""


@contextmanager
def postgresql(password: str, sql: Mapping[str, str], options: Mapping[str, str] | None = None) -> Iterator[int]:
    """Runs PostgreSQL and gives its port.

    `password` is the administrator's. `sql` are the statements, by database in this order, that are executed before the
    server starts; each ends in a semicolon at the end of a line. Clients without TLS are accepted.
    """
    with _folder() as folder:
        programs = folder / "programs"
        # the user may not be allowed to read the folder of the checkout
        shutil.copytree(PROGRAMS / "postgresql", programs)
        data, hba, secret = folder / "data", folder / "hba.conf", folder / "password"
        secret.write_text(password, encoding="utf-8")
        hba.write_text("host all all 127.0.0.1/32 scram-sha-256\n", encoding="utf-8")
        certificate = self_signed(folder)
        _give_away(folder)
        cluster = ["-U", ADMINISTRATOR, f"--pwfile={secret}", "-A", "scram-sha-256", "-N", "-E", "UTF8", "--locale=C"]
        _run([programs / "bin/initdb", "-D", data, *cluster], folder, user=_USER)
        for database, statements in sql.items():
            # in this mode an empty line ends a statement
            text = statements.replace(";\n", ";\n\n")
            printed = _run([programs / "bin/postgres", "--single", "-j", "-D", data, database], folder, text, _USER)
            if "ERROR" in printed:
                raise DatabaseError(printed[-_SHOWN:])
        port = _free_port()
        all_options = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": "",
            "hba_file": hba,
            "fsync": "off",
            "ssl": "on",
            "ssl_cert_file": certificate,
            "ssl_key_file": certificate,
            **(options or {}),
        }
        command = [programs / "bin/postgres", "-D", data, *(f"--{name}={text}" for name, text in all_options.items())]
        with _running(command, folder, signal.SIGQUIT, "ready to accept connections", _USER):
            yield port


@contextmanager
def mariadb(sql: str, options: Sequence[str] = ()) -> Iterator[int]:
    """Runs MariaDB and gives its port; `sql` are the statements that are executed before the server starts."""
    programs = PROGRAMS / "mariadb"
    with _folder() as folder:
        data, share = folder / "data", programs / "share"
        data.mkdir()
        # the option is refused for other users
        user = ["--user=root"] if _USER else []
        command = [programs / "bin/mariadbd", "--no-defaults", f"--basedir={programs}", f"--datadir={data}"]
        command += [f"--lc-messages-dir={share}", f"--tmpdir={folder}", *user]
        scripts = ("mariadb_system_tables.sql", "mariadb_performance_tables.sql", "mariadb_system_tables_data.sql")
        system = "".join((share / name).read_text(encoding="utf-8") for name in scripts)
        _run([*command, "--bootstrap"], folder, f"create database mysql;\nuse mysql;\n{system}flush privileges;\n{sql}")
        port = _free_port()
        network = [f"--port={port}", "--bind-address=127.0.0.1", f"--socket={folder}/socket", "--skip-name-resolve"]
        quick = ["--innodb-flush-log-at-trx-commit=0", "--skip-log-bin"]
        with _running([*command, *network, *quick, *options], folder, signal.SIGKILL, "ready for connections"):
            yield port


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="database-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _give_away(folder: Path) -> None:
    if _USER:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, _USER)


def _run(command: Sequence[object], folder: Path, text: str = "", user: str | None = None) -> str:
    """What a program prints."""
    ended = subprocess.run(  # noqa: S603 - programs that the project has fetched
        list(map(str, command)),
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        user=user,
        check=False,
    )
    if ended.returncode:
        raise DatabaseError((ended.stdout + ended.stderr)[-_SHOWN:])
    return ended.stdout + ended.stderr


@contextmanager
def _running(
    command: Sequence[object], folder: Path, end: signal.Signals, ready: str, user: str | None = None
) -> Iterator[None]:
    """A process that ends with this one, however this one ends; waits until its log says that it is ready."""

    def end_with_parent() -> None:
        library = ctypes.CDLL(None)
        if hasattr(library, "prctl"):
            library.prctl(_DEATH_SIGNAL, end)

    log = folder / "log"
    with log.open("w") as output:
        process = subprocess.Popen(  # noqa: S603 - programs that the project has fetched
            list(map(str, command)),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=folder,
            user=user,
            preexec_fn=end_with_parent,
        )
    try:
        until = time.monotonic() + _SECONDS
        while ready not in (text := log.read_text(errors="replace")):
            if process.poll() is not None or time.monotonic() > until:
                raise DatabaseError(text[-_SHOWN:])
            time.sleep(0.05)
        yield
    finally:
        process.send_signal(end)
        process.wait(_SECONDS)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
