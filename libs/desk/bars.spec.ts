import type { StageKind } from '../domain/contract.ts';
import { refusalText, type RefusalCode } from '../domain/refusal.ts';
import { barredFrom, type BarFacts } from './bars.ts';

const free: BarFacts = {
  isSubject: false,
  isStarter: false,
  isRelative: false,
  isRecused: false,
  earlierOfGroup: [],
  unitName: '东门社区',
  of: null,
};
const stage = (kind: StageKind) => ({ title: '党工委决定', kind, audience: { role: 'STREET_PARTY_COMMITTEE', level: 'street' } }) as const;

describe('separation of duty', () => {
  test.each<[string, StageKind, Partial<BarFacts>, RefusalCode | null]>([
    ['nothing against it', 'decision', {}, null],
    ['the person concerned, whatever it is', 'filing', { isSubject: true }, 'OwnCase'],
    ['a declared relative', 'task', { isRelative: true }, 'Relative'],
    ['whoever declared a conflict', 'task', { isRecused: true }, 'Recused'],
    ['the starter gives no opinion', 'opinion', { isStarter: true }, 'StarterMayNotDecide'],
    ['the starter decides nothing', 'decision', { isStarter: true }, 'StarterMayNotDecide'],
    ['the starter may file', 'filing', { isStarter: true }, null],
    ['the starter may do plain work', 'task', { isStarter: true }, null],
    ['nobody twice where four eyes are asked for', 'decision', { earlierOfGroup: ['街道考核'] }, 'FourEyes'],
  ])('%s', (_, kind, facts, code) => {
    expect(barredFrom(stage(kind), { ...free, ...facts })?.refused ?? null).toBe(code);
  });

  test('the person concerned gives their own receipt', () => {
    expect(barredFrom({ title: '告知本人', kind: 'receipt', audience: { subject: true } }, { ...free, isSubject: true })).toBeNull();
  });

  // the reader must know whether to find another substitute or another officer
  test.each<[Partial<BarFacts>]>([
    [{ isSubject: true }],
    [{ isRelative: true }],
    [{ isRecused: true }],
    [{ isStarter: true }],
    [{ earlierOfGroup: ['街道考核'] }],
  ])('%j says whose bar it is', (facts) => {
    const own = refusalText(barredFrom(stage('decision'), { ...free, ...facts })!);
    const principals = refusalText(barredFrom(stage('decision'), { ...free, ...facts, of: '龙建华' })!);
    expect(own.startsWith('您')).toBe(true);
    expect(principals.startsWith('龙建华')).toBe(true);
    expect(principals).toContain('您代龙建华');
  });
});
