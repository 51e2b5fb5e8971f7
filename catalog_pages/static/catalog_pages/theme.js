// Light or dark as the reader chose; otherwise as their device is set. It runs before anything is painted.
(() => {
  const sheet = document.getElementById("dark");
  const asked = window.matchMedia("(prefers-color-scheme: dark)");
  const read = () => {
    try { return localStorage.getItem("theme"); } catch { return null; }
  };
  const isDark = () => (read() ?? (asked.matches ? "dark" : "light")) === "dark";
  const show = () => {
    sheet.media = isDark() ? "screen" : "not all";
    const button = document.getElementById("theme");
    if (!button) return;
    button.hidden = false;
    button.textContent = isDark() ? button.dataset.light : button.dataset.dark;
  };
  show();
  asked.addEventListener("change", show);
  document.addEventListener("DOMContentLoaded", () => {
    show();
    document.getElementById("theme")?.addEventListener("click", () => {
      try { localStorage.setItem("theme", isDark() ? "light" : "dark"); } catch { return; }
      show();
    });
  });
})();
