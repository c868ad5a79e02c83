const noted = new WeakMap(); // the note that each field held last, and of which answer

element.addEventListener("click", (event) => {
  const after = event.target.closest(".pa-after");
  const judge = event.target.closest(".pa-judge");
  const answer = after?.dataset.answer;
  const save = event.target.closest(".pa-save");
  if (save) trigger("save", { answer, form: save.dataset.form, page: location.origin });
  if (judge) trigger("click", { answer, judgement: judge.dataset.judgement });
  if (event.target.closest(".pa-keep-note")) {
    const judgement = after.querySelector(".pa-judge[aria-pressed=true]").dataset.judgement;
    trigger("click", { answer, judgement, note: after.querySelector("textarea").value });
  }
});

// A field shows the saved note; one that is being written stays as it is.
watch("value", () => {
  for (const field of element.querySelectorAll(".pa-noting textarea")) {
    const kept = `${field.id} ${field.defaultValue}`;
    if (noted.get(field) !== kept) field.value = field.defaultValue;
    noted.set(field, kept);
  }
});
