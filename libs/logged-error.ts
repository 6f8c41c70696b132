/** What a log keeps of an error. */
export interface LoggedError {
  name: string;
  code?: string;
  message?: string;
  /** The places alone. */
  at?: string[];
  cause?: LoggedError;
}

const DEPTH = 3;
const FRAMES = 12;
const LONGEST = 300;

/**
 * An error by kind, code and place. What a database or its client says holds the values of the statement, so of those errors the words stay out;
 * in other words addresses and long numbers are blotted out.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code, meta } = error as Error & { code?: unknown; meta?: { driverAdapterError?: unknown } };
  const cause = error.cause ?? meta?.driverAdapterError;
  return {
    name: error.name,
    ...((typeof code === 'string' || typeof code === 'number') && { code: String(code) }),
    ...(!isOfDatabase(error) && { message: blotted(error.message) }),
    at: framesOf(error),
    ...(cause !== undefined && depth < DEPTH && { cause: loggedError(cause, depth + 1) }),
  };
}

/** Errors of Prisma, of its driver adapter and of pg, which all quote values. A connection that fails is told by its code. */
const isOfDatabase = (error: Error): boolean =>
  /^Prisma|^DriverAdapterError$|^DatabaseError$/.test(error.name) ||
  'clientVersion' in error ||
  ('severity' in error && 'routine' in error);

const blotted = (words: string): string =>
  words
    .split('\n')[0]!
    .slice(0, LONGEST)
    .replace(/[^\s@<>"'（）：，]+@[^\s@<>"'（）：，]+/g, '…@…')
    .replace(/\d{7,}[\dXx]*/g, '…');

const framesOf = ({ stack = '' }: Error): string[] =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, FRAMES)
    .map((line) => line.trim().slice(3));
