// Keeps the bars of running uploads moving: asks the server how far each has come, and says what it has come to.
// Without this script the progress page refreshes itself, and the lists show how it stood when they were opened.
(function () {
  "use strict";
  const SOON = 1000;
  const LATER = 3000;
  const IMPATIENT = 60;

  function watch(box) {
    const bar = box.querySelector("progress");
    const sentence = box.querySelector("[data-sentence]");
    const said = box.querySelector("[data-said]");
    let asked = 0;
    let lastStep = "";

    // A reader of the screen hears each step once, not every percent.
    function tellStep(steps, text) {
      const current = Object.keys(steps).find(function (key) {
        return steps[key] === "current";
      });
      if (current !== lastStep || !said.textContent) said.textContent = text;
      lastStep = current;
      box.querySelectorAll("[data-step]").forEach(function (line) {
        const place = steps[line.dataset.step];
        line.className = "td-progress__step td-progress__step--" + place;
        if (place === "current") line.setAttribute("aria-current", "step");
        else line.removeAttribute("aria-current");
      });
    }

    function show(now) {
      // Nobody knows the percent of what is written in one go: the bar then only shows that something is going on.
      if (now.percent === null) bar.removeAttribute("value");
      else bar.value = Math.max(bar.value, now.percent);
      sentence.textContent = now.sentence;
      tellStep(now.steps, now.sentence);
    }

    function finish(headline) {
      if (box.dataset.then === "open") return window.location.reload();
      const link = document.createElement("a");
      link.href = box.dataset.running.replace(/progress\/$/, "");
      link.textContent = box.dataset.open;
      bar.remove();
      sentence.replaceChildren(headline + ". ", link);
      said.textContent = headline;
    }

    async function ask() {
      asked += 1;
      try {
        const answer = await fetch(box.dataset.running, { headers: { Accept: "application/json" } });
        // Signed out meanwhile, or the upload is gone: the page itself says so.
        if (answer.redirected || answer.status >= 400) throw new Error(String(answer.status));
        const now = await answer.json();
        if (!now.running) return finish(now.headline);
        show(now);
      } catch (error) {
        if (asked % 10 === 0 && box.dataset.then === "open") return window.location.reload();
      }
      window.setTimeout(ask, asked < IMPATIENT ? SOON : LATER);
    }

    window.setTimeout(ask, SOON);
  }

  function start() {
    document.querySelectorAll("[data-running]").forEach(watch);
  }

  // The home screen loads this script in its head.
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
