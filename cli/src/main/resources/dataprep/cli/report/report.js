"use strict";
/* The quarantined rows: some at a time, and those that a search finds. */
(() => {
  const form = document.getElementById("search");
  if (!form) {
    return;
  }
  const page = 25;
  const query = document.getElementById("query");
  const found = document.getElementById("found");
  const more = document.getElementById("more");
  const list = document.getElementById("quarantined");
  const rows = [...list.querySelectorAll(".row")].map((element) => ({
    element,
    place: element.querySelector(".place").textContent,
    text: element.textContent.toLowerCase(),
  }));
  let most = page;

  function show() {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    const [, number = null] = query.value.match(/^\s*(?:row\s+|#)?(\d+)\s*$/i) || [];
    const hits = rows.filter((row) => row.place === number || words.every((word) => row.text.includes(word)));
    // a row of that number comes first, however often the number occurs in others
    hits.sort((a, b) => (b.place === number) - (a.place === number));
    const missed = number !== null && !hits.some((row) => row.place === number) ? `; none is row ${number}` : "";
    const shown = new Set(hits.slice(0, most));
    rows.forEach((row) => (row.element.hidden = !shown.has(row)));
    list.append(...hits.slice(0, most).map((row) => row.element));
    more.hidden = hits.length <= most;
    more.textContent = `Show ${Math.min(page, hits.length - most)} more`;
    found.textContent = words.length ? `${hits.length} of ${rows.length} rows${missed}` : "";
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  query.addEventListener("input", () => {
    most = page;
    show();
  });
  more.addEventListener("click", () => {
    most += page;
    show();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && event.target !== query) {
      event.preventDefault();
      query.focus();
    }
  });
  // the browser's own search finds what is in all rows, and printing shows them
  window.addEventListener("beforeprint", () => rows.forEach((row) => (row.element.hidden = false)));
  window.addEventListener("afterprint", show);
  show();
})();
