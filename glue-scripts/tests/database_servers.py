"""PostgreSQL and MariaDB servers on this machine, with TLS and temporary data, for the tests of databases."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import SCRIPTS
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession

_PROGRAMS = SCRIPTS.parent / ".cache/databases"
# PostgreSQL refuses to run as root
_USER = "nobody" if os.geteuid() == 0 else None
PASSWORD = "pa55-'w%rd ß"
_DEATH_SIGNAL = 1
_START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running server; statements are executed by its administrator."""

    spark: SparkSession
    kind: str
    port: int

    @property
    def uri(self) -> str:
        """The address of the database of the tests."""
        return f"jdbc:{self.kind}://127.0.0.1:{self.port}/shop"

    def connect(self, database: str = "shop") -> Any:
        """A connection of the administrator."""
        jvm: Any = self.spark._jvm
        driver = {"postgresql": "org.postgresql.Driver", "mysql": "com.mysql.cj.jdbc.Driver"}[self.kind]
        jvm.org.apache.spark.sql.execution.datasources.jdbc.DriverRegistry.register(driver)
        given = jvm.java.util.Properties()
        more = {"sslMode": "PREFERRED", "allowMultiQueries": "true"} if self.kind == "mysql" else {}
        for name, value in {"user": "admin", "password": PASSWORD, **more}.items():
            given.setProperty(name, value)
        return jvm.java.sql.DriverManager.getConnection(f"jdbc:{self.kind}://127.0.0.1:{self.port}/{database}", given)

    def execute(self, sql: str) -> None:
        """Executes statements, separated by semicolons."""
        with closing(self.connect()) as connection:
            connection.createStatement().execute(sql)

    def first(self, sql: str) -> str | None:
        """The text of the first value of a query; None if there is no row."""
        with closing(self.connect()) as connection:
            rows = connection.createStatement().executeQuery(sql)
            return rows.getString(1) if rows.next() else None


@contextmanager
def postgresql(spark: SparkSession) -> Iterator[Server]:
    """PostgreSQL with the user reader, which may read all tables; clients without TLS are accepted."""
    with _folder() as folder:
        programs = folder / "programs"
        # the user may not be allowed to read the folder of the checkout
        shutil.copytree(_PROGRAMS / "postgresql", programs)
        data, hba, users = folder / "data", folder / "hba.conf", folder / "password"
        users.write_text(PASSWORD)
        hba.write_text("host all all 127.0.0.1/32 scram-sha-256\n")
        _certificate(folder)
        _own(folder)
        initialize = ["-U", "admin", f"--pwfile={users}", "-A", "scram-sha-256", "-N", "-E", "UTF8", "--locale=C"]
        _run([programs / "bin/initdb", "-D", data, *initialize], folder, user=_USER)
        port = _free_port()
        options = {
            "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "hba_file": hba,
            "fsync": "off", "ssl": "on", "ssl_cert_file": folder / "certificate.pem",
            "ssl_key_file": folder / "key.pem", "timezone": "America/New_York", "datestyle": "SQL, DMY",
        }  # fmt: skip
        # not as arguments, which a server prefers to changes of its configuration
        (data / "postgresql.conf").write_text("".join(f"{name} = '{value}'\n" for name, value in options.items()))
        server = Server(spark, "postgresql", port)
        with _running([programs / "bin/postgres", "-D", data], folder, signal.SIGQUIT, _USER) as process:
            _await(process, folder, lambda: server.connect("postgres").close())
            with closing(server.connect("postgres")) as connection:
                connection.createStatement().execute("create database shop")
            password = PASSWORD.replace("'", "''")
            server.execute(f"create user reader password '{password}'; grant pg_read_all_data to reader")
            yield server


@contextmanager
def mariadb(spark: SparkSession, tls: bool = True) -> Iterator[Server]:
    """MariaDB with the user reader, which may read all tables."""
    programs = _PROGRAMS / "mariadb"
    if not (programs / "bin/mariadbd").exists():
        pytest.skip("MariaDB's programs do not exist for this platform")
    with _folder() as folder:
        data, share = folder / "data", programs / "share"
        data.mkdir()
        # the option is refused by other users
        user = ["--user=root"] if _USER else []
        command = [programs / "bin/mariadbd", "--no-defaults", f"--basedir={programs}", f"--datadir={data}"]
        command += [f"--lc-messages-dir={share}", f"--tmpdir={folder}", *user]
        password = PASSWORD.replace("'", "''")
        scripts = ("mariadb_system_tables.sql", "mariadb_performance_tables.sql", "mariadb_system_tables_data.sql")
        users = "".join(
            f"create user {name}@'%' identified by '{password}';\ngrant {grant} on *.* to {name}@'%';\n"
            for name, grant in (("admin", "all privileges"), ("reader", "select"))
        )
        statements = [*((share / name).read_text() for name in scripts), "flush privileges;\n", users]
        text = "create database mysql;\nuse mysql;\n" + "".join(statements) + "create database shop;\n"
        _run([*command, "--bootstrap"], folder, text)
        port = _free_port()
        network = [f"--port={port}", "--bind-address=127.0.0.1", f"--socket={folder}/socket", "--skip-name-resolve"]
        options = ["--default-time-zone=-05:00", "--innodb-flush-log-at-trx-commit=0", "--skip-log-bin"]
        if not tls:
            options.append("--skip-ssl")
        server = Server(spark, "mysql", port)
        with _running([*command, *network, *options], folder, signal.SIGKILL, None) as process:
            _await(process, folder, lambda: server.connect().close())
            yield server


@contextmanager
def _folder() -> Iterator[Path]:
    # not below a folder of pytest, which only its owner can read
    folder = Path(tempfile.mkdtemp(prefix="database-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _own(folder: Path) -> None:
    if _USER:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, _USER)


def _run(command: list[Any], folder: Path, text: str = "", user: str | None = None) -> None:
    ended = subprocess.run(list(map(str, command)), input=text, capture_output=True, text=True, cwd=folder, user=user)
    assert ended.returncode == 0, ended.stderr[-2000:]


@contextmanager
def _running(
    command: list[Any], folder: Path, end: signal.Signals, user: str | None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that ends with this one, however this one ends."""

    def end_with_parent() -> None:
        if hasattr(ctypes.CDLL(None), "prctl"):
            ctypes.CDLL(None).prctl(_DEATH_SIGNAL, end)

    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            list(map(str, command)), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder, user=user,
            preexec_fn=end_with_parent,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.send_signal(end)
        process.wait(_START_SECONDS)


def _await(process: subprocess.Popen[bytes], folder: Path, connect: Callable[[], None]) -> None:
    end = time.monotonic() + _START_SECONDS
    while True:
        try:
            return connect()
        except Py4JJavaError:
            # a server that has started refuses connections until it has recovered its data
            if process.poll() is not None or time.monotonic() > end:
                raise AssertionError((folder / "log").read_text()[-2000:]) from None
            time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _certificate(folder: Path) -> None:
    """A certificate that no authority has signed, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "database")])
    start = datetime.now(UTC) - timedelta(days=1)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    signed = builder.not_valid_before(start).not_valid_after(start + timedelta(days=9)).sign(key, SHA256())
    (folder / "certificate.pem").write_bytes(signed.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(private)
    (folder / "key.pem").chmod(0o600)
