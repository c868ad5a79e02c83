const all = (name) => [...element.querySelectorAll(name)];

const narrow = (boxes) => {
  const ticked = boxes.filter((box) => box.checked);
  trigger("narrow", { policies: ticked.map((box) => box.dataset.policy) });
};

// A long list is searched without asking the server.
const find = () => {
  const sought = element.querySelector(".pa-find")?.value.toLowerCase() ?? "";
  for (const item of all(".pa-policies li")) {
    item.hidden = !item.textContent.toLowerCase().includes(sought);
  }
};

element.addEventListener("change", (event) => {
  if (event.target.matches(".pa-only")) narrow(all(".pa-only"));
});

element.addEventListener("click", (event) => {
  const remove = event.detail < 2 && event.target.closest(".pa-remove[data-sure]");
  if (remove) trigger("click", { policy: remove.dataset.policy });
  if (event.target.closest(".pa-all")) narrow([]);
});

element.addEventListener("input", (event) => {
  if (event.target.matches(".pa-find")) find();
});

// Boxes that were ticked by hand follow the server's answer, too.
watch("value", () => {
  for (const box of all(".pa-only")) box.checked = box.hasAttribute("checked");
  find();
});
