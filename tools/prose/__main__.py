"""Fails on words of the project's old vocabulary: `python tools/prose`, part of `make lint`.

words.tsv has the patterns and what to write instead, exceptions.tsv the phrases that a file may contain.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

FOLDER = Path(__file__).parent
CHECKED = ("*.md", "*.java", "*.py", "*.yaml", "*.yml", "*.mustache", "*.js", "*.css", "*.json", "*.sh", "*.toml")
CHECKED_NAMES = ("Makefile", "mvnw")
# data, recorded answers and this word list
SKIPPED = ("samples/*", "*/cases/*", "examples/*/data/*", "*src/test/resources/*", "tools/prose/*")


def rows(name: str) -> Iterator[list[str]]:
    for line in (FOLDER / name).read_text().splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def files() -> Iterator[Path]:
    listed = subprocess.run(["git", "ls-files"], check=True, capture_output=True, text=True).stdout  # noqa: S607
    for name in listed.splitlines():
        text = any(fnmatch(name, pattern) for pattern in CHECKED) or Path(name).name in CHECKED_NAMES
        if text and not any(fnmatch(name, pattern) for pattern in SKIPPED) and Path(name).is_file():
            yield Path(name)


def problems(
    name: str, text: str, words: list[tuple[re.Pattern[str], str]], exceptions: list[list[str]]
) -> Iterator[str]:
    allowed = {phrase.lower() for pattern, phrase in exceptions if fnmatch(name, pattern)}
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, instead in words:
            for found in pattern.finditer(line):
                if found.group().lower() not in allowed:
                    yield f"{name}:{number}: '{found.group()}'; write instead: {instead}"


def main() -> int:
    words = [(re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE), to) for pattern, to in rows("words.tsv")]
    exceptions = list(rows("exceptions.tsv"))
    found = [problem for file in files() for problem in problems(str(file), file.read_text(), words, exceptions)]
    print("\n".join(found), end="\n" if found else "", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
