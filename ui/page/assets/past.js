element.addEventListener("click", (event) => {
  const open = event.target.closest(".pa-open");
  const remove = event.detail < 2 && event.target.closest(".pa-delete[data-sure]");
  if (event.target.closest(".pa-new")) trigger("select", { conversation: "" });
  if (open) trigger("select", { conversation: open.dataset.conversation });
  if (remove) trigger("delete", { conversation: remove.dataset.conversation });
});
