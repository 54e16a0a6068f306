/* Comfort on top: without this file everything stays usable. */
(() => {
  "use strict";
  const doc = document;
  const byId = (id) => doc.getElementById(id);
  doc.documentElement.classList.add("js");

  const say = (text) => {
    const live = byId("meldung");
    if (!live) return;
    live.textContent = "";
    setTimeout(() => { live.textContent = text; }, 60);
  };

  /* After a swap: focus where it is asked for, and the news is read out. */
  const settle = () => {
    const focus = doc.querySelector("[data-focus]");
    if (focus) { focus.removeAttribute("data-focus"); focus.focus(); }
    const news = doc.querySelector("[data-say]");
    if (news) { say(news.dataset.say); news.removeAttribute("data-say"); }
  };
  doc.addEventListener("htmx:after:settle", settle);
  doc.addEventListener("DOMContentLoaded", settle);
  doc.addEventListener("htmx:error", () => say(
    "Die Verbindung ist unterbrochen. Ihre Eingaben sind noch da. Bitte versuchen Sie es erneut."));

  doc.addEventListener("keydown", (e) => {
    const typing = e.target.matches("input, textarea, select");
    if (e.key === "/" && !typing && !e.ctrlKey && !e.metaKey && !e.altKey) {
      const search = byId("suche") || byId("ksuche");
      if (search) { e.preventDefault(); search.focus(); search.select(); }
    }
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
      const form = doc.querySelector("form[data-submit-key]");
      if (form) { e.preventDefault(); form.requestSubmit(form.querySelector("#absenden")); }
    }
  });

  /* Select all; mark and count chosen rows. */
  doc.addEventListener("change", (e) => {
    const all = e.target.dataset.all;
    if (all) doc.querySelectorAll(`input[name="${all}"]`).forEach((box) => { box.checked = e.target.checked; });
    const table = e.target.type === "checkbox" && e.target.closest("table");
    if (!table) return;
    const boxes = [...table.querySelectorAll("tbody input[type=checkbox]")];
    boxes.forEach((box) => box.closest("tr").classList.toggle("sel", box.checked));
    const count = byId("anzahl");
    if (count) count.textContent = `${boxes.filter((box) => box.checked).length} ausgewählt`;
  });

  doc.addEventListener("click", (e) => {
    if (e.target.closest("[data-print]")) print();
    const eye = e.target.closest("[data-show]");
    if (eye) {
      const field = byId(eye.dataset.show);
      field.type = field.type === "text" ? "password" : "text";
      eye.setAttribute("aria-pressed", field.type === "text");
    }
    const close = e.target.closest("[data-close], [data-stay]");
    if (!close) return;
    if (close.matches("[data-stay]")) fetch(location.href).then(warn);
    close.closest("[data-toast]").remove();
  });

  /* Two minutes before the end. */
  const end = byId("zeitende");
  const warn = () => setTimeout(() => {
    byId("toast").append(end.content.cloneNode(true));
    say("Ihre Sitzung endet in 2 Minuten.");
  }, (end.dataset.seconds - 120) * 1000);
  if (end) warn();
})();
