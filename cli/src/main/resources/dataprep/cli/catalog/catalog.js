"use strict";
/* The theme, and marks on the columns that an opened column is made of, and on those of which these are made. */
(() => {
  const themes = [["automatic", "light dark"], ["light", "light"], ["dark", "dark"]];
  const button = document.getElementById("theme");
  let theme = 0;
  button.hidden = false;
  button.addEventListener("click", () => {
    theme = (theme + 1) % themes.length;
    button.textContent = `Theme: ${themes[theme][0]}`;
    document.documentElement.style.colorScheme = themes[theme][1];
  });

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
