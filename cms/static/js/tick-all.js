// Ticks every item of a page at once. Without scripts the box stays hidden and items are ticked one by one.
document.querySelectorAll("[data-td-tick-all]").forEach((all) => {
    const boxes = all.closest("table").querySelectorAll('tbody input[name="item"]');
    all.hidden = false;
    all.addEventListener("change", () => {
        boxes.forEach((box) => {
            box.checked = all.checked;
        });
    });
});
