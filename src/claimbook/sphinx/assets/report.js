/* Shows beside a citation, term or claim what it stands for (on hovering, focus and touch);
   fills in addresses, copies citations, and serves the theme's buttons. */
(() => {
  "use strict";
  const links = document.querySelectorAll('a[href^="#cite-"], a:has(> .std-term), a.claim');
  const wait = 200;
  let card, shown, timer, touched;

  function contentOf(link) {
    if (link.hash.startsWith("#cite-")) {
      const work = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      return [...work.parentElement.childNodes].map((node) => node.cloneNode(true)).filter((node) => node.id !== work.id);
    }
    link.dataset.note ??= link.title;
    return [link.dataset.note];
  }

  function hide() {
    clearTimeout(timer);
    card?.remove();
    shown?.removeAttribute("aria-describedby");
    card = shown = undefined;
  }

  function show(link) {
    if (shown === link) return;
    hide();
    card = document.createElement("div");
    card.id = "card";
    card.className = "card-note";
    card.setAttribute("role", "tooltip");
    card.append(...contentOf(link));
    document.body.append(card);
    const place = link.getBoundingClientRect();
    const room = document.documentElement.clientWidth - card.offsetWidth - 16;
    card.style.left = `${scrollX + Math.max(16, Math.min(place.left, room))}px`;
    const below = place.bottom + card.offsetHeight < innerHeight;
    card.style.top = `${scrollY + (below ? place.bottom + 4 : place.top - card.offsetHeight - 4)}px`;
    link.removeAttribute("title");
    link.setAttribute("aria-describedby", "card");
    shown = link;
    card.addEventListener("pointerenter", () => clearTimeout(timer));
    card.addEventListener("pointerleave", leave);
  }

  function leave() {
    clearTimeout(timer);
    timer = setTimeout(hide, wait);
  }

  for (const link of links) {
    link.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "touch") return;
      clearTimeout(timer);
      timer = setTimeout(() => show(link), wait);
    });
    link.addEventListener("pointerleave", (event) => event.pointerType === "touch" || leave());
    link.addEventListener("focus", () => show(link));
    link.addEventListener("blur", leave);
    link.addEventListener("pointerdown", () => { touched = shown === link; });
    link.addEventListener("click", (event) => {
      if (event.pointerType === "touch" && !touched) event.preventDefault();
    });
  }
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
  addEventListener("pointerdown", (event) => card && !card.contains(event.target) && event.target.closest("a") !== shown && hide());

  // What the address names may have moved to the chapter's page of the annex.
  const proof = document.querySelector('link[rel="appendix"]');
  if (proof && location.hash && !document.getElementById(decodeURIComponent(location.hash.slice(1)))) {
    location.replace(proof.href + location.hash);
  }

  for (const link of document.querySelectorAll("a.permanent")) {
    if (!link.textContent.includes("://")) link.textContent = link.href;
  }
  document.querySelector(".btn-fullscreen-button")?.addEventListener("click", () => toggleFullScreen());
  document.querySelector(".btn-download-pdf-button")?.addEventListener("click", () => print());
  new ClipboardJS(".copy").on("success", ({ trigger, clearSelection }) => {
    clearSelection();
    trigger.textContent = trigger.dataset.copied;
  });
})();
