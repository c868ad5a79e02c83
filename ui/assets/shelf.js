const narrow = (boxes) => {
  trigger("change", { policies: boxes.filter((box) => box.checked).map((box) => box.dataset.policy) });
};

element.addEventListener("change", (event) => {
  if (event.target.matches(".pa-only")) narrow([...element.querySelectorAll(".pa-only")]);
});

element.addEventListener("click", (event) => {
  const remove = event.target.closest(".pa-remove[data-sure]");
  if (remove) trigger("click", { policy: remove.dataset.policy });
  if (event.target.closest(".pa-all")) narrow([]);
});

// A list that is long is searched without asking the server.
element.addEventListener("input", (event) => {
  if (!event.target.matches(".pa-find")) return;
  const sought = event.target.value.toLowerCase();
  for (const item of element.querySelectorAll(".pa-policies li")) {
    item.hidden = !item.textContent.toLowerCase().includes(sought);
  }
});
