// Pictures of pages, for eyes: `node e2e/look.mjs FOLDER ROLE PATH...`; `:customer`, `:case` and `:flight` in a path are looked up.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openPage, rest, startBrowser } from './browser.mjs';
import { startServer } from './server.mjs';
import { known } from './world.mjs';

const [folder = '/tmp/look', role = 'administrator', ...paths] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const looks = (
  process.env.LOOKS ?? '1440-light-en,1440-dark-ar,390-light-en,390-light-ar,1024-dark-en'
).split(',');
const server = process.env.JETBRIDGE_TEST_URL
  ? {
      url: process.env.JETBRIDGE_TEST_URL,
      token: () => process.env.JETBRIDGE_TEST_TOKEN,
      stop: () => undefined,
    }
  : await startServer();
const browser = await startBrowser();
try {
  const token = role === 'nobody' ? null : server.token(role);
  const ids = token ? await known(server, token) : {};
  for (const path of paths) {
    for (const look of looks) {
      const [width, theme, language] = look.split('-');
      const { page, context, problems } = await openPage(browser, server, token, {
        width: Number(width),
        theme,
        language,
      });
      const there = path.replaceAll(/:(\w+)/g, (_, name) => ids[name] ?? name);
      await rest(page, server.url + there).catch((error) => problems.push(String(error)));
      await page.waitForTimeout(500);
      const name = `${path.replaceAll(/[^a-z0-9]+/gi, '_')}-${look}.png`;
      await page.screenshot({ path: join(folder, name), fullPage: width !== '1440' });
      console.log(name, problems.length > 0 ? problems : '');
      await context.close();
    }
  }
} finally {
  await browser.close();
  server.stop();
}
