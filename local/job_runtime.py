"""The process in which one Glue job run happens: a program, given the script and then the job's arguments.

    job_runtime.py SCRIPT ERROR_FILE [ARGUMENT ...]

Writes the error's type and message to ERROR_FILE, as Glue shows them, and exits 1 if the script fails.
"""

import runpy
import sys
import traceback
from pathlib import Path


def main(script: str, error_file: str, arguments: list[str]) -> int:
    """Runs the script as a program."""
    sys.argv = [script, *arguments]
    # Glue writes both of a script to one log group; Java's, with what Spark logs, goes to the other one
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
    package = Path(sys.path[0])
    sys.path[0] = str(package.parent)
    from local import processes

    processes.watch()
    sys.path[0] = str(Path.cwd())
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
