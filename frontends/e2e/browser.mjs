// A browser, and pages in it that somebody is signed in to.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts Chromium; installs it where that can be done without asking. */
export async function startBrowser() {
  return chromium.launch({
    executablePath: executable(),
    args: ['--no-sandbox', '--font-render-hinting=none'],
  });
}

function executable() {
  const given = process.env.JETBRIDGE_TEST_CHROMIUM;
  const found = [given, ...known].find((path) => path && existsSync(path));
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    execFileSync('apt-get', ['install', '-y', '-q', 'chromium', 'fonts-noto-core'], { stdio: 'inherit' });
    return known[0];
  }
  throw new Error('there is no Chromium: install it, or say where it is by JETBRIDGE_TEST_CHROMIUM');
}

/**
 * A page that somebody is signed in to, and everything that went wrong in it.
 *
 * @param look `{ width, theme, language, contrast, density }`
 */
export async function openPage(browser, server, token, look = {}) {
  const {
    width = 1440,
    height = 900,
    theme = 'light',
    language = 'en',
    contrast = 'normal',
    density = 'comfortable',
  } = look;
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
  await context.addCookies([
    { name: 'jetbridge-preferences', value: `${theme}.${contrast}.${density}.${language}`, url: server.url },
    ...(token
      ? [{ name: 'jetbridge-development', value: token, url: server.url, httpOnly: true, sameSite: 'Strict' }]
      : []),
  ]);
  const page = await context.newPage();
  const problems = [];
  const requests = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('request', (request) => requests.push(request));
  return { page, context, problems, requests };
}

/** Goes to a path and waits until the page has come to rest. What stays open, such as events, is not waited for. */
export async function rest(page, url) {
  const response = await page.goto(url, { waitUntil: 'load' });
  await page.locator('h1').first().waitFor();
  const coming = page.locator('#app [role="status"]').first();
  await coming.waitFor({ state: 'detached', timeout: 30_000 }).catch(() => undefined);
  return response;
}
