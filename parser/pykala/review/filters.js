// Which changes are shown.

/** @param {Change} change */
export const rulesOf = (change) => [...new Set([change.old?.rule, change.new?.rule].filter((rule) => rule != null))];

/** @param {Change} change */
export const causeOf = ({ cause }) =>
  cause.old === cause.new ? [cause.by, cause.new].filter(Boolean).join(" ") : `${cause.by} ${cause.old ?? "–"} → ${cause.new ?? "–"}`;

export class Filters {
  /** @param {Change[]} changes @param {(change: Change) => State} stateOf */
  constructor(changes, stateOf) {
    this.changes = changes;
    /** @type {Record<string, (change: Change) => string[]>} what a change counts as in each filter */
    this.values = {
      state: (change) => [stateOf(change)],
      verdict: (change) => [change.verdict],
      kind: (change) => [change.kind],
      field: (change) => [change.field],
      rule: (change) => /** @type {string[]} */ (rulesOf(change)),
      document: (change) => [change.document],
      cause: (change) => [causeOf(change)],
    };
    /** @type {Record<string, string>} */
    this.chosen = {};
    this.asked = "";
    this.whole = false; // whether mere consequences are shown, too
    const ids = new Set(changes.map((change) => change.id));
    this.consequences = new Set(changes.filter((change) => change.follows && ids.has(change.follows)));
    this.texts = new Map(changes.map((change) => [change, textOf(change)]));
  }

  /** The changes that have every word asked for. */
  #searched() {
    const words = this.asked.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = this.whole ? this.changes : this.changes.filter((change) => !this.consequences.has(change));
    return words.length ? shown.filter((change) => words.every((word) => this.texts.get(change)?.includes(word))) : shown;
  }

  /** @returns {Change[]} */
  kept() {
    const chosen = Object.entries(this.chosen).filter(([, value]) => value);
    return this.#searched().filter((change) => chosen.every(([name, value]) => this.values[name](change).includes(value)));
  }

  /**
   * How many changes each value of each filter would show, the other filters and the search as they are.
   * @returns {Record<string, Map<string, number>>} with how many all of them would show under ""
   */
  counts() {
    const names = Object.keys(this.values);
    /** @type {Record<string, Map<string, number>>} */
    const counts = Object.fromEntries(names.map((name) => [name, new Map([["", 0]])]));
    for (const change of this.#searched()) {
      const against = names.filter((name) => this.chosen[name] && !this.values[name](change).includes(this.chosen[name]));
      if (against.length > 1) continue;
      for (const name of against.length ? against : names)
        for (const value of ["", ...this.values[name](change)]) counts[name].set(value, (counts[name].get(value) ?? 0) + 1);
    }
    return counts;
  }
}

/** @param {Change} change */
function textOf(change) {
  const sides = [change.old, change.new].flatMap((side) => side ? [side.shown, side.text, side.rule, side.context?.before, side.context?.words, side.context?.after] : []);
  return [change.document, change.kind, change.field, change.facet, causeOf(change), ...sides].filter(Boolean).join(" ").toLowerCase();
}
