/* One save at a time. Wagtail's editor saves by itself; a draft that is saved meanwhile was made twice, or lost what
   the later of the two requests didn't hold. A submission waits for the autosave, and goes only where it can arrive. */
(() => {
    const form = document.querySelector("form[data-edit-form]");
    if (!form) {
        return;
    }
    const BOOKKEEPING = /^(csrfmiddlewaretoken|loaded_revision_|overwrite_revision_id$|next$|comments-)/;
    const told = document.currentScript.dataset;
    const here = document.currentScript.src;
    const saves = form.matches('[data-controller~="w-autosave"]');
    // "running" from the change that it is sent for until the server's answer, "failed" if no answer could be read.
    let autosave = "idle";
    let announced = null;
    let usable = saves;
    let waiting = null;
    let sent = false;

    // The server knows by it what this form made, though the answer that said so was lost.
    const token = document.createElement("input");
    token.type = "hidden";
    token.name = "creation_token";
    token.value = [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");

    const setActive = (active) => form.setAttribute("data-w-autosave-active-value", String(active && usable));

    // Wagtail waits a moment for more changes before it sends; until then it can be told to leave it.
    const dropUnsent = () => {
        const interval = Number(form.dataset.wAutosaveIntervalValue);
        if (autosave === "running" && performance.now() - announced.timeStamp < interval) {
            announced.preventDefault();
            autosave = "idle";
        }
    };

    // What a person would miss; the rest is Wagtail's own bookkeeping.
    const content = (data, but = []) =>
        [...data]
            .filter(([name]) => !BOOKKEEPING.test(name) && !but.includes(name))
            .map(([name, value]) => `${name}=${value instanceof File ? value.name : value}`)
            .join("\n");

    // Wagtail takes what stands in the form for saved; what was changed since the request was made is not.
    const noteLaterChanges = (answer) => {
        const updated = Object.keys(answer.field_updates || {});
        if (content(announced.detail.formData, updated) !== content(new FormData(form), updated)) {
            form.setAttribute("data-w-unsaved-force-value", "true");
            form.setAttribute("data-w-unsaved-has-edits-value", "true");
        }
    };

    const leave = () => {
        sent = true;
        setActive(false);
        // As long as a button is shown as working. Whoever stops the page from loading may save again.
        window.setTimeout(() => {
            sent = false;
            setActive(true);
        }, 30000);
    };

    const stay = () => {
        waiting?.submitter?.setAttribute("data-w-progress-loading-value", "false");
        waiting = null;
        setActive(true);
    };

    const send = () => {
        const { submitter } = waiting;
        leave();
        // A button that is shown as working is disabled, and would not be sent.
        const disabled = submitter?.disabled;
        if (submitter) {
            submitter.disabled = false;
        }
        form.requestSubmit(submitter);
        if (submitter) {
            submitter.disabled = disabled;
        }
        waiting = null;
    };

    const settle = (state) => {
        autosave = state;
        if (waiting) {
            send();
        }
    };

    const fail = (type) => {
        autosave = "failed";
        if (!waiting) {
            return;
        }
        if (type === "server_error" && window.confirm(told.refused)) {
            send();
            return;
        }
        if (type !== "server_error") {
            window.alert(told.unsent);
        }
        stay();
    };

    const onSubmit = (event) => {
        if (event.target !== form || (sent && waiting)) {
            return;
        }
        if (sent || waiting) {
            event.preventDefault();
            event.stopImmediatePropagation();
            return;
        }
        if (navigator.onLine) {
            dropUnsent();
        }
        if (autosave === "idle" && navigator.onLine) {
            leave();
            return;
        }
        event.preventDefault();
        event.stopImmediatePropagation();
        waiting = { submitter: event.submitter };
        if (autosave === "running") {
            setActive(false);
        } else if (usable) {
            // Try once more, the way that loses nothing.
            form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true }));
            setActive(false);
        } else {
            probe();
        }
    };

    // Without autosave nothing says whether the server is there but asking it for something small.
    const probe = () => fetch(here, { method: "HEAD", cache: "no-store" }).then(() => settle("idle"), () => fail("network_error"));

    document.addEventListener("submit", onSubmit, true);
    form.addEventListener("w-autosave:save", (event) => {
        autosave = "running";
        announced = event;
    });
    form.addEventListener("w-autosave:success", ({ detail }) => {
        settle("idle");
        // After Wagtail's own listener.
        window.setTimeout(() => noteLaterChanges(detail.response));
    });
    form.addEventListener("w-autosave:error", ({ detail }) => {
        if (["network_error", "server_error"].includes(detail.type)) {
            fail(detail.type);
        } else {
            settle("idle");
        }
    });
    form.addEventListener("w-autosave:deactivated", () => {
        autosave = "idle";
        usable = false;
    });
    window.addEventListener("pageshow", ({ persisted }) => {
        if (persisted) {
            sent = false;
            stay();
        }
    });
    form.append(token);
})();
