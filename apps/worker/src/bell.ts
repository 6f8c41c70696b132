/** Rung by whoever has something to be done, however often: a ring is never lost, and many before the next wait are one. */
export class Bell {
  private rung = false;
  private hear: (() => void) | null = null;

  readonly ring = (): void => {
    this.rung = true;
    this.hear?.();
  };

  /** Resolves when the bell has rung since the last wait, when the time is over, or when the signal aborts. */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (!this.rung && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          this.hear = null;
          resolve();
        };
        const timer = setTimeout(done, milliseconds);
        signal.addEventListener('abort', done, { once: true });
        this.hear = done;
      });
    }
    this.rung = false;
  }
}
