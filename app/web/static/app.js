/* Comfort: all works without it. */
{
const doc = document;
const byId = (id) => doc.getElementById(id);
const each = (find, act) => doc.querySelectorAll(find).forEach(act);
const on = (event, act) => doc.addEventListener(event, act);
doc.documentElement.classList.add("js");

const say = (text) => {
  const live = byId("meldung");
  live.textContent = "";
  setTimeout(() => { live.textContent = text; }, 60);
};

/* After a swap: focus and news. */
const settle = () => {
  const take = (name, act) => {
    const at = doc.querySelector(`[data-${name}]`);
    if (at) { act(at); delete at.dataset[name]; }
  };
  take("focus", (at) => at.focus());
  take("say", (at) => say(at.dataset.say));
};
on("htmx:after:settle", settle);
settle();
on("htmx:error", () => say(
  "Die Verbindung ist unterbrochen. Ihre Eingaben sind noch da. Versuchen Sie es erneut."));

on("keydown", (e) => {
  const at = e.target, strong = e.ctrlKey || e.metaKey;
  if (e.key === "/" && !strong && !e.altKey && !at.matches("input, textarea, select")) {
    const search = doc.querySelector(".keys [type=search]");
    if (search) { e.preventDefault(); search.focus(); search.select(); }
  }
  /* No other form: Ctrl+Enter under a refusal must not approve. */
  if (e.key === "Enter" && strong && !at.matches("button, a, summary")) {
    const form = at.form || doc.querySelector("form[data-submit-key]");
    if (form) { e.preventDefault(); form.requestSubmit(form.querySelector("#absenden")); }
  }
  if (e.key === "Escape") {
    each(".suggest, [data-toast]", (one) => one.remove());
    each(".nav [open]", (menu) => { menu.open = false; menu.firstElementChild.focus(); });
  }
});

/* Half a date is not none: the server says so. */
on("formdata", (e) => [...e.target.elements].forEach((one) => {
  if (one.validity.badInput) e.formData.set(one.name, "?");
}));

on("change", ({ target: at }) => {
  const all = at.dataset.all;
  if (all) each(`input[name="${all}"]`, (box) => { box.checked = at.checked; });
  const table = at.type === "checkbox" && at.closest("table");
  if (!table) return;
  const boxes = [...table.querySelectorAll("tbody [type=checkbox]")];
  boxes.forEach((box) => box.closest("tr").classList.toggle("sel", box.checked));
  const count = byId("anzahl");
  if (count) count.textContent = `${boxes.filter((box) => box.checked).length} ausgewählt`;
});

on("click", ({ target: at }) => {
  if (at.closest("[data-print]")) print();
  const eye = at.closest("[data-show]");
  if (eye) {
    const field = byId(eye.dataset.show), shown = field.type === "text";
    field.type = shown ? "password" : "text";
    eye.ariaPressed = !shown;
  }
  const close = at.closest("[data-close], [data-stay]");
  if (!close) return;
  if (close.matches("[data-stay]")) fetch(location.href).then(warn);
  close.closest("[data-toast]").remove();
});

const end = byId("zeitende");
const warn = () => setTimeout(() => {
  byId("toast").append(end.content.cloneNode(true));
  say("Ihre Sitzung endet in 2 Minuten.");
}, (end.dataset.seconds - 120) * 1000);
if (end) warn();
}
