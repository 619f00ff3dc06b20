// The list of earlier plans, and which of them are to be compared.
import { ask } from "/page/asking.js";
import { element, moment, money, say } from "/page/words.js";

const at = (id) => document.getElementById(id);
const chosen = new Set();
const TONES = { finished: "good", infeasible: "bad", failed: "bad", timeout: "bad", cancelled: "quiet", queued: "open", running: "open" };
let shown = [];
let next = null;
let current = null;

export function setUp(compare) {
  at("compare").addEventListener("click", () => compare(shown.filter((one) => chosen.has(one.id)).map((one) => one.id).reverse()));
  at("older").addEventListener("click", async () => {
    const page = await (await ask("GET", next)).json();
    shown = [...shown, ...page.plans];
    next = page.next;
    draw();
  });
}

export async function refresh() {
  const page = await (await ask("GET", "/plans?limit=10")).json();
  const newest = new Set(page.plans.map((one) => one.id));
  const older = shown.length > page.plans.length ? shown.filter((one) => !newest.has(one.id)) : [];
  shown = [...page.plans, ...older];
  next = older.length ? next : page.next;
  draw();
}

export function mark(id) {
  current = id;
  draw();
}

function draw() {
  const lines = shown.map(line);
  at("earlier").replaceChildren(shown.length ? element("ul", { class: "plans" }, ...lines) : element("p", { class: "quiet" }, say("no plans")));
  at("older").hidden = next === null;
  ready();
}

function line(plan) {
  const box = element("input", { type: "checkbox", "aria-label": say("select plan", plan.name), disabled: plan.state !== "finished" });
  box.checked = chosen.has(plan.id);
  box.addEventListener("change", () => {
    chosen[box.checked ? "add" : "delete"](plan.id);
    ready();
  });
  const cost = plan.state === "finished" && plan.progress ? money(plan.progress.cost) : "";
  const link = element(
    "a",
    { href: `#plan=${plan.id}`, "aria-current": plan.id === current ? "true" : null },
    element("span", { class: "title" }, plan.name),
    element("span", { class: "when" }, element("span", {}, moment(plan.created_at)), element("span", {}, cost)),
  );
  return element("li", {}, box, link, element("span", { class: `badge ${TONES[plan.state]}` }, say(plan.state)));
}

function ready() {
  at("compare").disabled = chosen.size < 2;
  at("compare-told").hidden = chosen.size >= 2;
}
