"""The process of one Glue job run: a program that runs the script with the job's arguments.

    job_runtime.py SCRIPT ERROR_FILE [ARGUMENT ...]

If the script fails, it writes the error's type and message to ERROR_FILE, as Glue shows them, and exits with 1.
"""

import runpy
import sys
import traceback
from pathlib import Path


def main(script: str, error_file: str, arguments: list[str]) -> int:
    """Runs the script as a program."""
    sys.argv = [script, *arguments]
    # Glue writes both streams of the script to one log group, and those of Java, with Spark's log, to another
    sys.stderr = sys.stdout
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit as end:
        if end.code in (None, 0):
            return 0
        Path(error_file).write_text(f"SystemExit: {end.code}", encoding="utf-8")
        return 1
    except BaseException as error:
        traceback.print_exc()
        Path(error_file).write_text(f"{type(error).__name__}: {error}", encoding="utf-8")
        return 1
    return 0


if __name__ == "__main__":
    repository = Path(sys.path[0]).parents[1]
    sys.path[0] = str(repository)
    from local.services import processes

    processes.watch()
    sys.path[0] = str(Path.cwd())
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
