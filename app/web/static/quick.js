/* The quick order by keyboard: type, Down, Enter, quantity, Enter. Without it the form stays a form. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-quick]");
  if (!form) return;
  const rows = form.querySelector("tbody");
  const list = document.createElement("ul");
  list.id = "vorschlaege";
  list.className = "suggest options";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Vorschläge");
  let field = null, timer = 0, turn = 0;

  const options = () => [...list.children];
  const close = () => {
    turn += 1;
    clearTimeout(timer);
    if (field) { field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); }
    list.remove();
    list.replaceChildren();
  };
  const mark = (option) => {
    options().forEach((one) => one.setAttribute("aria-selected", one === option));
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const ask = async () => {
    const mine = ++turn, input = field, typed = input.value.trim();
    if (typed.length < 2) { close(); return; }
    const answer = await fetch(`${input.dataset.typeahead}?q=${encodeURIComponent(typed)}`, { headers: { "HX-Request": "true" } });
    if (mine !== turn || input !== document.activeElement || !answer.ok || answer.headers.has("HX-Redirect")) return;
    list.innerHTML = await answer.text();
    if (mine !== turn || !list.children.length) { close(); return; }
    input.after(list);
    input.setAttribute("aria-expanded", "true");
  };
  const verdict = (input) => input.closest("tr").querySelector("[data-verdict]");
  const quantity = (input) => input.closest("tr").querySelector("[name^=menge-]");
  const choose = (option) => {
    field.value = option.dataset.sku;
    verdict(field).textContent = option.firstElementChild.firstChild.textContent;
    const many = quantity(field);
    many.value = many.value || option.dataset.least;
    close();
    many.focus();
    many.select();
  };
  const prepare = (row) => {
    const input = row.querySelector("[data-typeahead]");
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", "vorschlaege"]]) input.setAttribute(name, value);
  };
  const next = (row) => {
    if (row.nextElementSibling) return row.nextElementSibling;
    const fresh = row.cloneNode(true), at = rows.children.length + 1;
    fresh.querySelectorAll("input").forEach((input) => {
      const kind = input.name.split("-")[0];
      input.name = input.id = `${kind}-${at}`;
      input.value = "";
      input.setAttribute("aria-label", `${kind === "nummer" ? "Nummer" : "Menge"} in Zeile ${at}`);
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    });
    const said = fresh.querySelector("[data-verdict]");
    said.replaceChildren();
    said.removeAttribute("id");
    rows.append(fresh);
    return fresh;
  };

  [...rows.children].forEach(prepare);
  form.addEventListener("input", (e) => {
    if (!e.target.dataset.typeahead) return;
    field = e.target;
    verdict(field).textContent = "";
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  form.addEventListener("paste", (e) => {
    const text = e.clipboardData.getData("text/plain");
    if (!e.target.dataset.typeahead || !/[\t\n].*\S/.test(text.trim())) return;
    e.preventDefault();
    const all = document.getElementById("zeilen");
    all.value = text;
    all.form.requestSubmit();
  });
  form.addEventListener("keydown", (e) => {
    const { target, key } = e;
    if (e.ctrlKey || e.metaKey || !target.matches("input")) return;
    const row = target.closest("tr");
    if (target.dataset.typeahead) {
      const all = options(), at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
      if (all.length && (key === "ArrowDown" || key === "ArrowUp")) {
        e.preventDefault();
        const step = key === "ArrowDown" ? at + 1 : (at < 0 ? all.length : at) - 1;
        mark(all[(step + all.length) % all.length]);
      } else if (key === "Escape") close();
      else if (key === "Enter") {
        e.preventDefault();
        if (at >= 0) choose(all[at]);
        else if (target.value.trim()) { close(); quantity(target).focus(); quantity(target).select(); }
        else form.requestSubmit(document.getElementById("absenden"));
      }
    } else if (key === "Enter" && target.name.startsWith("menge-")) {
      e.preventDefault();
      const input = next(row).querySelector("[data-typeahead]");
      prepare(input.closest("tr"));
      input.focus();
    }
  });
  list.addEventListener("mousedown", (e) => {
    const option = e.target.closest("[role=option]");
    e.preventDefault();
    if (option) choose(option);
  });
  form.addEventListener("focusout", (e) => { if (e.target === field) setTimeout(() => { if (document.activeElement !== field) close(); }, 100); });
  const first = [...form.querySelectorAll("[data-typeahead]")].find((input) => !input.value);
  if (first && !document.querySelector("[data-focus]")) first.focus();
})();
