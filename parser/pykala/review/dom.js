// Elements made of text alone: nothing of a document is ever markup.

/** @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);

/**
 * @param {string} name
 * @param {{text?: string, kind?: string, [attribute: string]: string | undefined}} [said] its text, its class, its attributes
 * @param {(Node | string | null | false | undefined)[]} children
 */
export function make(name, said = {}, ...children) {
  const element = document.createElement(name);
  const { text, kind, ...attributes } = said;
  if (text) element.textContent = text;
  if (kind) element.className = kind;
  for (const [attribute, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(attribute, value);
  for (const child of children) if (child) element.append(child);
  return element;
}

/** @param {string} text @param {Record<string, unknown>} values */
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
