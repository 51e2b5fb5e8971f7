// F1 opens what helps on this screen, as the item of the menu does.
document.addEventListener("keydown", (event) => {
  const link = document.querySelector("[data-help='here']");
  if (event.key !== "F1" || !link) return;
  event.preventDefault();
  (link.closest("a") ?? link.querySelector("a") ?? link).click();
});
