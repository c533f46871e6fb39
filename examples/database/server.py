"""A PostgreSQL database with data.sql, for a run on the local AWS.

Fetches PostgreSQL, if this was not done before. Prints the address, the user and the password as JSON; ends with its
standard input.
"""

import json
import secrets
import subprocess
import sys
from pathlib import Path

from local import databases

ROOT = Path(__file__).parents[2]
PASSWORD = secrets.token_urlsafe(24)
READER = f"""
create user reader password '{PASSWORD}';
grant pg_read_all_data to reader;
create database shop;
"""


def main() -> None:
    """Serves until standard input is closed."""
    subprocess.run(["make", "--silent", ".cache/databases.done"], cwd=ROOT, check=True, stdout=sys.stderr)  # noqa: S607
    data = (Path(__file__).parent / "data.sql").read_text(encoding="utf-8")
    administrator = secrets.token_urlsafe(24)
    with databases.postgresql(administrator, {"postgres": READER, "shop": data}) as port:
        found = {"address": f"localhost:{port}", "username": "reader", "password": PASSWORD}
        print(json.dumps(found), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
