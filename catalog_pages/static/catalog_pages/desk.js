// Makes the reading desk quick by keyboard: j and k lead from item to item, x marks the item as seen, n writes a note,
// a leads to accepting the list, "/" searches, "?" lists the keys. They can be switched off in that list. Without this script every act is a button.
(() => {
    "use strict";
    const SWITCH = "thuocdo.desk.keys";
    const part = (name) => document.querySelector(`[data-desk="${name}"]`);
    const dialog = document.getElementById("desk-keys");
    const note = document.getElementById("desk-note");
    const isOn = () => localStorage.getItem(SWITCH) !== "off";

    document.querySelector(".desk-items [aria-current]")?.scrollIntoView({ block: "nearest" });

    const help = part("help");
    if (help && dialog) {
        help.hidden = false;
        help.addEventListener("click", () => dialog.showModal());
        const box = part("keys");
        box.checked = isOn();
        box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
    }

    const acts = {
        j: () => part("next")?.click(),
        k: () => part("previous")?.click(),
        x: () => part("seen")?.querySelector('[value="seen"]').click(),
        n: () => note?.focus(),
        a: () => part("accept")?.click(),
        "/": () => document.getElementById("desk-q").focus(),
        "?": () => dialog?.showModal(),
    };

    document.addEventListener("keydown", (event) => {
        const field = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
        if (field) {
            if (event.key === "Escape") {
                field.blur();
            } else if (field === note && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
                note.form.requestSubmit();
            }
            return;
        }
        const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !dialog?.open;
        if (isPlain && isOn() && Object.hasOwn(acts, event.key)) {
            event.preventDefault();
            acts[event.key]();
        }
    });
})();
