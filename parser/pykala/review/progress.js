// What is decided so far: every step can be undone, and all of it outlives the page.
export class Progress {
  /**
   * @param {Change[]} changes
   * @param {string} key under which the browser keeps it: one diff, one progress
   * @param {string | null} server that writes golden files, by its token
   */
  constructor(changes, key, server) {
    this.key = key;
    this.server = server;
    this.changes = changes;
    this.known = new Map(changes.map((change) => [change.id, change]));
    this.neededBy = this.#turned((change) => change.needs);
    this.followers = this.#turned((change) => (change.follows ? [change.follows] : []));
    /** @type {Map<string, Ruling>} */
    this.rulings = new Map();
    /** @type {Map<string, string>} */
    this.notes = new Map();
    /** @type {[string, State][][]} for each step what it changed and what that was before */
    this.steps = [];
    /** @type {Set<string>} what an earlier server has written: done for good */
    this.settled = new Set();
    /** @type {Set<string>} what this server has written */
    this.written = new Set();
    this.keeps = true;
    this.waiting = 0;
    this.#read();
    addEventListener("pagehide", () => this.#write());
  }

  /** Which changes name a change. @param {(change: Change) => string[]} named @returns {Map<string, Change[]>} */
  #turned(named) {
    /** @type {Map<string, Change[]>} */
    const found = new Map();
    for (const change of this.changes)
      for (const id of named(change)) found.set(id, [...(found.get(id) ?? []), change]);
    return found;
  }

  #read() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) ?? "null");
      if (!kept) return;
      this.rulings = new Map(Object.entries(kept.rulings));
      this.notes = new Map(Object.entries(kept.notes));
      this.steps = kept.steps;
      this.settled = new Set(kept.settled);
      if (kept.server === this.server) this.written = new Set(kept.written);
      else for (const id of kept.written) this.settled.add(id);
    } catch {
      this.keeps = false;
    }
  }

  /** Keep it soon; at once where the page is about to go. */
  #keep() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#write(), 200);
  }

  #write() {
    clearTimeout(this.waiting);
    try {
      const kept = {
        rulings: Object.fromEntries(this.rulings), notes: Object.fromEntries(this.notes), steps: this.steps.slice(-200),
        server: this.server, written: [...this.written], settled: [...this.settled],
      };
      localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      this.keeps = false;
    }
  }

  /** @param {Change} change @returns {State} */
  of(change) {
    return this.settled.has(change.id) ? "written" : this.rulings.get(change.id) ?? "open";
  }

  /** @param {Iterable<Change>} some @param {(change: Change) => Change[]} onward @returns {Set<Change>} */
  #along(some, onward) {
    const reached = new Set(some);
    for (const one of reached) for (const other of onward(one)) reached.add(other);
    return reached;
  }

  /**
   * Decide about changes in one step, and likewise about what merely follows from them. To accept takes along what is
   * needed; to reject opens again what was accepted and needs it.
   * @param {Change[]} some
   * @param {Ruling} ruling
   * @returns {{along: number, others: number}} how many went along as consequences, and how many others it moved
   */
  rule(some, ruling) {
    const own = this.#along(some, (one) => this.followers.get(one.id) ?? []);
    const others = ruling === "accepted"
      ? [...this.#along(own, (one) => one.needs.flatMap((id) => this.known.get(id) ?? []))].filter((one) => !own.has(one) && this.of(one) !== "accepted" && this.of(one) !== "written")
      : [...this.#along(own, (one) => this.neededBy.get(one.id) ?? [])].filter((one) => !own.has(one) && this.of(one) === "accepted");
    /** @type {[Change, State][]} */
    const moves = [...[...own].map((one) => /** @type {[Change, State]} */ ([one, ruling])),
      ...others.map((one) => /** @type {[Change, State]} */ ([one, ruling === "accepted" ? "accepted" : "open"]))];
    const step = moves.filter(([one, state]) => this.of(one) !== state && this.of(one) !== "written").map(([one]) => /** @type {[string, State]} */ ([one.id, this.of(one)]));
    if (step.length) this.steps.push(step);
    for (const [one, state] of moves) if (this.of(one) !== "written") this.#set(one.id, state);
    this.#keep();
    return { along: own.size - new Set(some).size, others: others.length };
  }

  /** @param {string} id @param {State} state */
  #set(id, state) {
    if (state === "open") this.rulings.delete(id);
    else this.rulings.set(id, state);
  }

  /** Take the last step back. @returns {string[]} the changes that it had moved, the first of its own first */
  undo() {
    const step = this.steps.pop() ?? [];
    for (const [id, state] of step) if (!this.settled.has(id)) this.#set(id, state);
    this.#keep();
    return step.map(([id]) => id);
  }

  /** @param {Change} change @param {string} text */
  note(change, text) {
    if (text) this.notes.set(change.id, text);
    else this.notes.delete(change.id);
    this.#keep();
  }

  /** @param {State} state */
  count(state) {
    return this.changes.reduce((count, change) => count + Number(this.of(change) === state), 0);
  }

  /** What is accepted and not settled, by ids. */
  #accepted() {
    return this.changes.filter((change) => this.of(change) === "accepted").map((change) => change.id);
  }

  /** Whether the golden files hold something else than what is accepted. */
  get unwritten() {
    const accepted = this.#accepted();
    return accepted.length !== this.written.size || accepted.some((id) => !this.written.has(id));
  }

  /** Remember that the golden files hold what is accepted. */
  wrote() {
    this.written = new Set(this.#accepted());
    this.#keep();
  }

  /** What the command that serves the page takes: its own changes by their ids. */
  rulingsById() {
    return this.#accepted().map((change) => ({ change, ruling: "accepted", note: this.notes.get(change) ?? null }));
  }

  /** What `pykala accept` takes. @param {string} version of the schema */
  decisions(version) {
    const told = this.changes.filter((change) => this.of(change) !== "written" && (this.rulings.has(change.id) || this.notes.has(change.id)));
    return {
      schema_version: version,
      rulings: told.map((change) => ({ change, ruling: this.of(change), note: this.notes.get(change.id) ?? null })),
    };
  }
}
