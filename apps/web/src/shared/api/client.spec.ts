import { routes } from '../../../../../libs/domain/api/routes.ts';
import { addressOf, api, newKey, setCsrfToken, whenSignedOut } from './client.ts';
import { faultsUnder, isPassing, Problem } from './problem.ts';

const id = '0b5a1f0e-54b3-4c39-9a55-5a3c8d1f2e77';

function answering(status: number, body: unknown, type = 'application/json') {
  const sent: { url: string; init: RequestInit }[] = [];
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers: { 'content-type': type } });
  }) as typeof fetch;
  return sent;
}

const original = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = original;
  whenSignedOut(() => {});
});

describe('a call by the one list of routes', () => {
  test('fills the path, leaves out what is not asked, and escapes the rest', () => {
    expect(addressOf(routes.tasks, { query: { q: '田 雨', due: undefined, limit: 20 } })).toBe('/api/tasks?q=%E7%94%B0+%E9%9B%A8&limit=20');
    expect(addressOf(routes.declare, { params: { id, event: 'a/b' }, body: { answer: {} } })).toBe(`/api/cases/${id}/events/a%2Fb`);
  });

  test('an act carries the session’s token and its own key; a look carries neither', async () => {
    setCsrfToken('token');
    const sent = answering(200, { caseId: id, version: 3, nextTaskId: null });
    await api.call(routes.claim, { params: { id } }, { key: 'once' });
    await api.call(routes.task, { params: { id } });
    const [act, look] = sent.map(({ init }) => init.headers as Headers);
    expect([act!.get('x-csrf-token'), act!.get('idempotency-key')]).toEqual(['token', 'once']);
    expect([look!.get('x-csrf-token'), look!.get('idempotency-key')]).toEqual([null, null]);
  });

  test('keys of two acts differ', () => {
    expect(newKey()).not.toBe(newKey());
  });

  test('a refusal comes as the server’s own sentence, its faults by field', async () => {
    answering(422, {
      title: 'Unprocessable Entity',
      code: 'AnswerDoesNotFit',
      detail: '填写的内容不符合要求。',
      errors: [
        { path: 'body.answer.opinion', message: '太短' },
        { path: 'body.answer.scores.0', message: '太大' },
        { path: 'query.limit', message: '太多' },
      ],
    });
    const error = await api.call(routes.answer, { params: { id }, body: { answer: {} } }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ message: '填写的内容不符合要求。', code: 'AnswerDoesNotFit', status: 422 });
    expect(faultsUnder(error, 'body.answer')).toEqual({ opinion: '太短', scores: '太大' });
    expect(isPassing(error)).toBe(false);
  });

  test('an answer that is no problem document still becomes a Chinese sentence', async () => {
    answering(502, '<html>', 'text/html');
    const error = await api.call(routes.workbench, {}).catch((caught: unknown) => caught);
    expect((error as Problem).message).toMatch(/\p{Script=Han}/u);
    expect(isPassing(error)).toBe(true);
  });

  test('no answer at all may be asked again', async () => {
    globalThis.fetch = () => Promise.reject(new TypeError('fetch failed'));
    const error = await api.call(routes.workbench, {}).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ status: 0 });
    expect(isPassing(error)).toBe(true);
  });

  test('a lost session is told to the gate, a wrong password is not', async () => {
    let told = 0;
    whenSignedOut(() => (told += 1));
    answering(401, { code: 'NotSignedIn', detail: '请先登录。' });
    await api.call(routes.workbench, {}).catch(() => undefined);
    expect(told).toBe(1);
    answering(401, { code: 'WrongCredentials', detail: '账号或密码不正确。' });
    await api.call(routes.signIn, { body: { userName: 'a', password: 'b' } }).catch(() => undefined);
    expect(told).toBe(1);
  });
});
