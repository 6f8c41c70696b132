import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '../prisma/generated/client.ts';

/** For raw SQL above libs: `Prisma.sql` and its kin. */
export { Prisma };
export type Db = PrismaClient;
/** An open transaction. Functions that take one never begin or end it. */
export type Tx = Prisma.TransactionClient;

/** The database of a process. `connections` bounds its pool. Hot paths use `$queryRaw`; ordinary reads and writes use the models. */
export function createDb(url: string, { connections = 10 }: { connections?: number } = {}): Db {
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString: url, max: connections }),
    transactionOptions: { maxWait: 10_000, timeout: 60_000 },
  });
}
