// The page's parts put together: ask, watch, show, list.
import { ask, key, Refusal } from "/page/asking.js";
import * as form from "/page/form.js";
import * as plans from "/page/plans.js";
import * as showing from "/page/showing.js";
import * as watching from "/page/watching.js";
import { say } from "/page/words.js";

const at = (id) => document.getElementById(id);
const LOOK_SECONDS = 10;

async function send() {
  const button = at("submit");
  const label = button.textContent;
  form.forget();
  button.disabled = true;
  button.textContent = say("busy asking");
  try {
    const { body, attempt } = form.request();
    const answer = await ask("POST", "/plans", body, { headers: { "Idempotency-Key": attempt } });
    form.sent();
    location.hash = `plan=${(await answer.json()).id}`;
  } catch (failure) {
    form.tell(failure instanceof Refusal ? failure : new Refusal(0, { detail: say("connection lost") }));
  } finally {
    button.disabled = false;
    button.textContent = label;
  }
}

// The plan that the address names, from wherever it is to its result.
async function open() {
  const id = new URLSearchParams(location.hash.slice(1)).get("plan");
  if (!id) {
    return;
  }
  try {
    watching.leave();
    showing.clear();
    plans.mark(id);
    list();
    let state = await (await ask("GET", `/plans/${encodeURIComponent(id)}`)).json();
    at("shown").scrollIntoView({ block: "start" });
    if (state.state === "queued" || state.state === "running") {
      state = await watching.follow(state);
    }
    if (state !== null) {
      list();
      await showing.plan(state);
      at("heard").textContent = `${state.name}: ${say(state.state)}`;
    }
  } catch (failure) {
    watching.leave();
    showing.problem(failure);
  }
}

async function list() {
  try {
    await plans.refresh();
    told("");
  } catch (failure) {
    told(failure.message);
  }
}

function told(words) {
  const place = at("key-told");
  if (place) {
    place.textContent = words || say("key is needed");
    place.hidden = !words && key.get() !== "";
  }
}

at("key-form")?.addEventListener("submit", (event) => {
  event.preventDefault();
  key.set(at("key").value.trim());
  at("key").value = "";
  list();
  open();
});
window.addEventListener("hashchange", open);
watching.setUp();
plans.setUp(async (ids) => {
  watching.leave();
  history.replaceState(null, "", location.pathname + location.search);
  plans.mark(null);
  await showing.comparison(ids).catch(showing.problem);
});
await form.setUp(send);
if (!at("key-form") || key.get()) {
  await list();
  open();
}
setInterval(() => document.hidden || (at("key-form") && !key.get()) || list(), LOOK_SECONDS * 1000);
document.documentElement.dataset.ready = "";
