import { Detail } from "./detail.js";
import { byId, make } from "./dom.js";
import { Filters } from "./filters.js";
import { VirtualList } from "./list.js";
import { Progress } from "./progress.js";
import { Speech } from "./speech.js";

const told = JSON.parse(byId("told").textContent);
/** @type {Change[]} */
const changes = told.documents.flatMap((/** @type {{changes: Change[]}} */ one) => one.changes);
const speech = new Speech(told.words);
const progress = new Progress(changes, `pykala-review-${told.hash}`, told.token);
const filters = new Filters(changes, (change) => progress.of(change));
const titles = new Map(told.documents.map((/** @type {{document: string, title: string | null}} */ one) => [one.document, one.title]));
const detail = new Detail(speech, progress, titles, go);
const list = new VirtualList(byId("list"), row, (index) => { select(index); });

/** @type {Change[]} */
let kept = changes;
let current = 0;
let waiting = 0;

const SIGNS = { open: "○", accepted: "✓", rejected: "✗", written: "●" };

/** @param {Change} change */
function row(change) {
  const state = progress.of(change);
  const facet = change.facet ? ` – ${speech.say(`facet-${change.facet}`)}` : "";
  const name = change.document.split("/").at(-1) ?? "";
  const verdict = change.verdict !== "unjudged" && make("span", { kind: `verdict ${change.verdict}`, text: speech.say(`verdict-${change.verdict}`) });
  const along = progress.followers.get(change.id)?.length;
  return make("div", { kind: `row ${state}` },
    make("span", { kind: "sign", text: SIGNS[state], role: "img", "aria-label": speech.say(`state-${state}`) }),
    make("div", { kind: "what" },
      make("p", { kind: "line" }, make("b", { text: `${speech.say(`field-${change.field}`)}${facet}` }), make("span", { kind: "tag", text: speech.say(`kind-${change.kind}`) }), verdict,
        along && !filters.whole && make("span", { kind: "along", text: `+${along}`, title: speech.say("along") })),
      make("p", { kind: "line said" }, ...said(change)),
      make("p", { kind: "line name", text: name })));
}

/** @param {Change} change */
function said(change) {
  const about = change.facet && (change.new ?? change.old)?.text;
  return [
    about && make("span", { kind: "about", text: `${about}: ` }),
    change.old && make("del", { text: change.old.shown }),
    change.old && change.new && " → ",
    change.new && make("ins", { text: change.new.shown }),
  ];
}

/** @param {number} index */
function select(index) {
  current = Math.max(0, Math.min(kept.length - 1, index));
  list.go(current);
  show();
}

function show() {
  const change = kept[current];
  for (const name of ["change", "deciding", "notes"]) byId(name).hidden = !change;
  byId("nothing").hidden = Boolean(change);
  byId("nothing").textContent = speech.say(changes.length ? "found_none" : "nothing");
  if (change) detail.show(change, current, kept.length);
}

/** Show a change, whatever the filters. @param {Change} change */
function go(change) {
  if (!kept.includes(change)) {
    filters.chosen = {};
    filters.asked = byId("search").value = "";
    filters.whole = byId("whole").checked = filters.whole || filters.consequences.has(change);
    refilter(change);
  }
  select(kept.indexOf(change));
}

/** @param {Change | undefined} [stay] the change to stay at, where it is still shown */
function refilter(stay = kept[current]) {
  kept = filters.kept();
  const at = stay ? kept.indexOf(stay) : 0;
  current = at >= 0 ? at : Math.min(current, Math.max(0, kept.length - 1));
  list.show(kept, current);
  byId("found").textContent = kept.length ? speech.say("found", { count: kept.length }) : speech.say("found_none");
  for (const name of ["accept-shown", "reject-shown"]) byId(name).disabled = !kept.length;
  clearTimeout(waiting);
  waiting = setTimeout(menus, 60); // they count all changes: not before the next key is heard
  show();
  tally();
}

function menus() {
  const counted = filters.counts();
  for (const name of Object.keys(filters.values)) {
    const menu = byId(`filter-${name}`), counts = counted[name];
    menu.classList.toggle("set", Boolean(filters.chosen[name]));
    if (menu === document.activeElement && menu.options.length) continue; // what is open stays as it is
    const all = counts.get("");
    counts.delete("");
    const fixed = ["state", "verdict", "kind", "field"].includes(name);
    const order = told.orders[name] ?? [];
    const values = [...counts].sort(([one, a], [other, b]) => (fixed ? order.indexOf(one) - order.indexOf(other) : b - a || (one < other ? -1 : 1)));
    const label = (/** @type {string} */ value) => (fixed ? speech.say(`${name}-${value}`) : value);
    if (filters.chosen[name] && !counts.has(filters.chosen[name])) values.push([filters.chosen[name], 0]);
    menu.replaceChildren(make("option", { value: "", text: speech.say("any", { count: all }) }),
      ...values.map(([value, count]) => make("option", { value, text: `${label(value)} (${count})` })));
    menu.value = filters.chosen[name] ?? "";
  }
}

function tally() {
  byId("clear").disabled = !filters.asked && !Object.values(filters.chosen).some(Boolean);
  const [accepted, rejected, written] = [progress.count("accepted"), progress.count("rejected"), progress.count("written")];
  const done = accepted + rejected + written;
  byId("tally").textContent = speech.say("progress", { done, all: changes.length, accepted, rejected }) + (written ? `, ${speech.say("progress_written", { written })}` : "");
  byId("meter").max = Math.max(1, changes.length);
  byId("meter").value = done;
  byId("undo").disabled = !progress.steps.length;
  byId("save").disabled = !accepted && !rejected && !progress.notes.size;
  if (byId("write")) {
    byId("write").disabled = !progress.unwritten;
    byId("write").textContent = speech.say("write", { count: accepted });
  }
}

/** @param {string[]} parts */
function tell(...parts) {
  byId("status").textContent = [...parts, progress.keeps ? "" : speech.say("not_kept")].filter(Boolean).join(" ");
}

/** @param {Change[]} some @param {Ruling} ruling */
function decide(some, ruling) {
  if (!some.length) return;
  const { along, others } = progress.rule(some, ruling);
  tell(
    speech.say(`did_${ruling}`, { count: some.length }),
    along ? speech.say("did_along", { count: along }) : "",
    others ? speech.say(ruling === "accepted" ? "did_with" : "did_reopened", { count: others }) : "",
  );
  const next = some.length === 1 ? following(some[0]) : undefined;
  refilter(next ?? kept[current]);
}

/** The next change shown that nothing is decided about. @param {Change} from @returns {Change | undefined} */
function following(from) {
  const at = kept.indexOf(from);
  return [...kept.slice(at + 1), ...kept.slice(0, Math.max(0, at))].find((change) => progress.of(change) === "open");
}

function nextOpen() {
  const next = kept[current] && following(kept[current]);
  if (next) select(kept.indexOf(next));
  else tell(speech.say("all_done"));
}

function undo() {
  const [first, ...rest] = progress.undo();
  if (!first) return tell(speech.say("undo_none"));
  tell(speech.say("did_undo", { count: rest.length + 1 }));
  refilter(progress.known.get(first));
}

function save() {
  const decisions = progress.decisions(told.version);
  const file = URL.createObjectURL(new Blob([JSON.stringify(decisions, null, 1) + "\n"], { type: "application/json" }));
  const link = make("a", { href: file, download: "decisions.json" });
  link.click();
  URL.revokeObjectURL(file);
  tell(speech.say("saved", { count: decisions.rulings.length }));
}

async function write() {
  byId("write").disabled = true;
  try {
    const answer = await fetch("decisions", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Pykala-Token": told.token },
      body: JSON.stringify({ rulings: progress.rulingsById() }),
    });
    const done = await answer.json();
    if (answer.ok) progress.wrote();
    else showCulprit(done.error);
    tell(answer.ok ? speech.say("wrote", { count: done.changes, files: done.files.join(", ") }) : speech.say("write_failed", { reason: done.error }));
  } catch {
    tell(speech.say("write_failed", { reason: speech.say("write_gone") }));
  }
  tally();
}

/** Show the change that a complaint names. @param {string} complaint */
function showCulprit(complaint) {
  const change = progress.known.get(complaint.match(/change-[0-9a-f]{16}/)?.[0] ?? "");
  if (change) go(change);
}

function help(open = byId("intro").hidden) {
  byId("intro").hidden = !open;
  byId("help").setAttribute("aria-expanded", String(open));
}

/** @type {Record<string, () => void>} */
const keys = {
  j: () => select(current + 1), ArrowDown: () => select(current + 1),
  k: () => select(current - 1), ArrowUp: () => select(current - 1),
  Home: () => select(0), End: () => select(kept.length - 1),
  PageDown: () => select(current + 10), PageUp: () => select(current - 10),
  n: nextOpen, a: () => decide(kept.slice(current, current + 1), "accepted"), r: () => decide(kept.slice(current, current + 1), "rejected"), u: undo,
  m: () => byId("note").focus(), "/": () => byId("search").focus(), "?": () => help(),
};

document.addEventListener("keydown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.key === "Escape") return target.matches("input, textarea, select") ? byId("list").focus() : help(false);
  if (event.ctrlKey || event.metaKey || event.altKey || target.matches("input, textarea, select")) return;
  const inList = target.closest("#list") || target === document.body;
  if (event.key.length > 1 && !inList) return; // arrows scroll whatever else has the focus
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

/** @param {string} id @param {(event: any) => void} act @param {string} [event] */
const on = (id, act, event = "click") => byId(id)?.addEventListener(event, act);

on("accept", () => keys.a());
on("reject", () => keys.r());
on("undo", undo);
on("previous", () => select(current - 1));
on("next", () => select(current + 1));
on("save", save);
on("write", write);
on("accept-shown", () => decide(kept, "accepted"));
on("reject-shown", () => decide(kept, "rejected"));
on("help", () => help());
on("close", () => { help(false); byId("list").focus(); });
on("language", () => { speech.turn(); sayNames(); refilter(); });
on("note", (event) => { if (kept[current]) progress.note(kept[current], event.target.value.trim()); tally(); }, "input");
on("search", (event) => { filters.asked = event.target.value; refilter(); }, "input");
on("filters", (event) => event.preventDefault(), "submit");
on("whole", (event) => { filters.whole = event.target.checked; refilter(); }, "input");
on("clear", () => { filters.chosen = {}; filters.asked = ""; byId("search").value = ""; refilter(); });
for (const name of Object.keys(filters.values))
  on(`filter-${name}`, (event) => { filters.chosen[name] = event.target.value; refilter(); }, "input");

function sayNames() {
  const { summary } = told;
  byId("between").textContent = speech.say("between", { old: told.old, new: told.new });
  byId("consequences").hidden = !filters.consequences.size;
  byId("consequences").lastElementChild.textContent = speech.say("show_consequences", { count: filters.consequences.size });
  byId("counts").textContent = [speech.say("counts", summary), summary.shown < summary.changes ? speech.say("limited", summary) : ""].filter(Boolean).join(". ");
}

byId("menus").open = matchMedia("(min-width: 56.01rem) and (min-height: 50rem)").matches;
speech.dress();
sayNames();
byId("app").hidden = false;
help(!progress.rulings.size);
refilter(changes.find((change) => progress.of(change) === "open"));
