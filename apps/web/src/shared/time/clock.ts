/** The server's clock as last heard: due texts and drafts follow it, not a desk computer that is minutes off. */
let ahead = 0;

export function setServerTime(now: string): void {
  ahead = Date.parse(now) - Date.now();
}

export const serverNow = (): Date => new Date(Date.now() + ahead);
