// Makes a part look like its new HTML by changing only what differs, so that focus, selection,
// scroll positions, open menus and whatever somebody is typing stay as they are.
"use strict";

const key = (node) => node.nodeType === 1 && (node.id || node.dataset.key || null);
const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && key(a) === key(b);

function attributes(from, to) {
  const own = from.nodeName === "DETAILS" || from.nodeName === "DIALOG" ? "open" : null;
  for (const { name } of [...from.attributes])
    if (name !== own && !to.hasAttribute(name)) from.removeAttribute(name);
  for (const { name, value } of to.attributes)
    if (name !== own && from.getAttribute(name) !== value) from.setAttribute(name, value);
}

function node(from, to) {
  if (from.isEqualNode(to)) return;
  if (from.nodeType !== 1) {
    if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
    return;
  }
  if (from.hasAttribute("data-keep")) return;
  attributes(from, to);
  if (from.nodeName !== "TEXTAREA") children(from, to);
}

function children(from, to) {
  const kept = new Map();
  for (const child of from.children) if (key(child)) kept.set(key(child), child);
  let at = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const known = key(wanted) && kept.get(key(wanted));
    if (known && known !== at && known.nodeName === wanted.nodeName) {
      // Moving an element would lose its focus; so what stands before it goes, if nobody wants it.
      while (at && at !== known && !(key(at) && to.querySelector(`:scope > [data-key="${CSS.escape(key(at))}"]`))) {
        const next = at.nextSibling;
        at.remove();
        at = next;
      }
      if (at !== known) from.insertBefore(known, at);
      else at = known;
    }
    const here = known && known.parentNode === from ? known : at && alike(at, wanted) ? at : null;
    if (here) {
      node(here, wanted);
      at = here.nextSibling;
    } else {
      from.insertBefore(wanted, at);
    }
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

export function morph(element, html) {
  const page = new DOMParser().parseFromString(`<body>${html}</body>`, "text/html");
  children(element, page.body);
}
