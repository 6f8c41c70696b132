import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page, type Request } from 'playwright-core';

/** Where a Chromium is, or null: then the browser ring is skipped, and counted as skipped. */
export const chromiumPath =
  [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (file) => file && existsSync(file),
  ) ?? null;

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 360, height: 740 };
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const artifacts = path.resolve('artifacts/console');

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath ?? undefined, args: FLAGS });

interface Finding {
  id: string;
  help: string;
  impact: string | null;
  nodes: { html: string; target: string[] }[];
}

/** One person at one browser window. What goes wrong under the page is kept in `troubles`, whatever the test looks at. */
export class Visitor {
  readonly troubles: string[] = [];
  private readonly underWay = new Set<Request>();

  private constructor(
    readonly base: string,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.troubles.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.troubles.push(`page error: ${error.message}`));
    page.on('requestfailed', (request) => {
      // what the page itself gave up on when it went elsewhere
      if (request.failure()?.errorText !== 'net::ERR_ABORTED')
        this.troubles.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
    });
    // listening never ends by itself
    page.on('request', (request) => request.resourceType() !== 'eventsource' && this.underWay.add(request));
    page.on('requestfinished', (request) => this.underWay.delete(request));
    page.on('requestfailed', (request) => this.underWay.delete(request));
    page.on('response', (response) => {
      if (response.status() >= 400) this.troubles.push(`${response.status()}: ${response.request().method()} ${response.url()}`);
    });
  }

  static async at(browser: Browser, base: string, viewport = DESK): Promise<Visitor> {
    // Another zone than Shanghai: dates must not follow the desk computer's.
    // Nothing moves: axe would find a colour that is on its way to another.
    const context = await browser.newContext({
      viewport,
      locale: 'zh-CN',
      timezoneId: 'America/St_Johns',
      acceptDownloads: true,
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(20_000);
    return new Visitor(base, context, await context.newPage());
  }

  async signsIn(userName: string, password: string): Promise<void> {
    await this.page.goto(this.base);
    await this.fillsIn(userName, password);
    await this.page.getByRole('main').waitFor();
    await this.page.getByRole('button', { name: '登录' }).waitFor({ state: 'detached' });
  }

  async fillsIn(userName: string, password: string): Promise<void> {
    await this.page.getByRole('textbox', { name: '账号' }).fill(userName);
    await this.page.getByRole('textbox', { name: '密码' }).fill(password);
    await this.page.getByRole('button', { name: '登录' }).click();
  }

  goTo(address: string) {
    return this.page.goto(new URL(address, this.base).href);
  }

  /** Nothing is on its way, and nothing waits for what was. */
  async settles(): Promise<void> {
    const drawn = () => this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    for (let quiet = 0; quiet < 3; quiet = this.underWay.size === 0 ? quiet + 1 : 0) await drawn();
    await this.page.locator('.ant-skeleton, .ant-spin-spinning').first().waitFor({ state: 'detached' });
  }

  /** Looks at the page as it stands: keeps a picture; what axe finds serious, and what is cut off at the side, are troubles. */
  async shows(name: string): Promise<void> {
    await this.settles();
    await this.picture(name);
    for (const finding of await this.findings()) this.troubles.push(`${name}: ${finding}`);
    const { wide, window } = await this.page.evaluate(() => ({ wide: document.documentElement.scrollWidth, window: innerWidth }));
    if (wide > window) this.troubles.push(`${name}: ${wide} px wide in a window of ${window}`);
  }

  async picture(name: string): Promise<void> {
    mkdirSync(artifacts, { recursive: true });
    await this.page.screenshot({ path: path.join(artifacts, `${name}.png`) });
  }

  private async findings(): Promise<string[]> {
    // through the debugger, which the page's security policy does not bind
    if (!(await this.page.evaluate(() => 'axe' in window))) await this.page.evaluate(AXE);
    // of what passes, which is nearly everything, nothing is written down nor handed over
    const violations = (await this.page.evaluate(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] }).then(({ violations }) => violations)`,
    )) as Finding[];
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`));
  }

  /** What went wrong since the last time; an expected refusal is struck out by its pattern. */
  takeTroubles(...expected: RegExp[]): string[] {
    return this.troubles.splice(0).filter((trouble) => !expected.some((pattern) => pattern.test(trouble)));
  }
}
