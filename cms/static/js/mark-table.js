// Makes the table of marks quick by keyboard: arrows and Enter lead from cell to cell, "=" takes over the mark of the
// self-assessment, a block of cells is pasted as it was copied. Why points are cut is asked where they are. On a phone
// one person is shown at a time. Without this script the table is a form as any other.
(() => {
    "use strict";
    const form = document.querySelector("form[data-mark-table]");
    if (!form) {
        return;
    }
    const phone = matchMedia("(max-width: 45rem)");
    const rows = [...form.querySelectorAll(".mt-table tbody tr")];
    const fieldsOf = (row) => [...row.querySelectorAll("td > input, td > select, td > textarea")];
    const place = (field) => {
        const row = field.closest("tr");
        return row ? [rows.indexOf(row), fieldsOf(row).indexOf(field)] : [-1, -1];
    };
    const number = (text) => parseFloat(text.replace(",", "."));
    let typed = false;

    function go(row, column) {
        const field = rows[row] && fieldsOf(rows[row])[column];
        if (!field) {
            return false;
        }
        if (phone.matches) {
            show(row);
        }
        field.focus();
        field.select?.();
        return true;
    }

    function ask(cell) {
        const field = cell.querySelector(":scope > input, :scope > select");
        const whys = cell.querySelectorAll(".mt-why");
        if (!field || !whys.length || !cell.dataset.most) {
            return;
        }
        const isFull = field.tagName === "INPUT" && !(number(field.value) < number(cell.dataset.most));
        const isEmpty = field.value === "";
        for (const why of whys) {
            const own = why.querySelector("textarea");
            why.hidden = (isEmpty || isFull) && !own.value && !why.querySelector(".field-error");
        }
    }

    function put(field, value) {
        if (field.tagName === "SELECT") {
            const wanted = value.trim().toLowerCase();
            const found = [...field.options].find((option) => [option.value, option.text].some((text) => text.trim().toLowerCase() === wanted));
            if (!found) {
                return;
            }
            field.value = found.value;
        } else {
            field.value = value.trim();
        }
        field.dispatchEvent(new Event("input", { bubbles: true }));
    }

    form.addEventListener("keydown", (event) => {
        const field = event.target;
        const [row, column] = place(field);
        if (column < 0 || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) {
            return;
        }
        const isText = field.tagName === "INPUT";
        const atStart = isText && field.selectionEnd === 0 || isText && field.selectionStart === 0 && field.selectionEnd === field.value.length;
        const atEnd = isText && field.selectionStart === field.value.length || isText && field.selectionStart === 0 && field.selectionEnd === field.value.length;
        const isSelect = field.tagName === "SELECT", isArea = field.tagName === "TEXTAREA";
        let done = false;
        if (event.key === "Enter" && !(isArea && event.shiftKey)) {
            go(row + (event.shiftKey ? -1 : 1), column);
            done = true;
        } else if (event.key === "ArrowDown" && isText) {
            done = go(row + 1, column);
        } else if (event.key === "ArrowUp" && isText) {
            done = go(row - 1, column);
        } else if (event.key === "ArrowLeft" && (atStart || isSelect)) {
            done = go(row, column - 1);
        } else if (event.key === "ArrowRight" && (atEnd || isSelect)) {
            done = go(row, column + 1);
        } else if (event.key === "=" && !isArea) {
            const own = field.closest("td").querySelector("[data-own]");
            if (own) {
                put(field, own.textContent);
            }
            done = true;
        }
        if (done) {
            event.preventDefault();
        }
    });

    form.addEventListener("paste", (event) => {
        const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
        const [row, column] = place(event.target);
        if (column < 0 || event.target.tagName === "TEXTAREA" || !/[\t\n]/.test(text)) {
            return;
        }
        event.preventDefault();
        text.split("\n").forEach((line, down) => {
            line.split("\t").forEach((value, right) => {
                const field = rows[row + down] && fieldsOf(rows[row + down])[column + right];
                if (field) {
                    put(field, value);
                }
            });
        });
    });

    form.addEventListener("input", (event) => {
        typed = true;
        const cell = event.target.closest("td");
        if (cell) {
            ask(cell);
        }
    });
    form.addEventListener("submit", () => (typed = false));
    addEventListener("beforeunload", (event) => {
        if (typed) {
            event.preventDefault();
        }
    });

    let shown = Math.max(0, rows.findIndex((row) => row.querySelector(".mt-error")));
    const way = document.createElement("p");
    const [back, next, count] = ["button", "button", "span"].map((name) => document.createElement(name));
    way.className = "mt-way";
    back.type = next.type = "button";
    back.className = next.className = "button button-secondary button-quiet";
    back.textContent = form.dataset.back;
    next.textContent = form.dataset.next;
    back.addEventListener("click", () => show(shown - 1));
    next.addEventListener("click", () => show(shown + 1));
    count.setAttribute("aria-live", "polite");
    way.append(back, count, next);

    function show(index) {
        shown = Math.min(Math.max(index, 0), rows.length - 1);
        rows.forEach((row, each) => (row.hidden = phone.matches && each !== shown));
        for (const group of form.querySelectorAll(".mt-group")) {
            group.hidden = phone.matches && !group.contains(rows[shown]);
        }
        count.textContent = `${shown + 1} ${form.dataset.of} ${rows.length}`;
        back.disabled = shown === 0;
        next.disabled = shown === rows.length - 1;
    }

    if (rows.length) {
        form.prepend(way);
        phone.addEventListener("change", () => show(shown));
        show(shown);
        form.querySelectorAll(".mt-table td").forEach(ask);
        const wrong = rows.find((row) => row.querySelector(".mt-error"));
        wrong?.scrollIntoView({ block: "center" });
    }
})();
