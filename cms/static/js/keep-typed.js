// Keeps what is typed into a form (data-keep-typed) on this device until the server says that it has arrived.
//
// What was typed stays in localStorage, under the officer's key and the form's address, for a week at the longest. A
// form that cannot be sent says so and is sent again by a tap, never by itself; the server takes the same report once.
// Without this script the forms are sent as forms are.
(() => {
    "use strict";
    const script = document.currentScript;
    const words = script.dataset;
    const WEEK = 7 * 24 * 3600 * 1000;

    const keyOf = (form) => `thuocdo:${words.keeper}:${new URL(form.action, location.href).pathname}`;
    const typedFields = (form) =>
        [...form.elements].filter(
            (field) => field.name && !["hidden", "submit", "button", "file"].includes(field.type),
        );

    function stored(form) {
        try {
            const kept = JSON.parse(localStorage.getItem(keyOf(form)));
            return kept && Date.now() - kept.at < WEEK ? kept : null;
        } catch {
            return null;
        }
    }

    function keep(form) {
        const values = Object.fromEntries(typedFields(form).map((field) => [field.name, field.value]));
        try {
            localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values }));
        } catch {
            // A full or closed storage keeps nothing; the form works as without it.
        }
    }

    function forget(form) {
        try {
            localStorage.removeItem(keyOf(form));
        } catch {
            // As above.
        }
    }

    function say(form, sentence, ...ways) {
        let box = form.querySelector("[data-kept-box]");
        if (!box) {
            box = document.createElement("p");
            box.dataset.keptBox = "";
            box.className = "notice";
            box.setAttribute("role", "alert");
            form.prepend(box);
        }
        box.replaceChildren(sentence, " ", ...ways);
    }

    function way(text, act) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "button-quiet";
        button.textContent = text;
        button.addEventListener("click", act);
        return button;
    }

    function signIn() {
        const link = document.createElement("a");
        link.href = `/accounts/login/?next=${encodeURIComponent(location.pathname + location.search)}`;
        link.textContent = words.signIn;
        return link;
    }

    async function send(form, name) {
        const buttons = [...form.querySelectorAll("button")];
        if (buttons.some((button) => button.disabled)) {
            return;
        }
        const body = new FormData(form);
        if (name) {
            body.append(name, "");
        }
        buttons.forEach((button) => (button.disabled = true));
        say(form, words.sending);
        try {
            const answer = await fetch(form.action, {
                method: "POST", body, credentials: "same-origin", headers: { "X-Requested-With": "XMLHttpRequest" },
            });
            await take(form, answer, name);
        } catch {
            say(form, words.unsent, way(words.again, () => send(form, name)));
        } finally {
            buttons.forEach((button) => (button.disabled = false));
        }
    }

    async function take(form, answer, name) {
        const kind = answer.headers.get("Content-Type") || "";
        if (answer.ok && kind.includes("json")) {
            const { url } = await answer.json();
            forget(form);
            location.assign(url);
        } else if (answer.status === 422) {
            // Refused with what is wrong: the page as the server made it, with what was typed in it.
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            document.querySelector("main").replaceWith(page.querySelector("main"));
            begin();
            document.querySelector(".field-error")?.closest("details")?.setAttribute("open", "");
            document.querySelector(".field-error")?.scrollIntoView({ block: "center" });
        } else if (answer.redirected || answer.status === 403) {
            say(form, words.signedOut, signIn());
        } else {
            say(form, words.unsent, way(words.again, () => send(form, name)));
        }
    }

    function restore(form) {
        const kept = stored(form);
        if (!kept || form.querySelector(".field-error")) {
            return;
        }
        for (const field of typedFields(form)) {
            if (field.name in kept.values) {
                field.value = kept.values[field.name];
            }
        }
        form.closest("details")?.setAttribute("open", "");
        const when = new Date(kept.at).toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short" });
        const discard = way(words.discard, () => {
            forget(form);
            location.reload();
        });
        say(form, `${words.kept} ${when}.`, discard);
    }

    function begin() {
        for (const form of document.querySelectorAll("form[data-keep-typed]")) {
            restore(form);
            form.addEventListener("input", () => keep(form));
            form.addEventListener("submit", (event) => {
                event.preventDefault();
                keep(form);
                send(form, event.submitter?.name);
            });
        }
    }

    begin();
})();
