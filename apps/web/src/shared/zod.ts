import { config, z } from 'zod/v4';

// The content security policy forbids eval, and zod would try it once to see whether it may. This module stands in for "zod" in the
// build (vite.config.ts), so that it is told before the first schema is made, in whichever chunk that is.
config({ jitless: true });

export * from 'zod/v4';
export { z };
