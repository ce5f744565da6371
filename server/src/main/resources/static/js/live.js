/**
 * Tells the page's live parts that something changed, as the server's stream says it.
 *
 * The stream (`GET /api/v1/stream`) names its events by what happened; here each only means "look again". So it is read as it
 * comes, whatever the names are, and taken up again where it broke off.
 */
import { base, refresh, suspectStorage } from './site.js';

const GATHER_MILLIS = 150; // changes come in bursts; one look at the page answers them all
const SILENCE_MILLIS = 40_000; // the server says something every 15 seconds, be it nothing
const PAUSE_MILLIS = 2000;

const topics = document.querySelector('meta[name="topics"]')?.content;
let waiting = 0;
let lastId = '';

function changed() {
  waiting ||= setTimeout(() => {
    waiting = 0;
    refresh();
  }, GATHER_MILLIS);
}

function connected(on) {
  const sign = document.querySelector('[data-connection]');
  if ((sign.dataset.state === 'on') !== on) {
    sign.dataset.state = on ? 'on' : 'off';
    sign.querySelector('[data-connection-word]').textContent = on ? 'Live' : 'Reconnecting';
  }
}

/** One event, as its lines: comments keep the connection open, everything else is a change. */
function take(block) {
  for (const line of block.split('\n')) {
    if (line.startsWith('id:')) {
      lastId = line.slice(3).trim();
    } else if (line.startsWith('event:')) {
      changed();
    }
  }
}

/** Whose session is gone loads the page again: that leads to the sign-in, and from there back here. */
async function leaveIfSignedOut() {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, redirect: 'manual' });
  if (answer.type === 'opaqueredirect' || answer.status === 401) {
    location.reload();
  }
}

/** Reads until the stream ends or falls silent. */
async function read() {
  const stop = new AbortController();
  let silence = setTimeout(() => stop.abort(), SILENCE_MILLIS);
  try {
    const response = await fetch(`${base}/api/v1/stream?topics=${topics}`, {
      headers: { Accept: 'text/event-stream', ...(lastId && { 'Last-Event-ID': lastId }) },
      signal: stop.signal,
    });
    if (response.status === 401) {
      await leaveIfSignedOut();
    }
    if (!response.ok) {
      suspectStorage(response.status);
      return;
    }
    connected(true);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(silence);
      silence = setTimeout(() => stop.abort(), SILENCE_MILLIS);
      const blocks = (rest + part.value).split('\n\n');
      rest = blocks.pop();
      blocks.forEach(take);
    }
  } catch {
    // broken off: taken up again below
  } finally {
    clearTimeout(silence);
  }
}

async function listen() {
  for (;;) {
    await read();
    connected(false);
    suspectStorage(503); // the server also ends its streams when nothing can be stored any more
    await new Promise((resume) => setTimeout(resume, PAUSE_MILLIS * (0.5 + Math.random())));
  }
}

if (topics) {
  listen();
}
