import type { LiveEvents } from '../../../../libs/domain/api/live.ts';

type Heard = { [K in keyof LiveEvents]: { event: K; data: LiveEvents[K] } }[keyof LiveEvents];

/** A page that listens: what it has heard so far, as it came over the wire. */
export class Listening {
  readonly heard: Heard[] = [];
  /** Everything that came, to be searched for what must not be there. */
  wire = '';
  over = false;
  private readonly reader;
  private arrived: () => void = () => undefined;

  constructor(response: Response) {
    this.reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    void this.read();
  }

  /** Resolves with the first event of the kind that has not been asked for yet and fits. */
  async hears<K extends keyof LiveEvents>(event: K, fits: (data: LiveEvents[K]) => boolean = () => true): Promise<LiveEvents[K]> {
    for (;;) {
      const at = this.heard.findIndex((one) => one.event === event && fits(one.data as LiveEvents[K]));
      if (at >= 0) return this.heard.splice(at, 1)[0]!.data as LiveEvents[K];
      if (this.over) throw new Error(`The stream is over without "${event}": ${this.wire}`);
      await new Promise<void>((resolve) => (this.arrived = resolve));
    }
  }

  /** Resolves when the server has ended the stream. */
  async ends(): Promise<void> {
    while (!this.over) await new Promise<void>((resolve) => (this.arrived = resolve));
  }

  leave(): Promise<void> {
    return this.reader.cancel();
  }

  private async read(): Promise<void> {
    let rest = '';
    for (let done = false; !done;) {
      const piece = await this.reader.read().catch(() => ({ done: true as const, value: undefined }));
      ({ done } = piece);
      this.wire += piece.value ?? '';
      const parts = `${rest}${piece.value ?? ''}`.split('\n\n');
      rest = parts.pop()!;
      for (const part of parts) {
        const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(part)!;
        this.heard.push({ event, data: JSON.parse(data!) } as Heard);
      }
      this.over = done;
      this.arrived();
    }
  }
}
