import { randomUUID } from 'node:crypto';
import type { ApiClient } from './support/client.ts';
import { announcedBatch } from '../../../libs/recruitment/recruitment.fixture.ts';
import { playScene, type Scene } from './support/scene.ts';
import { startServer, type Server } from './support/server.ts';

let server: Server;
let scene: Scene;
beforeAll(async () => {
  server = await startServer();
  scene = await playScene(server);
}, 240_000);
afterAll(() => server?.close());

const tryIn = (client: ApiClient, userName: string, password: string) => client.call('signIn', { body: { userName, password } });
/** Moves a session's times back instead of waiting; the process keeps what it found for five seconds, so a fresh client asks. */
const age = (minutes: { seen?: number; expires?: number }, cookie: string) =>
  server.db.$executeRaw`
    UPDATE session SET last_seen_at = last_seen_at - ${minutes.seen ?? 0} * interval '1 minute', expires_at = expires_at - ${minutes.expires ?? 0} * interval '1 minute'
    WHERE token_hash = encode(sha256(convert_to(${cookie.split('=')[1]}, 'UTF8')), 'hex')`;

describe('the cookie', () => {
  test('is out of reach of scripts and of other sites, and over https also of the open line', async () => {
    const officer = server.anonymous();
    const { headers } = await tryIn(officer, 'county-hr-520602-1', server.password);
    expect(headers.get('set-cookie')).toMatch(/^miaopu_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
    const secure = await startServer({ env: { PUBLIC_URL: 'https://miaopu.example' } });
    try {
      const answer = await tryIn(secure.anonymous(), 'county-hr-520602-1', secure.password);
      expect(answer.headers.get('set-cookie')).toMatch(/; HttpOnly; Secure; SameSite=Strict$/);
      expect(answer.headers.get('strict-transport-security')).toMatch(/max-age=31536000/);
    } finally {
      await secure.close();
    }
  });

  test('is worth nothing when made up, cut or changed', async () => {
    const officer = await server.signIn('county-hr-520602-1');
    const { cookie } = officer;
    for (const forged of [
      'miaopu_session=',
      'miaopu_session=x',
      cookie.slice(0, -1),
      `${cookie.slice(0, -1)}${cookie.endsWith('A') ? 'B' : 'A'}`,
    ]) {
      const other = server.anonymous();
      other.cookie = forged;
      expect((await other.call('whoAmI')).code).toBe('NotSignedIn');
    }
  });

  test('is a new one at each sign-in, and ends the one that it replaces', async () => {
    const officer = await server.signIn('county-hr-520602-1');
    const before = officer.cookie;
    await officer.signIn('county-hr-520602-1', server.password);
    expect(officer.cookie).not.toBe(before);
    const old = server.anonymous();
    old.cookie = before;
    expect((await old.call('whoAmI')).code).toBe('NotSignedIn');
  });
});

describe('a session ends', () => {
  test('by signing out, also for whoever copied the cookie', async () => {
    const officer = await server.signIn('county-hr-520602-1');
    const copy = server.anonymous();
    copy.cookie = officer.cookie;
    expect((await copy.call('whoAmI')).status).toBe(200);
    await officer.ok('signOut');
    expect(officer.cookie).toBe('');
    expect((await copy.call('whoAmI')).code).toBe('NotSignedIn');
  });

  test('after half an hour without a request', async () => {
    const { cookie } = await server.signIn('county-hr-520602-1');
    await age({ seen: 31 }, cookie);
    const later = server.anonymous();
    later.cookie = cookie;
    expect((await later.call('whoAmI')).code).toBe('NotSignedIn');
  });

  test('after its twelve hours', async () => {
    const { cookie } = await server.signIn('county-hr-520602-1');
    await age({ expires: 12 * 60 }, cookie);
    const later = server.anonymous();
    later.cookie = cookie;
    expect((await later.call('whoAmI')).code).toBe('NotSignedIn');
  });
});

describe('a page that listens', () => {
  const comments = async (userName: string) => {
    const officer = await server.signIn(userName);
    await officer.ok('comment', { params: { id: scene.case }, body: { text: '请补充田新人1的谈话记录' } });
    return (await officer.ok('case', { params: { id: scene.case } })).version;
  };

  test('hears of a case as soon as a colleague has acted in it: id and version, to those with a part in it and to nobody else', async () => {
    const [part, other] = await Promise.all(
      [scene.users['STREET_HR here']!, scene.users['STREET_HR there']!].map(async (name) => (await server.signIn(name)).listens()),
    );
    const version = await comments(scene.users['COUNTY_HR here']!);
    const told = await part!.hears('cases', ({ cases }) => cases.some((one) => one.version >= version));
    expect(told).toEqual({ cases: [{ id: scene.case, version }] });
    expect(part!.wire).not.toMatch(/\p{Script=Han}/u);
    await other!.hears('beat');
    expect(other!.wire).not.toContain(scene.case);
    await Promise.all([part!.leave(), other!.leave()]);
  });

  test('hears no more once the session is over: by signing out at once, by its time within a beat', async () => {
    const officer = await server.signIn('county-hr-520602-1');
    const [signsOut, expires] = [await officer.listens(), await (await aged()).listens()];
    await officer.ok('signOut');
    expect(await signsOut.hears('end')).toEqual({ why: 'signedOut' });
    await signsOut.ends();
    expect(await expires.hears('end')).toEqual({ why: 'signedOut' });
    await expires.ends();
  });
  /** Somebody whose session ends by idleness in half a minute, and whom listening does not keep. */
  const aged = async () => {
    const officer = await server.signIn('county-hr-520602-1');
    const listens = officer.listens.bind(officer);
    officer.listens = async () => {
      const listening = await listens();
      await age({ seen: 31 }, officer.cookie);
      return listening;
    };
    return officer;
  };

  test('looks again when other posts are held than before', async () => {
    const account = await server.db.account.findUniqueOrThrow({ where: { userName: 'county-union-520603-1' } });
    const listening = await (await server.signIn('county-union-520603-1')).listens();
    await server.db.postHeld.updateMany({ where: { accountId: account.id }, data: { title: '工会副主席' } });
    await listening.hears('look');
    await listening.leave();
  });

  test('makes room for a newer one: eight of an account', async () => {
    const officer = await server.signIn('county-hr-520603-1');
    const pages = [];
    for (let n = 0; n < 9; n += 1) pages.push(await officer.listens());
    expect(await pages[0]!.hears('end')).toEqual({ why: 'tooMany' });
    await Promise.all(pages.slice(1).map((page) => page.hears('beat')));
    await Promise.all(pages.slice(1).map((page) => page.leave()));
  });
});

describe('wrong passwords', () => {
  const codes = async (userName: string, tries: number) => {
    const told = [];
    for (let i = 0; i < tries; i += 1) {
      const { status, body } = await tryIn(server.anonymous(), userName, 'wrong');
      const { code, detail } = body as unknown as { code: string; detail: string };
      // the moment of the lock is each name's own
      told.push([status, code, detail.replace(/\d+月\d+日.*?\d\d:\d\d/, '…')]);
    }
    return told;
  };

  test('lock the fifth time, and nobody learns whether there is such an account', async () => {
    const known = await codes('county-civil-520602-1', 6);
    expect(known.map(([status, code]) => [status, code])).toEqual([
      ...Array.from({ length: 4 }, () => [401, 'WrongCredentials']),
      [423, 'AccountLocked'],
      [423, 'AccountLocked'],
    ]);
    expect(await codes(`nobody-${randomUUID()}`, 6)).toEqual(known);
    expect((await tryIn(server.anonymous(), 'county-civil-520602-1', server.password)).code).toBe('AccountLocked');
  });

  test('open again after a quarter of an hour', async () => {
    await codes('county-finance-520602-1', 5);
    await server.db
      .$executeRaw`UPDATE sign_in_attempt SET locked_until = locked_until - interval '16 minutes', last_at = last_at - interval '16 minutes'`;
    expect((await tryIn(server.anonymous(), 'county-finance-520602-1', server.password)).status).toBe(201);
  });

  test('are forgotten after a right one', async () => {
    await codes('county-union-520602-1', 4);
    expect((await tryIn(server.anonymous(), 'county-union-520602-1', server.password)).status).toBe(201);
    expect((await codes('county-union-520602-1', 1))[0]![2]).toContain('还可再试 4 次');
  });

  test('thrown in all at once are five and no more', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => tryIn(server.anonymous(), 'county-civil-520603-1', 'wrong')));
    expect(answers.filter(({ code }) => code === 'WrongCredentials')).toHaveLength(4);
    expect(answers.filter(({ code }) => code === 'AccountLocked')).toHaveLength(16);
  });

  test('for an account that was closed are no other than for any', async () => {
    await server.db.account.update({ where: { userName: 'county-finance-520603-1' }, data: { status: 'disabled' } });
    expect((await codes('county-finance-520603-1', 1))[0]![1]).toBe('WrongCredentials');
    expect((await tryIn(server.anonymous(), 'county-finance-520603-1', server.password)).code).toBe('AccountInactive');
  });
});

describe('a first password', () => {
  const invite = async () => {
    const officer = await server.signIn('street-hr-520602005-1');
    const { userName, sentTo } = await officer.ok('issueActivationCode', { params: { id: scene.formal } });
    const mail = await server.db.mail.findFirstOrThrow({ where: { template: 'activation-code' }, orderBy: { id: 'desc' } });
    return { userName, sentTo, code: (mail.params as { code: string }).code };
  };
  const activate = (userName: string, code: string, password = 'eight words are better') =>
    server.anonymous().call('activate', { body: { userName, code, password } });

  test('is set by the code that was mailed, once', async () => {
    const { userName, sentTo, code } = await invite();
    expect(sentTo).toBe('n***@demo.miaopu.local');
    expect((await activate(userName, 'AAAAA-AAAAA')).code).toBe('ActivationRefused');
    expect((await activate('nobody-at-all', code)).code).toBe('ActivationRefused');
    expect((await activate(userName, code, 'password12')).code).toBe('WeakPassword');
    expect((await activate(userName, code.toLowerCase().replace('-', ' '))).status).toBe(204);
    expect((await activate(userName, code)).code).toBe('ActivationRefused');
    const me = await (await server.anonymous().signIn(userName, 'eight words are better')).ok('whoAmI');
    expect(me.personId).toBe(scene.formal);
    const officer = await server.signIn('street-hr-520602005-1');
    expect((await officer.call('issueActivationCode', { params: { id: scene.formal } })).code).toBe('AlreadyActive');
  });

  test('is not set by a code that is older than three days, or was followed by another', async () => {
    await server.db.account.update({ where: { personId: scene.formal }, data: { status: 'inactive', passwordHash: null } });
    const first = await invite();
    const second = await invite();
    expect((await activate(first.userName, first.code)).code).toBe('ActivationRefused');
    await server.db.$executeRaw`UPDATE account SET activation_expiry = now() WHERE person_id = ${scene.formal}::uuid`;
    expect((await activate(second.userName, second.code)).code).toBe('ActivationRefused');
  });

  test('is kept nowhere but as a hash', async () => {
    const account = await server.db.account.findUniqueOrThrow({ where: { userName: 'county-hr-520602-1' } });
    expect(account.passwordHash).toMatch(/^\$argon2id\$/);
    const everything = JSON.stringify(await server.db.$queryRaw`SELECT activation_hash FROM account WHERE activation_hash IS NOT NULL`);
    const codes = await server.db.mail.findMany({ where: { template: 'activation-code' } });
    for (const { params } of codes) expect(everything).not.toContain((params as { code: string }).code);
  });
});

describe('too many requests', () => {
  let slow: Server;
  beforeAll(async () => {
    slow = await startServer({ env: { RATE_SIGN_IN_PER_MINUTE: '5', RATE_PER_ACCOUNT_PER_MINUTE: '20', RATE_OBJECTIONS_PER_HOUR: '3' } });
  }, 240_000);
  afterAll(() => slow?.close());

  test('from one address before signing in; officers behind it who are signed in go on', async () => {
    const officer = await slow.signIn('county-hr-520602-1');
    const codes = [];
    for (let i = 0; i < 6; i += 1) codes.push((await tryIn(slow.anonymous(), `nobody-${i}`, 'wrong')).code);
    expect(codes).toEqual([...Array.from({ length: 4 }, () => 'WrongCredentials'), 'TooManyRequests', 'TooManyRequests']);
    const refused = await tryIn(slow.anonymous(), 'county-hr-520602-1', slow.password);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await officer.call('whoAmI')).status).toBe(200);
    const told = [];
    for (let i = 0; i < 25; i += 1) told.push((await officer.call('whoAmI')).code);
    expect(told.filter((code) => code === 'TooManyRequests').length).toBe(6);
  });

  test('objections from one address have an hour’s count of their own', async () => {
    const params = { id: '00000000-0000-4000-8000-000000000000' };
    const body = { no: 1, named: false, text: '反映其工作年限计算有误，社区两委可以核实。', truthful: true as const };
    const codes = [];
    for (let i = 0; i < 4; i += 1) codes.push((await slow.anonymous().call('object', { params, body })).code);
    expect(codes).toEqual(['NotFound', 'NotFound', 'NotFound', 'TooManyRequests']);
    expect((await slow.anonymous().call('publicNotices')).status).toBe(200);
  });
});

describe('candidates', () => {
  test('anybody reads an announcement; a code by mail opens the candidate’s own pages and no other', async () => {
    const batchId = await announcedBatch(server.db, new Date());
    const candidate = server.anonymous();
    const { items } = await candidate.ok('announcements');
    expect(items.map(({ id, phase }) => [id, phase])).toEqual([[batchId, 'open']]);
    const { table } = await candidate.ok('announcement', { params: { id: batchId } });
    expect(table.map(({ code }) => code)).toEqual(['BJ001', 'BJ002']);
    const facts = { postCode: 'BJ002', bornOn: '1995-03-08', education: '本科' } as const;
    const { reasons } = await candidate.ok('checkConditions', { params: { id: batchId }, body: facts });
    expect(reasons.map(({ code }) => code)).toEqual(['notPartyMember']);

    const email = `Candidate-${randomUUID()}@example.org`;
    await candidate.ok('sendCandidateCode', { body: { email } });
    const mail = await server.db.mail.findFirstOrThrow({ where: { recipient: email.toLowerCase() } });
    const { code } = mail.params as { code?: string };
    const right = code ?? '';
    expect(right).toMatch(/^\d{6}$/);
    const wrong = right === '000000' ? '000001' : '000000';
    expect((await candidate.call('candidateSignIn', { body: { email, code: wrong } })).code).toBe('CodeRefused');
    const me = await candidate.ok('candidateSignIn', { body: { email, code: right } });
    candidate.csrfToken = me.csrfToken;
    expect(me.posts.map(({ role }) => role)).toEqual(['CANDIDATE']);
    expect(await candidate.ok('ownApplications')).toEqual({ items: [] });
    await candidate.ok('saveApplicationDraft', { params: { id: batchId }, body: { name: '田小满', postCode: 'BJ001' } });
    expect((await candidate.ok('applicationDraft', { params: { id: batchId } })).draft).toEqual({ name: '田小满', postCode: 'BJ001' });
    expect((await candidate.call('people', { query: { unit: '520602' } })).code).toBe('NotInYourUnits');
    expect((await candidate.call('recruitmentUploads', { params: { id: batchId } })).code).toBe('NotAllowed');
  });
});

// The last one: it ends the process that the others ask.
test('a page that listens does not hold up the end of the process', async () => {
  const listening = await (await server.signIn('county-org-520602-1')).listens();
  expect(await server.api.stop()).toBe(0);
  expect(await listening.hears('end')).toEqual({ why: 'restart' });
});
