import { make } from "./dom.js";

const HEIGHT = 76; // of a row, as in the style sheet
const SPARE = 6; // rows drawn beyond what is seen

// A list of which only the rows in sight are elements, however long it is.
export class VirtualList {
  /**
   * @param {HTMLElement} box what scrolls
   * @param {(item: any) => HTMLElement} draw
   * @param {(index: number) => void} choose
   */
  constructor(box, draw, choose) {
    this.box = box;
    this.draw = draw;
    /** @type {any[]} */
    this.items = [];
    this.current = -1;
    this.all = make("div", { kind: "all" });
    box.append(this.all);
    this.frame = 0;
    box.addEventListener("scroll", () => this.refresh(), { passive: true });
    box.addEventListener("click", (event) => {
      const row = /** @type {HTMLElement} */ (event.target).closest("[data-index]");
      if (row) choose(Number(/** @type {HTMLElement} */ (row).dataset.index));
    });
    new ResizeObserver(() => this.refresh()).observe(box);
  }

  /** @param {any[]} items @param {number} current */
  show(items, current) {
    this.items = items;
    this.all.style.height = `${items.length * HEIGHT}px`;
    this.go(current);
  }

  /** @param {number} index */
  go(index) {
    this.current = index;
    const top = index * HEIGHT, { scrollTop, clientHeight } = this.box;
    const room = clientHeight > 4 * HEIGHT ? HEIGHT : 0; // a neighbour stays in sight
    if (index >= 0 && top - room < scrollTop) this.box.scrollTop = top - room;
    else if (index >= 0 && top + HEIGHT + room > scrollTop + clientHeight) this.box.scrollTop = top + HEIGHT + room - clientHeight;
    this.refresh();
  }

  /** Draw once before the next frame, however much happens until then. */
  refresh() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.render());
  }

  render() {
    const first = Math.max(0, Math.floor(this.box.scrollTop / HEIGHT) - SPARE);
    const last = Math.min(this.items.length, Math.ceil((this.box.scrollTop + this.box.clientHeight) / HEIGHT) + SPARE);
    const rows = [];
    for (let index = first; index < last; index++) {
      const row = this.draw(this.items[index]);
      row.dataset.index = String(index);
      row.id = `row-${index}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", String(index === this.current));
      row.setAttribute("aria-posinset", String(index + 1));
      row.setAttribute("aria-setsize", String(this.items.length));
      row.style.transform = `translateY(${index * HEIGHT}px)`;
      rows.push(row);
    }
    this.all.replaceChildren(...rows);
    if (this.current >= first && this.current < last) this.box.setAttribute("aria-activedescendant", `row-${this.current}`);
    else this.box.removeAttribute("aria-activedescendant");
  }
}
