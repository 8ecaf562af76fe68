// The account in a real browser on a real server: `node --test e2e/account.mjs`.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { openPage, startBrowser } from './browser.mjs';
import { startServer } from './server.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
const phone = { width: 390, height: 844 };

let server;
let browser;
let token;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
  const staff = server.token('administrator');
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${staff}` },
    body: JSON.stringify({
      query: '{ customers(filter: { name: "haddad amal" }, first: 1) { nodes { id } } }',
    }),
  });
  const { data } = await response.json();
  token = server.token('customer', '--customer', data.customers.nodes[0].id);
});

after(async () => {
  await browser?.close();
  server?.stop();
});

async function visit(path, look = {}) {
  const opened = await openPage(browser, server, token, { ...phone, ...look });
  await opened.page.goto(server.url + path);
  await opened.page.getByRole('heading', { level: 1 }).first().waitFor();
  return opened;
}

test('a claim is filed in three steps, with a photograph that was made small', async () => {
  const { page, context, problems } = await visit('/account/ask');
  await page.getByRole('radio').first().check({ force: true });
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('My bag came late').click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('How much was it?').fill('89,50');
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Add a photo or file' }).click(),
  ]);
  await chooser.setFiles({ name: 'receipt.png', mimeType: 'image/png', buffer: await photograph(page) });
  await page.getByText('receipt.jpg').waitFor();
  await page.getByRole('button', { name: 'Send it' }).click();
  await page.getByRole('heading', { name: 'It has arrived' }).waitFor();
  await page.getByRole('link', { name: 'See it' }).click();
  await page.getByRole('heading', { name: /89\.50/ }).waitFor();
  await page.getByText('receipt.jpg').waitFor();
  await page.getByText('Being looked at').first().waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('the same is not filed twice, and a claim can be taken back', async () => {
  const { page, context } = await visit('/account/ask');
  await page.getByRole('radio').first().check({ force: true });
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('My bag came late').click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('How much was it?').fill('12');
  await page.getByRole('button', { name: 'Send it' }).click();
  await page.getByRole('heading', { name: 'You are already covered' }).waitFor();
  await page.getByRole('link', { name: 'See it' }).click();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
  await page.getByText('Taken back').first().waitFor();
  await context.close();
});

test('a conversation is opened, answered and shown as it was typed', async () => {
  const { page, context, problems } = await visit('/account/cases/new');
  const hostile = '<img src=x onerror=alert(1)>{broken} &amp;';
  await page.getByLabel('In a few words').fill(hostile);
  await page.getByLabel('What is it about?').fill('A seat that does not recline.');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('heading', { level: 1, name: /onerror/ }).waitFor();
  assert.equal(await page.locator('img[src=x]').count(), 0);
  await page.getByLabel('Your answer').fill('It was 21C.');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('It was 21C.').waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('contact points, channels and details are changed', async () => {
  const { page, context, problems } = await visit('/account/me');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('textbox', { name: /Mail address/ }).fill('amal.second@example.com');
  await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText('Send service messages by mail').click();
  const mail = page.getByRole('switch', { name: 'Send service messages by mail' });
  await page.waitForFunction(() => !document.querySelector('[role=switch]').checked);
  assert.equal(await mail.isChecked(), false);
  assert.deepEqual(problems, []);
  await context.close();
});

test('what was typed stays when the line is lost, and is sent once when it is back', async () => {
  const { page, context } = await visit('/account/cases/new');
  await page.getByLabel('In a few words').fill('Lost line');
  await page.getByLabel('What is it about?').fill('Written in a tunnel.');
  // The answer is lost, not the request: the second try must not open a second case.
  let lost = 0;
  await page.route('**/graphql', async (route) => {
    if (lost++ > 0) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('There is no connection.').waitFor();
  assert.equal(await page.getByLabel('In a few words').inputValue(), 'Lost line');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('heading', { level: 1, name: 'Lost line' }).waitFor();
  await page.goto(`${server.url}/account/cases`);
  await page.getByText('Lost line').first().waitFor();
  assert.equal(await page.getByText('Lost line').count(), 1);
  await context.close();
});

test('every page is one request, is read by everybody, and holds in both directions', async () => {
  const pages = ['', '/trips', '/ask', '/claims', '/cases', '/cases/new', '/messages', '/me'];
  for (const look of [
    { width: 390, language: 'en', theme: 'light' },
    { width: 1024, language: 'ar', theme: 'dark' },
  ]) {
    for (const place of pages) {
      const { page, context, requests, problems } = await visit(`/account${place}`, look);
      await page.waitForTimeout(600);
      const asked = requests.filter(
        (request) => request.url().endsWith('/graphql') && request.headers().accept !== 'text/event-stream',
      );
      assert.ok(asked.length <= 1, `${place}: ${asked.length} requests`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${place} ${look.width}: ${wide} px too wide`);
      await page.evaluate(axe);
      const { violations } = await page.evaluate((options) => globalThis.axe.run('main', options), rules);
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
      assert.deepEqual(found, [], `${place} ${look.language}`);
      assert.deepEqual(problems, [], place);
      await context.close();
    }
  }
});

// A picture that does not pack well: what a camera gives is larger than a request may be.
async function photograph(page) {
  const text = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(1400, 1000);
    const context = canvas.getContext('2d');
    const image = context.createImageData(1400, 1000);
    for (let index = 0; index < image.data.length; index += 4) {
      const shade = (index * 7919) % 251;
      image.data.set([shade, (shade * 3) % 255, index % 200, 255], index);
    }
    context.putImageData(image, 0, 0);
    const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  });
  return Buffer.from(text, 'latin1');
}
