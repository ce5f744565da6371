/**
 * How a live part of a page takes a fresh rendering without disturbing the person at it (`hx-swap="steady"`).
 *
 * - Elements are matched by id and changed only where they differ.
 * - What somebody is in (`data-hold` with the focus) or has not saved yet (`data-dirty`) stays as it is until they are done.
 * - The line for keywords stays while somebody types in it, though words have come that make it needless.
 * - What a script writes (`data-client`) and the attributes that scripts own are never taken back.
 * - A list (`data-steady`) under the pointer or with the focus keeps its order: what is new comes last, what is gone fades.
 */
import { refresh } from './site.js';

const CLIENT_ATTRIBUTES = new Set([
  'open', 'aria-busy', 'aria-expanded', 'aria-invalid', 'data-dirty', 'data-gone', 'data-lit', 'data-open',
]);

const CLOCKS = ['data-since', 'data-until', 'data-window'];

let passedOver = false;

const isHeld = (element) => 'dirty' in element.dataset || element.contains(document.activeElement);

const callbacks = {
  beforeNodeMorphed(current) {
    if (!(current instanceof HTMLElement)) {
      return true;
    }
    if ('client' in current.dataset) {
      return false;
    }
    if ('hold' in current.dataset && isHeld(current)) {
      passedOver = true;
      return false;
    }
    return true;
  },
  beforeNodeRemoved(current) {
    const kept = current instanceof HTMLElement && 'keywords' in current.dataset
      && (current.contains(document.activeElement) || current.querySelector('[data-dirty]') !== null);
    passedOver ||= kept;
    return !kept;
  },
  beforeAttributeUpdated: (name) => !CLIENT_ATTRIBUTES.has(name),
};

/** What stands for an item that is gone, so that nothing moves under the pointer: without ids and clocks, since it may stand elsewhere now. */
function ghostOf(item) {
  const ghost = item.cloneNode(true);
  if (!('gone' in ghost.dataset)) {
    ghost.id = `gone-${item.id}`;
    ghost.dataset.gone = '';
    ghost.setAttribute('aria-hidden', 'true');
    for (const inner of [ghost, ...ghost.querySelectorAll('*')]) {
      CLOCKS.forEach((attribute) => inner.removeAttribute(attribute));
      if (inner !== ghost) {
        inner.removeAttribute('id');
      }
    }
  }
  return ghost;
}

/** Gives the fresh list the order of the one on the page, whose items stay where the pointer or the focus found them. */
function keepOrder(current, fresh) {
  const arriving = new Map([...fresh.children].map((item) => [item.id, item]));
  const kept = [...current.children].flatMap((item) => {
    const next = arriving.get(item.id);
    arriving.delete(item.id);
    if (next) {
      return next;
    }
    if (!current.matches(':hover')) {
      return [];
    }
    passedOver = true;
    return ghostOf(item);
  });
  fresh.replaceChildren(...kept, ...arriving.values());
}

function settle(target, fresh) {
  for (const list of target.querySelectorAll('[data-steady]')) {
    const next = fresh.querySelector(`#${CSS.escape(list.id)}`);
    if (next && (list.matches(':hover') || list.contains(document.activeElement))) {
      keepOrder(list, next);
      list.addEventListener('pointerleave', catchUp, { once: true });
    }
  }
}

/** Fetches anew what was passed over while somebody was at it. */
function catchUp() {
  if (passedOver) {
    passedOver = false;
    refresh();
  }
}

document.addEventListener('focusout', () => setTimeout(catchUp));

htmx.defineExtension('steady', {
  isInlineSwap: (style) => style === 'steady',
  handleSwap(style, target, fragment) {
    if (style !== 'steady') {
      return false;
    }
    const fresh = fragment.querySelector(`#${CSS.escape(target.id)}`);
    if (!fresh) {
      return []; // an answer without this part (a sign-in page, say) changes nothing
    }
    settle(target, fresh);
    return Idiomorph.morph(target, fresh, { morphStyle: 'outerHTML', ignoreActiveValue: true, callbacks });
  },
});
