// What is to be planned: a scenario to start from, changed in fields or as text, and a forecast.
import { ask } from "/page/asking.js";
import { element, say } from "/page/words.js";

const at = (id) => document.getElementById(id);
const now = { document: {}, text: "", forecast: "", file: "", chosen: null, changed: false, typed: false };
let attempt = "";

export function setUp(send) {
  at("preset").addEventListener("change", () => choose(at("preset").value));
  for (const way of document.getElementsByName("way")) {
    way.addEventListener("change", turn);
  }
  at("scenario").addEventListener("input", () => { now.typed = true; });
  at("forecast").addEventListener("change", () => take(at("forecast").files[0] ?? null));
  at("ask").addEventListener("input", () => { attempt = ""; });
  at("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  dropping(at("drop"));
  return choose(at("preset").value);
}

async function choose(name) {
  const found = await (await ask("GET", `/page/presets/${name}`)).json();
  Object.assign(now, { document: found.scenario, text: found.text, forecast: found.forecast, file: found.file, changed: false, typed: false });
  at("forecast").value = "";
  take(null);
  at("scenario").value = found.text;
  forget();
  turn();
}

// The request for a plan; the same one again has the same Idempotency-Key, and makes no second plan.
export function request() {
  const body = new FormData();
  body.append("scenario", new Blob([scenario()]), "scenario.yaml");
  body.append("forecast", now.chosen ?? new Blob([now.forecast]), now.chosen?.name ?? now.file);
  body.append("certify", String(at("certify").checked));
  attempt = attempt || Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");
  return { body, attempt };
}

export function sent() {
  attempt = "";
}

function scenario() {
  return now.typed ? at("scenario").value : now.changed ? JSON.stringify(now.document, null, 2) : now.text;
}

function way() {
  return document.querySelector('input[name="way"]:checked').value;
}

function turn() {
  const asText = way() === "text";
  at("text").hidden = !asText;
  at("fields").hidden = asText;
  if (asText && !now.typed) {
    at("scenario").value = scenario();
  }
  if (!asText) {
    at("fields").replaceChildren(...(now.typed ? [element("p", { class: "quiet" }, say("text changed"))] : groups(now.document)));
  }
}

function take(file) {
  now.chosen = file;
  at("forecast-told").textContent = file ? say("chosen file", file.name) : say("from the preset", now.file);
}

function dropping(zone) {
  const over = (on) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", on);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length) {
      at("forecast").files = event.dataTransfer.files;
      at("forecast").dispatchEvent(new Event("change", { bubbles: true }));
      attempt = "";
    }
  });
}

// Fields that people change most, of what the scenario has; all the rest is in the text.
function* groups(document) {
  for (const name of Object.keys(document.queues ?? {})) {
    yield group(name, [...promises(name), field("field patience", ["queues", name, "patience_seconds"])]);
  }
  for (const name of Object.keys(document.pools ?? {})) {
    const found = [
      field("field wage", ["pools", name, "pay", "wage"]),
      field("field maximum_seats", ["pools", name, "maximum_seats"]),
      field("field maximum_headcount", ["pools", name, "maximum_headcount"]),
    ];
    yield group(name, found);
  }
  document.solver ??= { gap: 0.005, time_limit_seconds: 60 };
  yield group(say("of the plan"), [field("field gap", ["solver", "gap"], 100), field("field seconds", ["solver", "time_limit_seconds"])]);
}

function promises(name) {
  return [
    field("field answer_rate", ["queues", name, "service", "answer_rate"], 100),
    field("field average_wait", ["queues", name, "service", "average_wait_seconds"]),
  ];
}

function group(title, found) {
  const fields = [...found].filter((one) => one !== null);
  return fields.length ? element("fieldset", { class: "group" }, element("legend", {}, title), element("div", { class: "three" }, ...fields)) : "";
}

// An input for a number of the scenario, shown times `scale`; none where the scenario does not have it.
function field(word, path, scale = 1) {
  const above = path.slice(0, -1).reduce((from, name) => from?.[name], now.document);
  const last = path.at(-1);
  if (typeof above?.[last] !== "number") {
    return null;
  }
  const pointer = pointerOf(["scenario", ...path]);
  const input = element("input", { type: "number", step: "any", id: `field${pointer}`, "data-pointer": pointer, "data-scale": scale });
  input.value = Number((above[last] * scale).toPrecision(12));
  input.addEventListener("input", () => {
    above[last] = input.value === "" ? null : Number((input.valueAsNumber / scale).toPrecision(12));
    now.changed = true;
  });
  return element("div", {}, element("label", { for: input.id }, say(word)), input);
}

function pointerOf(parts) {
  return parts.map((part) => "/" + String(part).replaceAll("~", "~0").replaceAll("/", "~1")).join("");
}

// Every mistake in a list above the button, and beside its field where there is one.
export function tell(refusal) {
  forget();
  const box = at("mistakes");
  const lines = refusal.errors.map((one) => element("li", {}, ...place(one), one.detail));
  box.append(element("p", {}, refusal.message), element("ul", {}, ...lines));
  box.hidden = false;
  for (const one of refusal.errors) {
    const input = one.pointer && way() === "fields" ? at(`field${one.pointer}`) : null;
    if (input) {
      const id = `told${one.pointer}`;
      const words = input.dataset.scale === "1" ? one.detail : say("as a share", one.detail);
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", id);
      input.closest("fieldset").append(element("p", { class: "field-mistake", id }, `${input.labels[0].textContent}: ${words}`));
    }
  }
  box.focus();
}

function place(one) {
  const where = one.pointer || one.parameter;
  return where ? [element("code", {}, where.replace(/^\//, "").replaceAll("/", ".").replaceAll("~1", "/").replaceAll("~0", "~")), " "] : [];
}

export function forget() {
  at("mistakes").hidden = true;
  at("mistakes").replaceChildren();
  for (const told of document.querySelectorAll(".field-mistake")) {
    told.remove();
  }
  for (const input of document.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
}
