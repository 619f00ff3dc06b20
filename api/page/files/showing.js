// A finished plan, plans side by side, or why there is none, where the result stands.
import { ask, save } from "/page/asking.js";
import { element, language, money, say } from "/page/words.js";

const at = (id) => document.getElementById(id);
let charts = null;

export async function plan(state) {
  if (state.state !== "finished") {
    return none(state);
  }
  const part = await (await ask("GET", `/plans/${state.id}/report?part=true&lang=${language}`)).text();
  files(state);
  await put(part);
}

export async function comparison(ids) {
  const body = JSON.stringify({ plans: ids });
  const headers = { "Content-Type": "application/json" };
  const part = await (await ask("POST", `/comparisons?part=true&lang=${language}`, body, { headers })).text();
  at("files").hidden = true;
  await put(part);
  at("shown").focus();
}

export function problem(failure) {
  at("files").hidden = true;
  message(failure.message, [["", (failure.errors ?? []).map((one) => one.detail)]]);
}

export function clear() {
  at("files").hidden = true;
  at("result").replaceChildren();
}

async function none(state) {
  const found = (await (await ask("GET", `/plans/${state.id}`)).json()).failure ?? {};
  at("files").hidden = true;
  message(`${state.name}: ${say(state.state)}`, [
    ["", (found.errors ?? []).map((one) => Object.values(one).filter(Boolean).join(": "))],
    [say("clash"), (found.clashes ?? []).flatMap((one) => one.rules).map((rule) => `${rule.field}: ${rule.says}`)],
    [say("repairs"), (found.repairs ?? []).map((one) => repair(one, found.currency))],
  ]);
}

// `pools.staff.maximum_seats 1 → 3: 480 EUR`
function repair(one, currency) {
  const changes = one.changes.map((each) => `${each.field} ${each.before ?? ""} → ${each.after}`).join(", ");
  return one.cost === null ? changes : `${changes}: ${money(one.cost)} ${currency}`;
}

function message(title, parts) {
  const shown = parts.filter(([, lines]) => lines.length).flatMap(([heading, lines]) => [
    ...(heading ? [element("h3", {}, heading)] : []),
    element("ul", { class: "notes", lang: "en" }, ...lines.map((line) => element("li", {}, line))),
  ]);
  at("result").replaceChildren(element("section", { class: "card", role: "alert" }, element("h2", {}, title), ...shown));
}

// The part is the server's own page: every name in it is escaped, and the policy lets no script of it run.
async function put(part) {
  at("result").innerHTML = part;
  charts ??= loaded("/page/plotly.min.js").then(() => loaded("/page/charts.js"));
  await charts;
  window.drawCharts(at("result"));
}

function loaded(path) {
  return new Promise((done, failed) => {
    const script = element("script", { src: path });
    script.addEventListener("load", done);
    script.addEventListener("error", failed);
    document.head.append(script);
  });
}

function files(state) {
  const wanted = [
    ["report", `/plans/${state.id}/report?lang=${language}`, "report.html"],
    ["workbook", `/plans/${state.id}/workbook?lang=${language}`, "plan.xlsx"],
    ...(state.certify ? [["certificate", `/plans/${state.id}/certificate`, "certificate.json"]] : []),
  ];
  const links = wanted.map(([kind, path, name]) => {
    const link = element("a", { href: path, download: name, "data-file": kind }, name);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      save(path, name).catch(problem);
    });
    return link;
  });
  at("files").replaceChildren(...links);
  at("files").hidden = false;
}
