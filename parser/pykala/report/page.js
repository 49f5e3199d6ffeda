// The list of sums: what is searched, shown and ordered is told by the form and the address (#sums:recipients:3).

/**
 * @typedef {object} Row
 * @property {string} told  the sum in words
 * @property {string} value  decimal
 * @property {string} counts  decimal
 * @property {string} counted  what counts, in words
 * @property {string} currency
 * @property {string} why  why it is left out, or ""
 * @property {string} decided
 * @property {string} body
 * @property {string} recipients
 * @property {string} fund
 * @property {string} years
 * @property {[string, string, string]} quote  before, words, after
 * @property {string} title
 * @property {string} uri
 * @property {string} link  address to follow, or ""
 * @property {string} matter
 * @property {string} rule
 * @property {Record<string, number>} of  the number of its total by kind
 */

const PAGE = 50;

/** @param {string} id @returns {any} */
const byId = (id) => document.getElementById(id);

const told = JSON.parse(byId("told").textContent);
const words = told.words;
/** @type {(Row & {at: number, text: string})[]} */
const rows = told.rows.map((/** @type {Row} */ row, /** @type {number} */ at) => ({
  ...row,
  at,
  text: [row.recipients, row.body, row.fund, row.title, row.uri, row.matter, row.told, row.decided, row.years, ...row.quote].join(" ").toLowerCase(),
}));

/** @param {string} name @param {string} text @param {string} [kind] */
function make(name, text = "", kind = "") {
  const element = document.createElement(name);
  if (text) element.textContent = text;
  if (kind) element.className = kind;
  return element;
}

/** @param {string} text @param {Record<string, unknown>} values */
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** The kind of total and the number, or the reason, that the address names. @returns {{by: string, at: string} | null} */
function chosen() {
  const [place, by, at] = decodeURIComponent(location.hash.slice(1)).split(":");
  return place === "sums" && by && at && (by === "why" ? at in told.whys : told.names[by]?.[Number(at)]) ? { by, at } : null;
}

/** @param {string} by @param {string} at */
function nameOf(by, at) {
  if (by === "why") return told.whys[at];
  const parts = told.names[by][Number(at)];
  const own = parts.at(-1) || told.none[by];
  return [own, ...parts.slice(0, -1).filter((/** @type {string} */ part) => part && !own.includes(part))].join(", ");
}

/** What the form and the address leave. */
function kept() {
  const asked = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const show = byId("show").value;
  const only = chosen();
  return rows.filter((row) => {
    if (only?.by === "why" ? row.why !== only.at || Number(row.counts) > 0 : only && row.of[only.by] !== Number(only.at)) return false;
    if (show === "counted" ? Number(row.counts) === 0 : show === "left" ? !row.why : show && row.why !== show) return false;
    return asked.every((/** @type {string} */ word) => row.text.includes(word));
  });
}

const letters = new Intl.Collator(told.language);
/** @type {Record<string, (one: any, other: any) => number>} */
const orders = {
  text: (one, other) => one.at - other.at,
  sum: (one, other) => Number(other.value) - Number(one.value),
  small: (one, other) => Number(one.value) - Number(other.value),
  new: (one, other) => (one.decided < other.decided ? 1 : one.decided > other.decided ? -1 : 0),
  old: (one, other) => Number(!one.decided) - Number(!other.decided) || (one.decided < other.decided ? -1 : one.decided > other.decided ? 1 : 0),
  recipient: (one, other) => Number(!one.recipients) - Number(!other.recipients) || letters.compare(one.recipients, other.recipients),
  body: (one, other) => Number(!one.body) - Number(!other.body) || letters.compare(one.body, other.body),
};

/** What counts of some rows, by currency, in hundredths so that nothing is lost in adding. @param {Row[]} some */
function totalOf(some) {
  /** @type {Map<string, bigint>} */
  const sums = new Map();
  for (const row of some) {
    const [whole, rest = ""] = row.counts.split(".");
    const hundredths = BigInt(whole) * 100n + BigInt((rest + "00").slice(0, 2));
    if (hundredths) sums.set(row.currency, (sums.get(row.currency) ?? 0n) + hundredths);
  }
  return [...sums].map(([currency, sum]) => money(sum, currency)).join(" + ") || "0";
}

/** @param {bigint} hundredths @param {string} currency */
function money(hundredths, currency) {
  const whole = String(hundredths / 100n).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  const rest = hundredths % 100n ? (told.language === "fi" ? "," : ".") + String(hundredths % 100n).padStart(2, "0") : "";
  return `${whole}${rest}\u00a0${currency === "EUR" ? "€" : currency}`;
}

/** @param {Row} row */
function item(row) {
  const element = make("li", "", row.why ? (Number(row.counts) ? "partly" : "left") : "");
  const top = make("div", "", "top");
  top.append(make("b", row.recipients || words["none-recipients"], row.recipients ? "" : "none"), make("strong", row.told));
  const facts = make("p", "", "facts");
  const fund = row.fund && `${words["head-funds"]}: ${row.fund}`;
  for (const fact of [row.decided, row.body, fund, row.years, row.matter]) if (fact) facts.append(make("span", fact));
  const quote = make("blockquote");
  quote.append(`…${row.quote[0]} `, make("mark", row.quote[1]), ` ${row.quote[2]}…`);
  const source = make("p", "", "facts source");
  if (row.link) {
    const link = /** @type {HTMLAnchorElement} */ (make("a", row.title));
    link.href = row.link;
    link.rel = "noreferrer noopener";
    source.append(link);
  } else source.append(make("span", row.title));
  if (row.uri !== row.title) source.append(make("span", row.uri));
  source.append(make("code", row.rule));
  element.append(top, facts);
  if (row.why) element.append(make("p", `${told.whys[row.why]} (${filled(words.counts_as, { counts: row.counted })})`, "why"));
  element.append(quote, source);
  return element;
}

let found = rows;
let shown = 0;

function more(count = PAGE) {
  const until = Math.min(found.length, shown + count);
  byId("sums").append(...found.slice(shown, until).map(item));
  shown = until;
  const left = found.length - shown;
  byId("more").hidden = !left;
  byId("more").textContent = filled(words.show_more, { count: Math.min(left, PAGE) });
}

function update() {
  found = kept().sort(orders[byId("order").value]);
  const only = chosen();
  byId("only").hidden = !only;
  if (only) byId("only").firstElementChild.textContent = filled(words.only, { name: nameOf(only.by, only.at) });
  byId("found").textContent = found.length ? filled(words.found, { count: found.length, total: totalOf(found) }) : words.found_none;
  byId("sums").replaceChildren();
  shown = 0;
  more();
}

for (const box of document.querySelectorAll(".scroll")) box.scrollLeft = box.scrollWidth; // the newest first
byId("tools").hidden = false;
byId("tools").addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault());
for (const name of ["search", "show", "order"]) byId(name).addEventListener("input", update);
byId("more").addEventListener("click", () => more());
byId("only").querySelector("button").addEventListener("click", () => { location.hash = "#rows"; });
addEventListener("hashchange", () => {
  update();
  if (chosen()) byId("rows").scrollIntoView();
});
update();
if (chosen()) byId("rows").scrollIntoView();
