/** How samples spread, in milliseconds. */
export interface Spread {
  n: number;
  p50?: number;
  p95?: number;
  p99?: number;
  max?: number;
}

export function spread(samples: readonly number[]): Spread {
  if (samples.length === 0) return { n: 0 };
  const sorted = Float64Array.from(samples).sort();
  const at = (p: number) => round(sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)]!, 2);
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

export const round = (value: number, digits = 3): number => Math.round(value * 10 ** digits) / 10 ** digits;
