import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { startService, type Service } from '../../../worker/test/support/service.ts';
import { Town } from '../../../worker/test/support/town.ts';
import { launch, PHONE, Visitor } from './browser.ts';

/** The product as it is shipped, with a browser in which several people sit at once. */
export class ConsoleHouse {
  private readonly visitors = new Map<string, Visitor>();

  private constructor(
    readonly service: Service,
    readonly town: Town,
    readonly browser: Browser,
    /** The build of this run: another build beside it does not pull the pages away from under a journey. */
    private readonly pages: string,
  ) {}

  static async open(): Promise<ConsoleHouse> {
    const pages = mkdtempSync(path.join(tmpdir(), 'miaopu-web-'));
    cpSync('dist/web', pages, { recursive: true });
    const service = await startService({ env: { WEB_DIST: pages } });
    return new ConsoleHouse(service, new Town(service), await launch(), pages);
  }

  /** Somebody who is signed in; the same window each time. */
  async as(userName: string, { phone = false } = {}): Promise<Visitor> {
    const known = this.visitors.get(userName);
    if (known) return known;
    const visitor = await Visitor.at(this.browser, this.service.url, phone ? PHONE : undefined);
    this.visitors.set(userName, visitor);
    await visitor.signsIn(userName, this.service.password);
    return visitor;
  }

  /** Somebody who has not signed in. */
  async stranger({ phone = false } = {}): Promise<Visitor> {
    const visitor = await Visitor.at(this.browser, this.service.url, phone ? PHONE : undefined);
    this.visitors.set(`stranger ${this.visitors.size}`, visitor);
    return visitor;
  }

  everybody(): Visitor[] {
    return [...this.visitors.values()];
  }

  /** Everything that went wrong under anybody's pages. */
  troubles(): string[] {
    return [...this.visitors].flatMap(([who, visitor]) => visitor.takeTroubles().map((trouble) => `${who}: ${trouble}`));
  }

  /** What everybody sees now, for whoever has to find out why a journey stopped. */
  async picture(name: string): Promise<void> {
    for (const [who, visitor] of this.visitors) await visitor.picture(`${name}-${who}`);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.service.close();
    rmSync(this.pages, { recursive: true, force: true });
  }
}
