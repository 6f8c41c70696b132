import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { freshDatabase } from '../../test/support/database.ts';
import { attemptsOf } from './mails.ts';
import { postMail, type Post } from './post.ts';
import { runMailer, type MailTransport } from './sender.ts';

const at = new Date('2026-11-24T01:00:00Z');

/** For tests: a database with two officers who have an address, one who has none, and a case that mails can be about. */
export async function postOffice() {
  const { db, close } = await freshDatabase();
  const [tian, long, none, caseId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const params = { caseId, caseNo: 'SY-2026-0031', caseTitle: '杨秀英试用期满转正', taskId: randomUUID(), stageTitle: '社区意见' };
  await db.unit.createMany({
    data: [
      { code: '520602', name: '碧江区', level: 'county', path: '520600/520602/', validFrom: at },
      { code: '520603', name: '万山区', level: 'county', path: '520600/520603/', validFrom: at },
    ],
  });
  await db.account.createMany({
    data: [
      { id: tian, userName: 'tian', displayName: '田晓梅', email: 'tian@example.org' },
      { id: long, userName: 'long', displayName: '龙建华', email: 'long@example.org' },
      { id: none, userName: 'none', displayName: '吴无址' },
    ],
  });
  const aCase = {
    process: 'probation',
    naturalKey: 'k',
    run: 1,
    unitCode: '520602',
    status: 'running',
    input: {},
    pinned: {},
    startedAt: at,
  };
  await db.case.create({ data: { ...aCase, id: caseId, caseNo: params.caseNo, title: params.caseTitle } });

  const post = (more: Partial<Post> = {}) =>
    db.$transaction((tx) =>
      postMail(tx, { eventKey: 'case-1/community/1/opened', to: [tian], template: 'task-opened', params, caseId, at, ...more } as Post),
    );
  const rows = () => db.mail.findMany({ orderBy: { id: 'asc' } });
  const outcomes = async (mailId: bigint) => (await attemptsOf(db, mailId)).map(({ outcome }) => outcome);
  const allIn =
    (...states: string[]) =>
    async () =>
      (await db.mail.count({ where: { status: { notIn: states } } })) === 0;

  /** Runs a mailer over `transport` until `done` says so; time stands at `now()`. */
  async function mailUntil(transport: MailTransport, done: () => Promise<boolean>, { now = () => at, abreast = 4 } = {}) {
    const stop = new AbortController();
    const troubles: unknown[] = [];
    const running = runMailer({
      db,
      transport,
      from: '苗圃 <noreply@example.org>',
      publicUrl: 'http://127.0.0.1:1',
      now,
      abreast,
      everyMs: 5,
      signal: stop.signal,
      onTrouble: (error) => troubles.push(error),
    });
    while (!(await done())) await delay(10);
    stop.abort();
    await running;
    expect(troubles).toEqual([]);
  }
  const empty = () => db.$executeRaw`TRUNCATE mail, mail_attempt, demo_inbox`;
  return {
    db,
    close,
    empty,
    tian,
    long,
    none,
    caseId,
    params,
    at,
    later: (ms: number) => new Date(at.getTime() + ms),
    post,
    rows,
    outcomes,
    allIn,
    mailUntil,
  };
}

export type PostOffice = Awaited<ReturnType<typeof postOffice>>;
