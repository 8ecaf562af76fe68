// The frontends in a real browser on a real server: `npm run e2e`. JETBRIDGE_TEST_BINARY says which binary.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { openPage, rest, startBrowser } from './browser.mjs';
import { startServer } from './server.mjs';
import { known } from './world.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };

let server;
let browser;
let ids;
const tokens = {};

before(async () => {
  server = await startServer();
  browser = await startBrowser();
  for (const role of ['administrator', 'contact-centre-agent', 'operations', 'analyst'])
    tokens[role] = server.token(role);
  ids = await known(server, tokens.administrator);
});

after(async () => {
  await browser?.close();
  server?.stop();
});

async function visit(path, { role = 'administrator', ...look } = {}) {
  const opened = await openPage(browser, server, role ? tokens[role] : null, look);
  const response = await rest(opened.page, server.url + path);
  return { ...opened, response };
}

const graphRequests = (requests) =>
  requests.filter(
    (request) => request.url().endsWith('/graphql') && request.headers().accept !== 'text/event-stream',
  );

test('nobody signs in with a token that does not hold, and somebody with one that does', async () => {
  const { page, context } = await visit('/', { role: null });
  await page.getByRole('button', { name: 'Use a token of this machine instead' }).click();
  await page.getByLabel('Token').fill('not.a.token');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Token').fill(tokens['contact-centre-agent']);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('navigation', { name: 'Areas' }).waitFor();
  await page.getByRole('button', { name: 'You' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('Password').waitFor();
  await context.close();
});

test('an account is signed in with its password, and out again', async () => {
  const { page, context } = await visit('/', { role: null });
  const { email, password } = server.account('contact-centre-agent');
  const enter = async (secret) => {
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(secret);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  await enter('not the password of anybody');
  await page.getByRole('alert').waitFor();
  await enter(password);
  await page.getByRole('navigation', { name: 'Areas' }).getByRole('link', { name: 'Cases' }).click();
  await page.getByRole('heading', { level: 1, name: 'Cases' }).waitFor();
  await page.getByRole('button', { name: 'You' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('Password').waitFor();
  await context.close();
});

test('everybody sees the areas of their rights, and nothing of the others', async () => {
  const { page, context } = await visit('/', { role: 'analyst' });
  const areas = await page.getByRole('navigation', { name: 'Areas' }).getByRole('link').allTextContents();
  assert.deepEqual(areas, ['Flights', 'Compensation', 'Insight']);
  assert.ok(!(await page.content()).includes('/_f/profile/'));
  await context.close();
});

test('a customer is found and opened by one request for each page', async () => {
  const { page, context, requests, problems } = await visit('/customers', { role: 'contact-centre-agent' });
  assert.equal(graphRequests(requests).length, 1);
  await page.getByRole('searchbox').fill('haddad amal');
  await page.getByRole('link', { name: 'Amal Haddad' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Amal Haddad' }).waitFor();
  await page.getByRole('heading', { name: 'Timeline' }).waitFor();
  // The list, the search, the page.
  assert.equal(graphRequests(requests).length, 3);
  assert.ok(graphRequests(requests).every((request) => !request.postData().includes('"query"')));
  assert.ok(!page.url().toLowerCase().includes('haddad'));
  assert.ok(!(await page.title()).includes('Haddad'));
  await page
    .getByRole('button', { name: /^Show: E-mail/ })
    .first()
    .click();
  await page.getByText(/@/).first().waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('an answer to a case is there at once, and the keys work', async () => {
  const { page, context, problems } = await visit(`/cases/${ids.case}`, { role: 'contact-centre-agent' });
  const text = `Written by a test at ${Date.now()}`;
  await page.getByRole('radio', { name: 'Note for colleagues' }).click();
  await page.getByLabel('Text').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('article').filter({ hasText: text }).waitFor();
  assert.equal(await page.getByLabel('Text').inputValue(), '');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('Keys of the keyboard').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(/^Name, e-mail/).fill('haddad amal');
  await page
    .getByRole('menuitem', { name: /Amal Haddad/ })
    .first()
    .click();
  await page.waitForURL(/\/customers\//);
  assert.deepEqual(problems, []);
  await context.close();
});

test('what a delay would cost stands there before it is recorded, and what it did afterwards', async () => {
  const { page, context, problems } = await visit('/flights');
  await page.getByRole('table').getByRole('link').last().click();
  await page.getByRole('button', { name: 'Record an event' }).click();
  await page.getByLabel('Minutes late at arrival').fill('245');
  await page.getByLabel('Cause').fill('41');
  await page.getByRole('dialog').getByRole('button', { name: 'Record' }).click();
  await page.getByText(/^Recorded\./).waitFor();
  await page.getByText('Aircraft defects').first().waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('a frontend that breaks breaks alone, and comes back', async () => {
  const { page, context } = await visit('/');
  let isBroken = true;
  await page.route('**/_f/cases/**/main-*.js', (route) => (isBroken ? route.abort() : route.continue()));
  await page.getByRole('link', { name: 'Cases' }).first().click();
  await page.getByRole('alert').getByText('Cases could not be shown').waitFor();
  await page.getByRole('navigation', { name: 'Areas' }).getByRole('link', { name: 'Flights' }).click();
  await page.getByRole('heading', { level: 1, name: 'Flights' }).waitFor();
  isBroken = false;
  await page.getByRole('navigation', { name: 'Areas' }).getByRole('link', { name: 'Cases' }).click();
  const heading = page.getByRole('heading', { level: 1, name: 'Cases' });
  await heading.or(page.getByRole('button', { name: 'Try again' })).waitFor();
  if (!(await heading.isVisible())) await page.getByRole('button', { name: 'Try again' }).click();
  await heading.waitFor();
  await context.close();
});

test('a file that was tampered with does not run', async () => {
  const { page, context, problems } = await visit('/');
  await page.route('**/_f/cases/**/main-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${await response.text()};window.tampered = true;` });
  });
  await page.getByRole('link', { name: 'Cases' }).first().click();
  await page.getByRole('alert').getByText('Cases could not be shown').waitFor();
  assert.equal(await page.evaluate('window.tampered'), undefined);
  assert.ok(problems.some((problem) => /integrity/i.test(problem)));
  await context.close();
});

test('pages are readable for everybody, in both directions and every theme', async () => {
  const paths = [
    '/',
    '/customers',
    `/customers/${ids.customer}`,
    '/cases',
    `/cases/${ids.case}`,
    '/flights',
    `/flights/${ids.flight}`,
    '/claims',
    '/ui',
  ];
  for (const look of [
    { language: 'en', theme: 'light' },
    { language: 'ar', theme: 'dark', width: 390 },
  ]) {
    for (const path of paths) {
      const { page, context, problems } = await visit(path, look);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.evaluate(axe);
      const { violations } = await page.evaluate(`axe.run(document, ${JSON.stringify(rules)})`);
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
      );
      assert.deepEqual(found, [], `${path} ${JSON.stringify(look)}`);
      assert.deepEqual(problems, [], `${path} ${JSON.stringify(look)}`);
      const width = await page.evaluate('document.documentElement.scrollWidth');
      assert.ok(width <= (look.width ?? 1440), `${path} is ${width} px wide`);
      await context.close();
    }
  }
});

test('the first page is small', async () => {
  const { context, requests } = await visit('/customers', { role: 'contact-centre-agent' });
  const files = requests.filter((request) => request.url().includes('/_f/'));
  const sizes = await Promise.all(files.map(async (request) => (await request.sizes()).responseBodySize));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  console.log(
    `shell and first frontend: ${files.length} files, ${(total / 1024).toFixed(1)} KiB; ${requests.length} requests`,
  );
  assert.ok(total <= 180 * 1024, `${total} bytes`);
  assert.ok(requests.length <= 22, `${requests.length} requests`);
  await context.close();
});
