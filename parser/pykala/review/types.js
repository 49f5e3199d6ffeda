// What the page knows of a diff: the shapes of pykala.diff.model. Types only.

/** @typedef {{before: string, words: string, after: string}} Context */
/**
 * @typedef {object} Side
 * @property {string} ref
 * @property {string} shown
 * @property {Record<string, unknown>} content
 * @property {string | null} text
 * @property {[number, number] | null} span
 * @property {Context | null} context
 * @property {string | null} rule
 */
/**
 * @typedef {object} Change
 * @property {string} id
 * @property {string} kind
 * @property {string} document
 * @property {string} field
 * @property {string | null} facet
 * @property {Side | null} old
 * @property {Side | null} new
 * @property {{by: string, old: string | null, new: string | null}} cause
 * @property {"fixed" | "broken" | "unjudged"} verdict
 * @property {string[]} needs
 * @property {string | null} follows  the change of which this one is a mere consequence
 */
/** @typedef {"accepted" | "rejected"} Ruling */
/** @typedef {"open" | Ruling | "written"} State  written: in the golden files since an earlier day */
