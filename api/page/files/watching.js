// A plan on its way: its state, and cost and bound as they come nearer.
import { ask, events, Refusal } from "/page/asking.js";
import { money, number, percent, say } from "/page/words.js";

const at = (id) => document.getElementById(id);
let watched = null;

export function setUp() {
  at("cancel").addEventListener("click", async () => {
    at("cancel").disabled = true;
    try {
      await ask("DELETE", `/plans/${watched.id}`);
    } catch (failure) {
      at("progress-state").textContent = failure.message;
    }
  });
}

// Follows a plan until it has ended; its last state, or null where another one is watched instead.
export async function follow(state) {
  leave();
  const mine = { id: state.id, stop: new AbortController(), points: [], last: null };
  watched = mine;
  at("progress").hidden = false;
  at("cancel").disabled = false;
  show(state, mine);
  while (!mine.stop.signal.aborted) {
    try {
      for await (const heard of events(`/plans/${mine.id}/events`, mine.last, mine.stop.signal)) {
        mine.last = heard.id;
        show(heard.data, mine);
        if (heard.event === "ended") {
          leave();
          return heard.data;
        }
      }
    } catch (failure) {
      if (mine.stop.signal.aborted) {
        return null;
      }
      if (failure instanceof Refusal && failure.status < 500 && failure.status !== 429) {
        throw failure;
      }
      at("progress-state").textContent = say("connection lost");
    }
    await new Promise((done) => setTimeout(done, 1000));
  }
  return null;
}

export function leave() {
  watched?.stop.abort();
  watched = null;
  at("progress").hidden = true;
}

function show(state, mine) {
  const progress = state.progress;
  at("progress-title").textContent = state.name;
  const told = state.state === "queued" ? say("ahead", number(state.ahead ?? 0)) : say(state.state);
  if (at("progress-state").textContent !== told) {
    at("progress-state").textContent = told;
  }
  at("progress-cost").textContent = money(progress?.cost);
  at("progress-bound").textContent = money(progress?.bound);
  at("progress-gap").textContent = percent(progress?.gap);
  at("progress-seconds").textContent = progress ? say("seconds are", number(progress.seconds)) : say("undefined");
  if (progress) {
    mine.points.push(progress);
  }
  lines(mine.points);
}

function lines(points) {
  const values = points.flatMap((one) => [one.cost, one.bound]).filter((one) => one !== null);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const end = Math.max(1, ...points.map((one) => one.seconds));
  const wide = (seconds) => (600 * seconds) / end;
  const tall = (value) => 112 - (104 * (value - low)) / Math.max(high - low, 1e-9);
  for (const [name, kind] of [["cost", ".cost-line"], ["bound", ".bound-line"]]) {
    const known = points.filter((one) => one[name] !== null);
    const drawn = known.map((one) => `${wide(one.seconds).toFixed(1)},${tall(one[name]).toFixed(1)}`);
    at("progress-lines").querySelector(kind).setAttribute("points", drawn.join(" "));
  }
}
