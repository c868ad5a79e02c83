// From a sentence to its quote and back: [n] leads to card n, and shows the quote when hovered.
{
  let from = null; // the marker that led to the card in view

  const scroll = (text) => {
    const mark = text?.querySelector("mark") ?? text?.querySelector(".pa-clause");
    if (!mark) return;
    const offset = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
    text.scrollTop += offset - text.clientHeight / 3;
  };

  const open = (card) => {
    const evidence = card.closest(".pa-evidence");
    for (const each of document.querySelectorAll(".pa-evidence")) each.hidden = each !== evidence;
    for (const each of document.querySelectorAll(".pa-card")) {
      each.classList.toggle("pa-current", each === card);
    }
    const context = card.querySelector(".pa-context");
    if (context) {
      context.open = true;
      scroll(context.querySelector(".pa-text"));
    }
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest", behavior: "smooth" });
  };

  const cardOf = (marker) => document.getElementById(marker.hash.slice(1));

  document.addEventListener("click", (event) => {
    const marker = event.target.closest("a.pa-marker");
    if (!marker) return;
    event.preventDefault();
    const card = cardOf(marker);
    if (!card) return;
    hide();
    from = marker;
    open(card);
  });

  // A policy that is opened shows the quoted words, not its beginning.
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.open && event.target.matches(".pa-context")) {
        scroll(event.target.querySelector(".pa-text"));
      }
    },
    true,
  );

  const tip = document.createElement("div");
  tip.id = "pa-tip";
  tip.role = "tooltip";
  tip.dir = "auto";
  tip.hidden = true;
  document.body.append(tip);

  const hide = () => {
    tip.hidden = true;
  };

  const show = (marker) => {
    const quote = cardOf(marker)?.querySelector("blockquote mark");
    if (!quote) return;
    tip.textContent = quote.textContent;
    tip.hidden = false;
    marker.setAttribute("aria-describedby", tip.id);
    const at = marker.getBoundingClientRect();
    const left = Math.min(at.left, document.documentElement.clientWidth - tip.offsetWidth - 12);
    const above = at.top - tip.offsetHeight - 8;
    tip.style.left = `${Math.max(12, left)}px`;
    tip.style.top = `${above > 8 ? above : at.bottom + 8}px`;
  };

  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const marker = event.target.closest?.("a.pa-marker");
      if (marker) show(marker);
      else if (!event.target.closest?.("#pa-tip")) hide();
    });
  }
  document.addEventListener("scroll", hide, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hide();
    if (event.target.closest?.(".pa-card") && from?.isConnected) from.focus();
  });
}
