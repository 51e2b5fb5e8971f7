// Asks, while an item is typed, which known works it is like, and shows the question; nothing waits for it.
(function () {
  "use strict";

  const box = document.getElementById("item-alike");
  const form = document.getElementById("item-form");
  const names = ["name", "output", "unit", "group"];
  let asked = 0;

  async function ask(options) {
    const mine = (asked += 1);
    const query = new URLSearchParams(names.map((name) => [name, form.elements[name].value]));
    query.set("item", box.dataset.item);
    const response = await fetch(`${box.dataset.url}?${query}`, options);
    if (response.ok && mine === asked) box.innerHTML = await response.text();
  }

  let waiting;
  names.forEach((name) =>
    form.elements[name].addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 600);
    })
  );

  box.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = event.target;
    await fetch(answer.action, { method: "POST", body: new FormData(answer) });
    ask();
  });
})();
