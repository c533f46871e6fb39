"""The pages of a source one after another, within the time of the invocation and the bounds of the source."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import clock as clocks
import https_client
from clock import Clock
from errors import (
    SourceChanged,
    SourceForbidden,
    SourceMalformed,
    SourceRefused,
    SourceTruncated,
    SourceUnavailable,
)
from pages import Page, Pages
from progress import Progress

_MEGABYTE = 1024**2
# no page is begun with less time left than a slow one takes, or than this share of a shorter invocation
PAGE_SECONDS, PAGE_SHARE = 60, 0.8
# the end of an upload takes that much, so that a page is given up before
FINISH_SECONDS, FINISH_SHARE = 15, 0.2


@dataclass
class PageLoop:
    """Reads on from `progress`, which it changes; `read` is the number of pages that this invocation has read."""

    pages: Pages
    progress: Progress
    clock: Clock
    read: int = 0
    reserve: float = field(init=False)

    def __post_init__(self) -> None:
        self.reserve = min(PAGE_SECONDS, PAGE_SHARE * self.clock.remaining())

    def lines(self) -> Iterator[bytearray]:
        """The records of each page. The end is that of the source if the progress is done, or of this invocation."""
        while not self.progress.done:
            page = self._page()
            if page is None:
                return
            self._accept(page)
            yield page.lines

    @property
    def has_time(self) -> bool:
        """Whether this invocation has the time for another page."""
        return self.clock.remaining() >= self.reserve

    def _page(self) -> Page | None:
        """The next page; None if it is for the next invocation. An invocation without a page raises its error, which
        the workflow retries."""
        while self._may_ask():
            try:
                return self.pages.read(self.progress.next, self._where)
            except SourceUnavailable as error:
                self.progress.not_before = clocks.after(error.retry_after, self.clock.now())
                if not (self.progress.not_before or self.read):
                    raise
                if not self.progress.not_before:
                    return None
            except (SourceTruncated, SourceForbidden):
                # the next invocation gets another token, if this one's has expired
                if not self.read:
                    raise
                return None
        return None

    def _may_ask(self) -> bool:
        """Waits as long as the server wants, if there is time; the first request of an invocation is always made."""
        paging, progress = self.pages.paging, self.progress
        if progress.pages >= paging.max_pages:
            raise self._bound("maxPages", paging.max_pages)
        until = max(self.clock.now(), progress.not_before or progress.started_at)
        if until > progress.started_at + timedelta(minutes=paging.max_minutes):
            raise self._bound("maxMinutes", paging.max_minutes)
        if not progress.not_before:
            return self.has_time or not self.read
        # it may have passed before this invocation began
        wait = max((until - self.clock.now()).total_seconds(), 0)
        spare = self.clock.remaining() - self.reserve
        if wait <= max(spare, 0):
            self.clock.sleep(wait)
            progress.not_before = None
            return True
        if not self.read:
            # else one invocation would follow the other at once until the server can be asked
            self.clock.sleep(max(spare, 0))
        return False

    def _accept(self, page: Page) -> None:
        """Counts a page and finds the next request; raises what is wrong with the page in its place."""
        paging, progress, where = self.pages.paging, self.progress, self._where
        before, following = progress.last_page, page.next
        if page.total is not None and progress.total not in (None, page.total):
            raise SourceChanged(f"{where}: the number of all records changed from {progress.total} to {page.total}")
        progress.total = page.total
        progress.count(page.lines, page.records)
        self.read += 1
        if page.records and before == progress.last_page:
            raise SourceMalformed(f"{where}: it has the same records as the page before")
        if progress.bytes > paging.max_megabytes * _MEGABYTE:
            raise self._bound("maxMegabytes", paging.max_megabytes)
        if paging.is_counted and page.total is not None and progress.records >= page.total:
            following = None
        if isinstance(following, str) and progress.is_repeated(following):
            raise SourceMalformed(f"{where}: it has the link or the cursor of a page that was read before")
        if not page.records and following is not None:
            raise SourceTruncated(f"{where}: it is empty, but is not the last page")
        if following is None:
            self._require_total(where)
        progress.next, progress.done = following, following is None

    def _require_total(self, where: str) -> None:
        records, total = self.progress.records, self.progress.total
        if total is not None and records < total:
            raise SourceTruncated(f"{where}: it is the last page, but only {records} of {total} records were read")
        if total is not None and records > total:
            raise SourceMalformed(f"{where}: the source has {total} records, but {records} were read")

    @property
    def _where(self) -> str:
        return f"{https_client.shown(self.pages.request.uri)}, page {self.progress.pages + 1}"

    def _bound(self, name: str, value: int) -> SourceRefused:
        source = https_client.shown(self.pages.request.uri)
        return SourceRefused(f"{source}: paging.{name}: invalid value {value}; must be more for this source")
