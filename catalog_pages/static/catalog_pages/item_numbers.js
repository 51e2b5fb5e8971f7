// Shows, while numbers are typed, which score the parts make, which coefficient the score gives, and what does not agree.
// Rules and sentences come from the server, which judges again; numbers are whole ten-thousandths, never floats.
(function () {
  "use strict";

  const box = document.getElementById("item-numbers");
  const { rules, words } = JSON.parse(document.getElementById("item-number-rules").textContent);
  const form = box.closest("form");
  const scale = 10n ** BigInt(rules.places);

  // A number as the server reads it, in ten-thousandths; null for none, or for what only the server can judge.
  function read(text) {
    let plain = text.trim();
    if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(plain)) return null;
    if (/^[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/.test(plain)) plain = plain.replaceAll(".", "");
    const match = /^(\d{1,12})(?:[.,](\d+))?$/.exec(plain);
    if (!match || (match[2] || "").length > rules.places) return null;
    return BigInt(match[1] + (match[2] || "").padEnd(rules.places, "0"));
  }

  function write(number) {
    const whole = String(number / scale).replace(/\B(?=(\d{3})+$)/g, ".");
    const fraction = String(number % scale).padStart(rules.places, "0").replace(/0+$/, "");
    return fraction ? `${whole},${fraction}` : whole;
  }

  function say(sentence, numbers) {
    return Object.entries(numbers).reduce((text, [name, number]) => text.replace(`{${name}}`, write(number)), sentence);
  }

  const value = (name) => read(form.elements[name].value);
  const blank = (name) => form.elements[name].value.trim() === "";
  const divisor = read(rules.divisor);

  function tell() {
    const lines = [];
    const parts = rules.parts.map(value);
    const total = parts.includes(null) ? null : parts.reduce((sum, part) => sum + part, 0n);
    const score = blank("score") && total ? total : value("score");
    if (total !== null) {
      lines.push([say(blank("score") ? words.total : score === total ? words.agrees : words.differs, { total }), score === total]);
    }
    if (score !== null && divisor) {
      // Half up, as the server rounds.
      const expected = (2n * score * scale + divisor) / (2n * divisor);
      const typed = value("coefficient");
      const apart = typed === null ? 0n : score * scale - typed * divisor;
      const agrees = (apart < 0n ? -apart : apart) <= read(rules.tolerance) * divisor;
      lines.push([say(agrees ? words.coefficient : words.mismatch, { score, divisor, expected }), agrees]);
    }
    const frame = rules.frames[form.elements.group.value];
    if (score !== null && frame) {
      const most = read(frame);
      lines.push([say(score > most ? words.over : words.frame, { score, frame: most }), score <= most]);
    }
    show(lines);
  }

  function show(lines) {
    const texts = lines.map(([text]) => text).join("\n");
    // A reader hears it when it has changed, not at each key.
    if (box.dataset.said === texts) return;
    box.dataset.said = texts;
    box.replaceChildren(
      ...lines.map(([text, fine]) => {
        const line = document.createElement("p");
        line.className = fine ? "td-numbers__fine" : "td-numbers__wrong";
        line.textContent = text;
        return line;
      })
    );
    box.hidden = !lines.length;
  }

  let waiting;
  form.addEventListener("input", function () {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(tell, 300);
  });
  form.elements.coefficient.closest(".w-field__wrapper").after(box);
  tell();
})();
