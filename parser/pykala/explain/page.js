"use strict";
(() => {
  const tips = document.getElementById("tips");
  const all = new Map([...tips.children].map((tip) => [tip.id, tip]));
  const marks = [...document.querySelectorAll("mark")];
  for (const mark of marks) mark.removeAttribute("title");

  const pieces = new Map();
  for (const mark of marks)
    for (const number of mark.dataset.marks.split(" ")) pieces.set(number, [...(pieces.get(number) ?? []), mark]);

  let shown = null;
  function show(mark) {
    shown = mark;
    tips.replaceChildren(...mark.getAttribute("aria-describedby").split(" ").map((id) => all.get(id)));
    tips.hidden = false;
    const words = mark.getClientRects()[0], box = tips.getBoundingClientRect();
    const below = words.bottom + 8;
    tips.style.left = Math.max(8, Math.min(words.left, innerWidth - box.width - 8)) + "px";
    tips.style.top = (below + box.height < innerHeight ? below : Math.max(8, words.top - box.height - 8)) + "px";
  }
  function hide() {
    shown = null;
    tips.hidden = true;
    tips.replaceChildren(...all.values());
  }
  function light(number) {
    for (const mark of document.querySelectorAll("mark.lit")) mark.classList.remove("lit");
    for (const mark of pieces.get(number) ?? []) mark.classList.add("lit");
  }

  for (const event of ["mouseover", "focusin"])
    document.addEventListener(event, ({ target }) => {
      const mark = target.closest("mark");
      if (mark) show(mark);
    });
  for (const event of ["mouseout", "focusout"])
    document.addEventListener(event, ({ target }) => { if (target.closest("mark")) hide(); });
  document.addEventListener("scroll", () => { if (shown) show(shown); }, { passive: true });
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") hide(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#m"]');
    if (!link) return;
    const number = link.hash.slice(2), mark = pieces.get(number)?.[0];
    if (!mark) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    light(number);
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center" });
  });
  if (/^#m\d+$/.test(location.hash)) light(location.hash.slice(2));
})();
