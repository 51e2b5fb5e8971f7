// Work by keyboard on a screen that works without it: what carries data-key is pressed, or a field entered, by that key;
// j and k move between the boxes of the form, x ticks the one that has the focus. Nothing happens while one types.
(() => {
    const isTyping = (target) => target.matches("textarea, select, [contenteditable], input:not([type=checkbox])");
    const boxes = () => [...document.querySelectorAll("#judging input[name=texts]")];

    const move = (step) => {
        const all = boxes();
        const at = all.indexOf(document.activeElement);
        all[Math.min(Math.max(at + step, 0), all.length - 1)]?.focus();
    };

    document.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
        if (isTyping(event.target)) {
            if (event.key === "Escape") event.target.blur();
            return;
        }
        const keyed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
        if (event.key === "j" || event.key === "k") move(event.key === "j" ? 1 : -1);
        else if (event.key === "x" && boxes().includes(document.activeElement)) document.activeElement.click();
        else if (keyed?.matches("button")) keyed.click();
        else if (keyed) keyed.focus();
        else return;
        event.preventDefault();
    });
})();
