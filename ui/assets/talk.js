element.addEventListener("click", (event) => {
  const after = event.target.closest(".pa-after");
  const judge = event.target.closest(".pa-judge");
  const answer = after?.dataset.answer;
  if (judge) trigger("click", { answer, judgement: judge.dataset.judgement });
  if (event.target.closest(".pa-keep-note")) {
    const judgement = after.querySelector(".pa-judge[aria-pressed=true]").dataset.judgement;
    trigger("click", { answer, judgement, note: after.querySelector("textarea").value });
  }
});
