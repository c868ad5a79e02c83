// The page as a whole: regions, confirmation, copying, and scrolling to a new question.
{
  const sure = 4000; // milliseconds within which a second click removes or deletes; a double click does not

  const copy = async (button, text, before) => {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = before), 1500);
  };

  const confirm = (button) => {
    if (button.dataset.sure) return;
    const [text, label] = [button.textContent, button.ariaLabel];
    button.textContent = `Really ${text.toLowerCase()}?`;
    button.ariaLabel = `Press again: ${label}`;
    button.dataset.sure = "yes"; // the lists have handled this click already
    setTimeout(() => {
      if (!button.dataset.sure) return;
      button.textContent = text;
      button.ariaLabel = label;
      delete button.dataset.sure;
    }, sure);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches(".pa-copy")) copy(button, button.dataset.copy, "Copy");
    if (button?.matches(".pa-share")) {
      const { answer } = button.closest(".pa-after").dataset;
      copy(button, `${location.origin}${location.pathname}?answer=${answer}`, "Copy link");
    }
    if (button?.matches(".pa-remove, .pa-delete")) confirm(button);
    if (event.target.closest(".pa-skip")) {
      event.preventDefault();
      document.querySelector("#pa-question textarea")?.focus();
    }
  });

  // A question that is too long says so as it is typed or pasted; nothing of it is cut.
  const measure = () => {
    const note = document.querySelector(".pa-too-long");
    const box = document.querySelector("#pa-question textarea");
    if (!note || !box) return;
    const count = [...box.value.trim()].length;
    const most = Number(note.dataset.most);
    const [has, read] = [count, most].map((number) => number.toLocaleString("en"));
    const text =
      count > most ? `The question has ${has} characters. At most ${read} are read: shorten it.` : "";
    if (note.textContent !== text) note.textContent = text;
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches("#pa-question textarea")) measure();
  });

  // This tab remembers which conversation it has open; that replaces an answer's address.
  const remember = () => {
    const log = document.querySelector("[data-conversation][role=log]");
    if (!log) return;
    const { conversation } = log.dataset;
    try {
      if (conversation) sessionStorage.setItem("policy-assistant-conversation", conversation);
      else sessionStorage.removeItem("policy-assistant-conversation");
    } catch {
      // A browser that keeps nothing starts over with each reload.
    }
    if (conversation && location.search) history.replaceState(null, "", location.pathname);
  };

  // A new question moves to the top of the page, and its answer grows below it.
  let shown = "";
  let asked = 0;
  new MutationObserver(() => {
    remember();
    measure();
    const turns = document.querySelectorAll(".pa-turn");
    const last = turns[turns.length - 1];
    if (turns.length > asked && shown) last.scrollIntoView({ behavior: "smooth" });
    shown = document.querySelector("[role=log]") ? "yes" : "";
    asked = turns.length;
  }).observe(document.body, { childList: true, subtree: true, attributeFilter: ["data-conversation"] });

  for (const [id, name] of [
    ["pa-library", "Conversations and policies"],
    ["pa-talk", "Questions and answers"],
    ["pa-evidence", "Evidence"],
  ]) {
    const region = document.getElementById(id);
    region?.setAttribute("role", "region");
    region?.setAttribute("aria-label", name);
  }
}
