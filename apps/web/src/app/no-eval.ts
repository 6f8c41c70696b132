import { z } from 'zod';

// The content security policy forbids eval, and zod would try it once to see. Imported before any schema is made.
z.config({ jitless: true });
