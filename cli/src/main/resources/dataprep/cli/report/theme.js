"use strict";
/* The button for the theme. */
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
})();
