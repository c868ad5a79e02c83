() => {
  const sure = 4000; // milliseconds in which a second click removes a policy

  const open = (card) => {
    const evidence = card.closest(".pa-evidence");
    for (const each of document.querySelectorAll(".pa-evidence")) each.hidden = each !== evidence;
    for (const each of document.querySelectorAll(".pa-card")) {
      each.classList.toggle("pa-current", each === card);
    }
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest", behavior: "smooth" });
  };

  const copy = async (button) => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 1500);
  };

  const confirm = (button) => {
    if (button.dataset.sure) return;
    button.textContent = "Really remove?";
    setTimeout(() => (button.dataset.sure = "yes")); // not for the click under way
    setTimeout(() => {
      button.textContent = "Remove";
      delete button.dataset.sure;
    }, sure);
  };

  document.addEventListener("click", (event) => {
    const marker = event.target.closest("a.pa-marker");
    if (marker) {
      event.preventDefault();
      const card = document.getElementById(marker.hash.slice(1));
      if (card) open(card);
    }
    const button = event.target.closest("button");
    if (button?.matches(".pa-copy")) copy(button);
    if (button?.matches(".pa-remove")) confirm(button);
  });

  // A policy that is opened shows the quoted words, not its beginning.
  document.addEventListener(
    "toggle",
    (event) => {
      const text = event.target.querySelector?.(".pa-text");
      const mark = text?.querySelector("mark") ?? text?.querySelector(".pa-clause");
      if (!event.target.open || !mark) return;
      const offset = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
      text.scrollTop += offset - text.clientHeight / 3;
    },
    true,
  );

  // A new question moves to the top of the page, and its answer grows below it.
  let asked = 0;
  new MutationObserver(() => {
    const turns = document.querySelectorAll(".pa-turn");
    if (turns.length > asked) turns[turns.length - 1].scrollIntoView({ behavior: "smooth" });
    asked = turns.length;
  }).observe(document.body, { childList: true, subtree: true });

  for (const [id, name] of [
    ["pa-library", "Policies"],
    ["pa-talk", "Questions and answers"],
    ["pa-evidence", "Evidence"],
  ]) {
    const region = document.getElementById(id);
    region?.setAttribute("role", "region");
    region?.setAttribute("aria-label", name);
  }
}
