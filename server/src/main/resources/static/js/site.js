/** What every script needs of the page it runs in: addresses, the way to the API, and a word to the person. */

const meta = (name) => document.querySelector(`meta[name="${name}"]`);

export const base = meta('base').content;
export const zone = meta('zone').content;
const csrf = meta('csrf');

document.addEventListener('htmx:configRequest', (event) => {
  if (event.detail.verb !== 'get') {
    event.detail.headers[csrf.dataset.header] = csrf.content;
  }
});

/**
 * Calls the public API as the person who is signed in.
 *
 * @returns {Promise<{status: number, body: any, version: string | null}>} status 0 when nothing answered
 */
export async function call(method, path, { body, version, keepalive = false } = {}) {
  const headers = { Accept: 'application/json', [csrf.dataset.header]: csrf.content };
  if (body !== undefined) {
    headers['Content-Type'] = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  }
  if (version !== undefined) {
    headers['If-Match'] = `"${version}"`;
  }
  try {
    const response = await fetch(path, { method, headers, body: body && JSON.stringify(body), keepalive, redirect: 'error' });
    suspectStorage(response.status);
    const text = await response.text();
    return {
      status: response.status,
      body: text ? JSON.parse(text) : null,
      version: response.headers.get('ETag')?.replace(/^(W\/)?"|"$/g, '') ?? null,
    };
  } catch {
    return { status: 0, body: null, version: null };
  }
}

/** Has the page find out why, where something could not be answered. */
export function suspectStorage(status) {
  if (status === 503) {
    document.dispatchEvent(new CustomEvent('storage-trouble'));
  }
}

/** What a refused call says, in words that can be shown. */
export function reason({ status, body }) {
  if (status === 0) {
    return 'The server cannot be reached. Nothing is lost; it is tried again.';
  }
  if (status === 401) {
    return 'You are signed out. What you typed is kept here; sign in again in another tab.';
  }
  return body?.detail ?? body?.title ?? `The server answered ${status}.`;
}

/** Shows a passing notice; it stays long enough to be read and can be dismissed by a click. */
export function notify(words, hue = 'information', millis = 8000) {
  const notice = document.createElement('p');
  notice.className = `notice ${hue}`;
  notice.textContent = words;
  notice.addEventListener('click', () => notice.remove());
  document.querySelector('[data-notices]').append(notice);
  setTimeout(() => notice.remove(), millis);
}

/** Says something to those who listen instead of look. */
export function announce(words) {
  document.querySelector('[data-announce]').textContent = words;
}

/** Asks the live parts of the page to fetch themselves anew. */
export function refresh() {
  document.body.dispatchEvent(new CustomEvent('live'));
}

/** The instant of a wall time ("2026-05-08T17:00") in the tenant's zone, as RFC 3339 in UTC. */
export function instantOf(local) {
  const asUtc = Date.parse(`${local}Z`);
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  });
  const offsetAt = (instant) => Date.parse(`${parts.format(instant).replace(' ', 'T')}Z`) - instant;
  const first = asUtc - offsetAt(asUtc);
  return new Date(asUtc - offsetAt(first)).toISOString();
}
