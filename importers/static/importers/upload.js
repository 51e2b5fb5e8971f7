// Drag and drop, and a progress bar, for the upload form. Without this script the form sends the file by itself.
(function () {
  "use strict";
  const form = document.querySelector("[data-upload]");
  if (!form) return;
  const input = form.querySelector('input[type="file"]');
  const button = form.querySelector('button[type="submit"]');
  const progress = form.querySelector("[data-progress]");
  const bar = progress.querySelector("progress");
  // The browser's own "no file chosen" is in the browser's language; with this script the page says it itself.
  form.classList.add("td-drop--script");
  form.noValidate = true;

  function say(sentences) {
    const box = form.querySelector("[data-errors]");
    box.replaceChildren(
      ...sentences.map(function (sentence) {
        const line = document.createElement("p");
        line.className = "error-message td-error";
        line.textContent = sentence;
        return line;
      }),
    );
  }

  function refuse(sentences) {
    progress.hidden = true;
    button.disabled = false;
    say(sentences);
  }

  // What can be told of a file before a byte of it is sent.
  function faults(file) {
    const ending = file.name.slice(file.name.lastIndexOf(".")).toLowerCase();
    if (!input.accept.split(",").includes(ending)) return [form.dataset.wrongKind];
    return file.size > Number(form.dataset.mostBytes) ? [form.dataset.tooLarge] : [];
  }

  function size(file) {
    const unit = file.size < 1024 * 1024 ? "KB" : "MB";
    const number = file.size / (unit === "KB" ? 1024 : 1024 * 1024);
    return number.toLocaleString("vi", { maximumFractionDigits: 1 }) + " " + unit;
  }

  function showChosen(count) {
    const file = input.files[0];
    form.querySelector("[data-chosen]").textContent = file ? file.name + " (" + size(file) + ")" : "";
    say(file ? faults(file).concat(count > 1 ? [form.dataset.oneOnly] : []) : []);
  }

  function showProgress(event) {
    const percent = event.lengthComputable ? Math.round((100 * event.loaded) / event.total) : 0;
    bar.value = percent;
    progress.querySelector("[data-progress-text]").textContent =
      percent < 100 ? form.dataset.sending + " " + percent + "%" : form.dataset.checking;
    if (percent >= 100) bar.removeAttribute("value");
  }

  function answer(request) {
    let said = {};
    try {
      said = JSON.parse(request.responseText);
    } catch (error) {
      said = { errors: [form.dataset.broken] };
    }
    if (said.url) window.location.assign(said.url);
    else refuse(said.errors || [form.dataset.broken]);
  }

  function send(event) {
    event.preventDefault();
    const file = input.files[0];
    if (!file) return say([form.dataset.none]);
    if (faults(file).length) return say(faults(file));
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.upload.addEventListener("progress", showProgress);
    request.addEventListener("load", function () {
      answer(request);
    });
    request.addEventListener("error", function () {
      refuse([form.dataset.broken]);
    });
    say([]);
    button.disabled = true;
    progress.hidden = false;
    request.send(new FormData(form));
  }

  ["dragenter", "dragover"].forEach(function (name) {
    form.addEventListener(name, function (event) {
      event.preventDefault();
      form.classList.add("td-drop--over");
    });
  });
  ["dragleave", "drop"].forEach(function (name) {
    form.addEventListener(name, function (event) {
      event.preventDefault();
      form.classList.remove("td-drop--over");
    });
  });
  form.addEventListener("drop", function (event) {
    const dropped = event.dataTransfer.files;
    if (!dropped.length || button.disabled) return;
    const first = new DataTransfer();
    first.items.add(dropped[0]);
    input.files = first.files;
    showChosen(dropped.length);
  });
  input.addEventListener("change", function () {
    showChosen(1);
  });
  form.addEventListener("submit", send);
})();
