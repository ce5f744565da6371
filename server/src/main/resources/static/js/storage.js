/**
 * Says above everything else that nothing can be stored (the disk is full, the database is away), and takes that back once it
 * can. Asks only while there is reason to: when something was refused or the stream ended, and then until all is well.
 */
import { base, refresh } from './site.js';

const AGAIN_MILLIS = 3000;

const banner = document.querySelector('[data-storage]');
let asking = false;

async function reasonNotReady() {
  try {
    const answer = await fetch(`${base}/health/ready`, { headers: { Accept: 'application/json' } });
    return answer.ok ? '' : (await answer.json()).detail ?? '';
  } catch {
    return null; // the server itself is away, and cannot say why
  }
}

async function ask() {
  if (asking) {
    return;
  }
  asking = true;
  let wasShown = !banner.hidden;
  for (let words = await reasonNotReady(); words !== ''; words = await reasonNotReady()) {
    if (words && (banner.hidden || banner.textContent !== words)) {
      banner.textContent = words;
      banner.hidden = false;
    }
    wasShown ||= Boolean(words);
    if (!wasShown) {
      break;
    }
    await new Promise((resume) => setTimeout(resume, AGAIN_MILLIS * (0.5 + Math.random())));
  }
  asking = false;
  if (wasShown) {
    banner.hidden = true;
    refresh();
  }
}

document.addEventListener('storage-trouble', ask);
document.addEventListener('htmx:responseError', (event) => event.detail.xhr.status === 503 && ask());
if (!banner.hidden) {
  ask();
}
