// The kiosk in a real browser on a real server: `node --test e2e/kiosk.mjs`.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runnerImport } from 'vite';
import { root } from '../tools/packages.mjs';
import { openPage, startBrowser } from './browser.mjs';
import { startServer } from './server.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
const name = 'HADDAD/AMAL';

let server;
let browser;
let token;
let flights;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
  token = server.token('kiosk');
  const today = new Date().toISOString().slice(0, 10);
  const { data } = await ask(
    `{ flights(filter: { departsOn: "${today}" }, first: 40) { nodes { carrier number designator departsOn status
       arrivalDelayMinutes origin { iataCode } destination { iataCode } } } }`,
  );
  flights = data.flights.nodes;
});

after(async () => {
  await browser?.close();
  server?.stop();
});

async function ask(query) {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${server.token('administrator')}` },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

async function begin(look = {}) {
  const opened = await openPage(browser, server, token, { width: 1080, height: 1400, ...look });
  await opened.page.goto(`${server.url}/kiosk`);
  await opened.page.getByText('Hold the code').waitFor();
  return opened;
}

// A boarding pass as IATA resolution 792 writes it; `extra` are conditional items, which are skipped.
function pass(legs, extra = '') {
  const size = extra.length.toString(16).padStart(2, '0').toUpperCase();
  const text = legs.map(({ carrier, number, origin, destination, departsOn }) => {
    const day = Math.round(
      (Date.parse(departsOn) - Date.UTC(Number(departsOn.slice(0, 4)), 0, 0)) / 86_400_000,
    );
    const parts = ['ABC123 ', origin.iataCode, destination.iataCode, carrier.padEnd(3)];
    return `${parts.join('')}${String(number).padStart(4, '0')} ${String(day).padStart(3, '0')}Y021C0001 1${size}${extra}`;
  });
  return `M${legs.length}${name.padEnd(20)}E${text.join('')}`;
}

// A scanner types faster than any hand.
async function scan(page, text) {
  await page.evaluate((all) => {
    for (const key of [...all, 'Enter']) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      document.activeElement.dispatchEvent(event);
    }
  }, text);
}

test('boarding passes are read, and nothing else is', async () => {
  const { module } = await runnerImport(join(root, 'apps/kiosk/src/boarding-pass.ts'));
  const { readBoardingPass, readFlightNumber } = module;
  const now = new Date('2026-11-20T12:00:00Z');
  const leg = {
    carrier: 'LH',
    number: 400,
    origin: { iataCode: 'FRA' },
    destination: { iataCode: 'JFK' },
    departsOn: '2026-11-20',
  };
  const next = { ...leg, carrier: 'EK', number: 1, departsOn: '2026-11-21' };
  const read = readBoardingPass(pass([leg, next], '^164GIWVC5EH7JNT684FVNJ91'), now);
  assert.deepEqual(
    read.map(({ carrier, number, origin, destination, departsOn, seat }) =>
      [carrier, number, origin, destination, departsOn, seat].join(' '),
    ),
    ['LH 400 FRA JFK 2026-11-20 21C', 'EK 1 FRA JFK 2026-11-21 21C'],
  );
  assert.ok(!JSON.stringify(read).includes('HADDAD'));
  // The year is not written: the nearest such day is meant, over the turn of the year too.
  const turn = { ...leg, departsOn: '2027-01-02' };
  assert.equal(readBoardingPass(pass([turn]), new Date('2026-12-30'))[0].departsOn, '2027-01-02');
  assert.equal(readBoardingPass(pass([turn]), new Date('2027-01-01'))[0].departsOn, '2027-01-02');
  const whole = pass([leg]);
  for (let length = 0; length < whole.length; length++) {
    assert.equal(readBoardingPass(whole.slice(0, length), now), null, `${length} characters`);
  }
  for (const other of [
    '',
    'M5',
    'https://example.com',
    whole.replace('FRA', 'fra'),
    whole.replace('0400', '04 0'),
  ]) {
    assert.equal(readBoardingPass(other, now), null, other);
  }
  assert.deepEqual(readFlightNumber('ek 047'), { carrier: 'EK', number: 47 });
  for (const other of ['', 'E', 'EK', 'EK0', '12', 'EKK47'])
    assert.equal(readFlightNumber(other), null, other);
});

test('a scan shows the flight in either language, and the name is sent nowhere', async () => {
  const { page, context, requests, problems } = await begin();
  const [flight] = flights;
  await scan(page, pass([flight]));
  await page.getByRole('heading', { level: 1, name: flight.designator }).waitFor();
  await page.getByText('21C').waitFor();
  await page.getByRole('button', { name: 'العربية' }).click();
  await page.getByRole('heading', { name: 'ماذا تريد أن تفعل؟' }).waitFor();
  assert.equal(await page.locator('dialog [dir]').first().getAttribute('dir'), 'rtl');
  for (const request of requests) {
    const sent = request.url() + (request.postData() ?? '');
    for (const part of [...name.split('/'), 'ABC123', '21C']) assert.ok(!sent.includes(part), part);
  }
  assert.equal(requests.filter((request) => request.url().endsWith('/graphql')).length, 1);
  assert.ok(!(await page.content()).includes('HADDAD'));
  assert.deepEqual(problems, []);
  await context.close();
});

test('what is no boarding pass is said to be none', async () => {
  const { page, context } = await begin();
  await scan(page, `https://example.com/${'x'.repeat(60)}`);
  await page.getByRole('alert').waitFor();
  await context.close();
});

test('a flight is found by touch alone, and can be taken along', async () => {
  const { page, context, problems } = await begin();
  const flight = flights.find(({ designator }) => /^[A-Z]{2}\d+$/.test(designator));
  await page.getByRole('button', { name: 'Type the flight number' }).click();
  for (const key of flight.designator) await page.getByRole('button', { name: key, exact: true }).click();
  await page.getByRole('button', { name: 'Find it' }).click();
  await page.getByRole('heading', { level: 1, name: flight.designator }).first().waitFor();
  await page.getByRole('button', { name: 'on your phone' }).click();
  await page.getByRole('img', { name: 'A code that opens your account' }).waitFor();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Other flights there' }).click();
  await page.getByRole('heading', { level: 1, name: /Flights to/ }).waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('after 30 s without a touch nothing of anybody is left', async () => {
  const { page, context } = await openPage(browser, server, token, { width: 1080, height: 1400 });
  await page.clock.install();
  await page.goto(`${server.url}/kiosk`);
  await page.getByText('Hold the code').waitFor();
  const [flight] = flights;
  await scan(page, pass([flight]));
  await page.getByText('21C').waitFor();
  await page.getByRole('button', { name: 'العربية' }).click();
  await page.clock.runFor(21_000);
  await page.getByRole('alertdialog').waitFor();
  // A touch goes on.
  await page.getByRole('alertdialog').getByRole('button').first().click();
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await page.clock.runFor(31_000);
  await page.getByText('Hold the code').waitFor();
  const left = await page.evaluate(async () => ({
    page: document.documentElement.outerHTML,
    address: location.href,
    stored: localStorage.length + sessionStorage.length,
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: window.caches ? (await caches.keys()).length : 0,
  }));
  for (const part of ['21C', 'HADDAD', 'ABC123']) assert.ok(!left.page.includes(part), part);
  assert.equal(left.address, `${server.url}/kiosk`);
  assert.deepEqual([left.stored, left.caches], [0, 0]);
  // The kiosk's own key, which is nobody's.
  assert.deepEqual(left.databases, ['jetbridge-device']);
  await context.close();
});

test('a lost line is said, and the kiosk goes on when it is back', async () => {
  const { page, context } = await begin();
  const [flight] = flights;
  await context.setOffline(true);
  await page.getByText('No connection: times may be old').waitFor();
  await page.getByRole('button', { name: 'العربية' }).click();
  await page.getByRole('heading', { name: 'أهلًا بك. لنجد رحلتك.' }).waitFor();
  await page.getByRole('button', { name: 'English' }).click();
  await scan(page, pass([flight]));
  await context.setOffline(false);
  await page.getByRole('heading', { level: 1, name: flight.designator }).waitFor();
  await context.close();
});

test('everything is large enough for a glove, and is read by everybody', async () => {
  const late = flights.find(({ arrivalDelayMinutes }) => arrivalDelayMinutes > 15) ?? flights[0];
  for (const look of [{ theme: 'light' }, { theme: 'dark' }, { width: 390, height: 844 }]) {
    const { page, context } = await begin(look);
    const check = async (where) => {
      const small = await page.evaluate(() => {
        const all = [...document.querySelectorAll('dialog button')];
        return all.filter((one) => one.getBoundingClientRect().height < 60).map((one) => one.textContent);
      });
      assert.deepEqual(small, [], where);
      const size = await page.evaluate(
        () => getComputedStyle(document.querySelector('dialog p, dialog output')).fontSize,
      );
      assert.ok(Number.parseFloat(size) >= 20, `${where}: ${size}`);
      const wide = await page.evaluate(() => {
        const cover = document.querySelector('dialog');
        return cover.scrollWidth - cover.clientWidth;
      });
      assert.ok(wide <= 0, `${where}: ${wide} px too wide`);
      await page.evaluate(axe);
      const { violations } = await page.evaluate((options) => globalThis.axe.run('dialog', options), rules);
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
        [],
        where,
      );
    };
    await check('the first screen');
    await page.getByRole('button', { name: 'Type the flight number' }).click();
    await check('the number');
    await page.getByRole('button', { name: 'Back' }).click();
    await scan(page, pass([late]));
    await page.getByText('21C').waitFor();
    await check('the journey');
    const rights = page.getByRole('button', { name: 'What you may ask for' });
    if (await rights.isVisible()) {
      await rights.click();
      await check('the rights');
    }
    await context.close();
  }
});
