// Requests to this server. A key, where one is needed, travels in a header and is kept while the tab lives.
const KEY = "planner key";

export const key = {
  get: () => sessionStorage.getItem(KEY) ?? "",
  set: (value) => sessionStorage.setItem(KEY, value),
};

// What the server refused, as its problem details tell it.
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail);
    this.status = status;
    this.errors = problem.errors ?? [];
  }
}

export async function ask(method, path, body, more = {}) {
  const { headers = {}, ...rest } = more;
  const given = key.get() ? { Authorization: `Bearer ${key.get()}`, ...headers } : headers;
  const answer = await fetch(path, { method, body, headers: given, cache: "no-store", ...rest });
  if (!answer.ok) {
    throw new Refusal(answer.status, await problemOf(answer));
  }
  return answer;
}

async function problemOf(answer) {
  const kind = answer.headers.get("content-type") ?? "";
  return kind.includes("json") ? answer.json() : { detail: `${answer.status} ${answer.statusText}` };
}

// Server-sent events read from a plain request: EventSource sends no headers, so no key.
export async function* events(path, last, signal) {
  const headers = last ? { "Last-Event-ID": last } : {};
  const answer = await ask("GET", path, undefined, { headers, signal });
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    const parts = (rest + value).split("\n\n");
    rest = parts.pop();
    for (const part of parts) {
      const fields = Object.fromEntries(part.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]));
      if (fields.data) {
        yield { id: fields.id, event: fields.event, data: JSON.parse(fields.data) };
      }
    }
  }
}

// A file of the server, saved by the browser; by a request, so that the key travels with it.
export async function save(path, name) {
  const content = URL.createObjectURL(await (await ask("GET", path)).blob());
  const link = document.createElement("a");
  link.href = content;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(content), 60000);
}
