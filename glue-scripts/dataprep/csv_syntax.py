"""Regular expressions for the quotes of CSV lines, which show whether a text continues on the next line."""

from dataclasses import dataclass
from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import functions as F


@dataclass(frozen=True)
class CsvSyntax:
    """Delimiter, quote and escape of a CSV format; if `escape` is the quote, quotes in texts are doubled."""

    delimiter: str
    quote: str
    escape: str

    @classmethod
    def of(cls, form: Any) -> "CsvSyntax":
        """The syntax of a recipe's format."""
        quote = form.get("quote", '"')
        return cls(form.get("delimiter", ","), quote, form.get("escape", quote))

    def opens(self, line: SparkColumn) -> SparkColumn:
        """Whether a line that begins outside of quotes ends within quotes."""
        return line.contains(self.quote) & line.rlike(rf"\A{self._fields}{self._quote}{self._quoted}\z")

    def stays_open(self, line: SparkColumn) -> SparkColumn:
        """Whether a line that begins within quotes ends within quotes, of the same text or of a later one."""
        later = rf"{self._quoted}{self._quote}{self._rest}{self._separator}{self._fields}{self._quote}"
        return ~line.contains(self.quote) | line.rlike(rf"\A(?:{later})?+{self._quoted}\z")

    def is_unbalanced(self, line: SparkColumn) -> SparkColumn:
        """Whether a line has an odd number of unescaped quotes."""
        plain = line
        if self.escape != self.quote:
            plain = F.regexp_replace(line, f"{_literal(self.escape)}[{self._quote}{_literal(self.escape)}]", "")
        quotes = F.length(F.regexp_replace(plain, f"[^{self._quote}]", ""))
        return quotes % 2 == 1

    # possessive quantifiers, for which Java needs no recursion on long texts

    @property
    def _quote(self) -> str:
        return _literal(self.quote)

    @property
    def _separator(self) -> str:
        return _literal(self.delimiter)

    @property
    def _quoted(self) -> str:
        """The rest of a quoted text."""
        if self.escape == self.quote:
            return f"(?:[^{self._quote}]++|{self._quote}{self._quote})*+"
        escape = _literal(self.escape)
        return f"(?:[^{self._quote}{escape}]++|{escape}[{self._quote}{escape}]?+)*+"

    @property
    def _rest(self) -> str:
        """The characters between a closing quote and the delimiter, which parsers add to the text."""
        return f"[^{self._separator}]*+"

    @property
    def _fields(self) -> str:
        """Complete fields, each with its delimiter."""
        quoted = f"{self._quote}{self._quoted}{self._quote}{self._rest}"
        return f"(?:(?:{quoted}|(?!{self._quote}){self._rest}){self._separator})*+"


def _literal(character: str) -> str:
    """A character as a literal of Java's regular expressions, also within a class."""
    return f"\\x{{{ord(character):x}}}"
