"use strict";
/* Marks the columns that an opened column is made of, and those of which these are made. */
(() => {
  function mark(column, seen) {
    for (const link of column.querySelectorAll("a[data-column]")) {
      const origin = document.getElementById(link.dataset.column);
      if (origin && !seen.has(origin)) {
        seen.add(origin);
        origin.classList.add("related");
        mark(origin, seen);
      }
    }
  }

  function markAll() {
    document.querySelectorAll(".related").forEach((column) => column.classList.remove("related"));
    document.querySelectorAll(".columns > li > details[open]").forEach((opened) => mark(opened.parentElement, new Set()));
  }

  // toggle events do not bubble
  document.querySelectorAll(".columns details").forEach((details) => details.addEventListener("toggle", markAll));
})();
