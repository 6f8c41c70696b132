import { catalogue } from '../../../../../../workflows/catalogue.ts';
import { arcOf, asideStages, END, layoutOf, NODE, TOP, type MapNode } from './layout.ts';
import { lastReturn, positionsOf, type Round } from './position.ts';

const contracts = Object.values(catalogue);
const overlap = (a: MapNode, b: MapNode) =>
  a.x < b.x + NODE.width && b.x < a.x + NODE.width && a.y < b.y + NODE.height && b.y < a.y + NODE.height;

describe.each(contracts.map((contract) => [contract.title, contract] as const))('the map of %s', (_, contract) => {
  const { nodes, edges, width, height } = layoutOf(contract, '办结');

  test('shows every stage once, and the end, inside its frame and without overlap', () => {
    expect(nodes.map(({ id }) => id).sort()).toEqual([...contract.order, END].sort());
    for (const [index, node] of nodes.entries()) {
      expect(node.x + NODE.width).toBeLessThanOrEqual(width);
      expect(node.y + NODE.height).toBeLessThanOrEqual(height);
      for (const other of nodes.slice(index + 1)) expect(overlap(node, other)).toBe(false);
    }
  });

  test('draws every arrow of the contract', () => {
    for (const { from, to } of contract.map) expect(edges).toContainEqual(expect.objectContaining({ from, to }));
  });

  test('runs its main line from left to right in the contract’s order, a long one band after band', () => {
    const main = nodes.filter(({ aside, id }) => !aside && id !== END).sort((a, b) => a.band - b.band || a.x - b.x);
    expect(main.map(({ id }) => id)).toEqual(contract.order.filter((stage) => !asideStages(contract).has(stage)));
    for (const one of main) expect(one.y).toBe(main.find(({ band }) => band === one.band)!.y);
  });

  test('is read without scrolling sideways on a screen of 1280', () => expect(width * 0.82).toBeLessThanOrEqual(1140));

  test('no word runs out of its box, and none on an arrow over a box', () => {
    for (const { lines } of nodes) for (const line of lines) expect(line.length * 13 + 14).toBeLessThanOrEqual(NODE.width);
    for (const { label } of edges) {
      if (!label) continue;
      const words = { x: label.x, y: label.y - 12, width: (label.text.length + 1) * 12 };
      for (const { x, y } of nodes)
        expect(words.x < x + NODE.width && x < words.x + words.width && words.y < y + NODE.height && y < label.y).toBe(false);
    }
  });
});

describe('the map of probation', () => {
  const contract = catalogue.probation!;
  const { nodes } = layoutOf(contract, '办结');
  const at = (id: string) => nodes.find((node) => node.id === id)!;

  test('draws the failing branch below, after the decision that opens it', () => {
    expect([...asideStages(contract)].sort()).toEqual(['certificate', 'service', 'union']);
    expect(at('union').y).toBeGreaterThan(at('committee').y);
    expect(at('union').x).toBeGreaterThan(at('committee').x);
    expect(at('service').x).toBeGreaterThan(at('union').x);
  });

  test('breaks a long title in two and keeps each word of it', () => {
    expect(at('certificate').lines).toHaveLength(2);
    expect(at('certificate').lines.join('')).toBe(contract.stages.certificate!.title);
  });

  test('carries a return over the main line, from the later stage to the earlier', () => {
    const { path, label } = arcOf(at('street'), at('community'));
    expect(path.startsWith(`M${at('street').x + NODE.width / 2 - 10} ${TOP}`)).toBe(true);
    expect(path.endsWith(`V${TOP}`)).toBe(true);
    expect(label.y).toBeLessThan(TOP);
    expect(label.x).toBeGreaterThan(at('community').x);
    expect(label.x).toBeLessThan(at('street').x + NODE.width);
  });
});

const none = { at: null, tentative: false, state: 'none' as const, workingDaysLeft: null };
const round = (no: number, status: Round['status'], openedAt: string, closedAt: string | null = null, due: Round['due'] = none): Round => ({
  round: no,
  status,
  openedAt,
  closedAt,
  verdict: null,
  who: null,
  due,
});
const returned = (at: string, stage: string, accepted = true) => ({
  at,
  who: '甲',
  posts: '',
  actingFor: null,
  verb: 'task.return',
  title: '退回',
  stage,
  round: 1,
  words: null,
  accepted,
  refusal: null,
  changes: [],
  tone: 'returned' as const,
});

describe('where a case stands', () => {
  const stages = [
    { stage: 'summary', title: '本人总结', rounds: [round(1, 'closed', '2026-11-06T01:00:00Z', '2026-11-09T12:14:00Z')] },
    {
      stage: 'community',
      title: '社区意见',
      rounds: [
        round(1, 'superseded', '2026-11-09T12:15:00Z', '2026-11-18T03:20:00Z'),
        round(2, 'closed', '2026-11-18T03:20:02Z', '2026-11-20T16:30:00Z'),
      ],
    },
    {
      stage: 'street',
      title: '街道考核',
      rounds: [
        round(1, 'superseded', '2026-11-16T01:30:00Z', '2026-11-18T03:20:00Z'),
        round(2, 'open', '2026-11-20T16:30:02Z', null, { ...none, at: '2026-11-26T09:30:00Z', state: 'open' }),
      ],
    },
  ];

  test('follows each stage’s last round; days are Shanghai’s', () => {
    const positions = positionsOf(['summary', 'community', 'street', 'committee'], { stages, status: 'running' });
    expect(positions.get('summary')).toMatchObject({ state: 'done', round: 1, on: '2026-11-09' });
    expect(positions.get('community')).toMatchObject({ state: 'done', round: 2, on: '2026-11-21' });
    expect(positions.get('street')).toMatchObject({ state: 'now', round: 2, on: '2026-11-26' });
    expect(positions.get('committee')).toMatchObject({ state: 'ahead', round: 0, on: null });
  });

  test('a stage sent back and not yet entered again lies ahead, not behind', () => {
    const gone = [{ ...stages[1]!, rounds: stages[1]!.rounds.slice(0, 1) }];
    expect(positionsOf(['community'], { stages: gone, status: 'running' }).get('community')?.state).toBe('ahead');
  });

  test('what an ended case never came through is skipped', () => {
    expect(positionsOf(['union'], { stages: [], status: 'ended' }).get('union')?.state).toBe('skipped');
  });

  test('the return arc leads from who sent it back to the first stage opened again', () => {
    expect(lastReturn({ stages, timeline: [returned('2026-11-18T03:20:00Z', 'street')] })).toEqual({
      from: 'street',
      to: 'community',
      on: '2026-11-18',
    });
  });

  test('a refused return draws nothing, nor does one not yet followed', () => {
    expect(lastReturn({ stages, timeline: [returned('2026-11-18T03:20:00Z', 'street', false)] })).toBeNull();
    expect(lastReturn({ stages, timeline: [returned('2026-11-24T03:20:00Z', 'street')] })).toBeNull();
  });
});
