import { byId, make } from "./dom.js";
import { causeOf } from "./filters.js";

/** What a text has that the other has not, between what both begin and end with. @param {string} one @param {string} other */
export function parted(one, other) {
  const a = one.split(/(?<=\s)/), b = other.split(/(?<=\s)/);
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return [a.slice(0, start).join(""), a.slice(start, a.length - end).join(""), a.slice(a.length - end).join("")];
}

// The change that is looked at: the passage with its marks, the old beside the new.
export class Detail {
  /**
   * @param {import("./speech.js").Speech} speech
   * @param {import("./progress.js").Progress} progress
   * @param {Map<string, string | null>} titles of documents
   * @param {(change: Change) => void} go
   */
  constructor(speech, progress, titles, go) {
    this.speech = speech;
    this.progress = progress;
    this.titles = titles;
    this.go = go;
  }

  /** @param {Change} change @param {number} at @param {number} count */
  show(change, at, count) {
    const { speech } = this;
    const box = byId("change");
    const facet = change.facet && speech.say(`facet-${change.facet}`);
    const state = this.progress.of(change);
    box.className = state;
    const parts = [
      make("p", { kind: "where" },
        make("span", { text: speech.say("position", { at: at + 1, count }) }),
        make("span", { kind: `state ${state}`, text: speech.say(`state-${state}`) }),
        change.verdict !== "unjudged" && make("span", { kind: `verdict ${change.verdict}`, text: speech.say(`verdict-${change.verdict}`) })),
      make("h2", { text: [speech.say(`field-${change.field}`), facet].filter(Boolean).join(" – ") },
        make("span", { kind: "tag", text: speech.say(`kind-${change.kind}`) })),
      make("p", { kind: "document" }, this.titles.get(change.document) && make("b", { text: this.titles.get(change.document) ?? "" }), this.#document(change)),
      make("div", { kind: "sides" }, this.#side("old", change), this.#side("new", change)),
      make("p", { kind: "cause" }, make("span", { text: `${speech.say("cause")}: ` }), make("code", { text: causeOf(change) })),
      this.#others("follows", change.follows ? [this.progress.known.get(change.follows)].flatMap((one) => one ?? []) : []),
      this.#others("along", this.progress.followers.get(change.id) ?? []),
      this.#others("needs", change.needs.flatMap((id) => this.progress.known.get(id) ?? [])),
      this.#others("needed_by", this.progress.neededBy.get(change.id) ?? []),
      make("details", { kind: "content" }, make("summary", { text: speech.say("content") }),
        make("div", { kind: "sides" }, ...["old", "new"].map((which) => make("pre", { text: JSON.stringify(change[which]?.content ?? null, null, 1).slice(0, 20000) })))),
    ];
    box.replaceChildren(...parts.filter((part) => part !== null));
    byId("note").value = this.progress.notes.get(change.id) ?? "";
  }

  /** @param {Change} change */
  #document({ document: name }) {
    if (!/^https?:\/\//.test(name)) return make("span", { text: name });
    return make("a", { text: name, href: name, rel: "noreferrer noopener" });
  }

  /** @param {"old" | "new"} which @param {Change} change */
  #side(which, change) {
    const { speech } = this;
    const side = change[which], other = change[which === "old" ? "new" : "old"];
    const heading = make("h3", { text: speech.say(which) });
    if (!side) return make("section", { kind: `side ${which} absent` }, heading, make("p", { kind: "shown", text: speech.say("absent") }));
    const shown = make("p", { kind: "shown" });
    const [start, middle, end] = other ? parted(side.shown, other.shown) : ["", side.shown, ""];
    shown.append(start, middle ? make(which === "old" ? "del" : "ins", { text: middle }) : "", end);
    const quote = side.context && make("blockquote");
    if (quote && side.context) quote.append(`…${side.context.before}`, make("mark", { text: side.context.words }), `${side.context.after}…`);
    const read = make("p", { kind: "read" },
      side.rule && make("code", { text: side.rule }), side.span && make("span", { text: `${side.span[0]}–${side.span[1]}` }));
    return make("section", { kind: `side ${which}` }, heading, shown, quote, read);
  }

  /** @param {string} word @param {Change[]} some */
  #others(word, some) {
    if (!some.length) return null;
    const links = some.slice(0, 12).map((one) => {
      const side = one.new ?? one.old;
      const button = make("button", { type: "button", kind: `other ${this.progress.of(one)}`,
        text: `${this.speech.say(`kind-${one.kind}`)}: ${this.speech.say(`field-${one.field}`)} ${side?.shown ?? ""}`.slice(0, 90) });
      button.addEventListener("click", () => this.go(one));
      return button;
    });
    return make("div", { kind: "others" }, make("span", { text: this.speech.say(word) }), ...links, some.length > 12 && make("span", { text: `+ ${some.length - 12}` }));
  }
}
