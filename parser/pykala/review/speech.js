import { byId, filled } from "./dom.js";

// The page's words in the language chosen; elements name theirs in data-word, data-label and data-hint.
export class Speech {
  /** @param {Record<string, Record<string, string>>} words by language and name */
  constructor(words) {
    this.words = words;
    this.language = this.#kept() ?? (navigator.language.startsWith("fi") ? "fi" : "en");
  }

  #kept() {
    try {
      const kept = localStorage.getItem("pykala-language");
      return kept && kept in this.words ? kept : null;
    } catch {
      return null;
    }
  }

  /** @param {string} name @param {Record<string, unknown>} [values] */
  say(name, values = {}) {
    return filled(this.words[this.language][name] ?? name.replace(/^\w+-/, ""), values);
  }

  turn() {
    this.language = this.language === "fi" ? "en" : "fi";
    try {
      localStorage.setItem("pykala-language", this.language);
    } catch { /* the choice holds while the page is open */ }
    this.dress();
  }

  /** Give every element of the page its words. */
  dress() {
    document.documentElement.lang = this.language;
    document.title = `${this.say("title")} – pykala`;
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-word]")))
      element.textContent = this.say(element.dataset.word ?? "");
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-label]")))
      element.setAttribute("aria-label", this.say(element.dataset.label ?? ""));
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-hint]")))
      element.setAttribute("placeholder", this.say(element.dataset.hint ?? ""));
    byId("language").lang = this.language === "fi" ? "en" : "fi";
  }
}
