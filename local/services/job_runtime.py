"""The process of one Glue job run: a program that runs the script with the job's arguments.

    job_runtime.py FOLDER SCRIPT [ARGUMENT ...]

FOLDER has the file spark.json with the run's Spark settings. If the script fails, the program writes the error's type
and message to error.txt, as Glue shows them, and exits with 1. It creates the file `released` if another run may use
the Java process.
"""

import runpy
import sys
import traceback
from pathlib import Path


def main(folder: Path, script: str, arguments: list[str]) -> int:
    """Runs the script as a program."""
    sys.argv = [script, *arguments]
    # Glue writes both streams of the script to one log group, and those of Java, with Spark's log, to another
    sys.stderr = sys.stdout
    error = ""
    with attached(folder / "spark.json", folder / "released"):
        try:
            runpy.run_path(script, run_name="__main__")
        except SystemExit as end:
            error = "" if end.code in (None, 0) else f"SystemExit: {end.code}"
        except BaseException as problem:
            traceback.print_exc()
            error = f"{type(problem).__name__}: {problem}"
        if error:
            (folder / "error.txt").write_text(error, encoding="utf-8")
    return 1 if error else 0


if __name__ == "__main__":
    repository = Path(sys.path[0]).parents[1]
    sys.path[0] = str(repository)
    from local.services import processes
    from local.services.spark_attachment import attached

    processes.watch()
    sys.path[0] = str(Path.cwd())
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:]))
