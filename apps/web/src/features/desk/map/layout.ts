import type { MapArrow } from '../../../../../../libs/domain/contract.ts';

/** What the layout needs of a contract. */
export interface MapShape {
  order: readonly string[];
  map: readonly MapArrow[];
  stages: Record<string, { title: string }>;
}

export interface MapNode {
  id: string;
  /** The title in one line or two. */
  lines: string[];
  x: number;
  y: number;
  aside: boolean;
  /** Which line of a long process, from 0. */
  band: number;
  /** 0 on the main line, from 1 in the rows of branches below it. */
  lane: number;
}
export interface MapEdge {
  from: string;
  to: string;
  aside: boolean;
  path: string;
  label?: { text: string; x: number; y: number };
}
export interface MapLayout {
  nodes: MapNode[];
  edges: MapEdge[];
  width: number;
  height: number;
}

/** The last box of the main line, which is no stage. */
export const END = 'end';

export const NODE = { width: 98, height: 58 };
const GAP = 18;
const PITCH = NODE.width + GAP;
/** Room above the main line for the routes of returns. */
export const TOP = 34;
/** Between a main line and its branches, with the words on the arrows. */
const LANE = 38;
const ROW = NODE.height + LANE;
const LONGEST_LINE = 6;
/** What one line holds at most; a longer process goes on below, in lines of about the same length. */
const MOST_IN_LINE = 12;
const BEST_IN_LINE = 8;

/**
 * A main line from left to right with branches below it, each branch beginning one column after the stage that it leaves; a long process in several
 * such bands. Drawn by hand: a graph library and its layout engine weigh more than the rest of the page for a line and a branch.
 */
export function layoutOf(shape: MapShape, endTitle: string): MapLayout {
  const aside = asideStages(shape);
  const main = [...shape.order.filter((stage) => !aside.has(stage)), END];
  const bands = main.length > MOST_IN_LINE ? Math.ceil(main.length / BEST_IN_LINE) : 1;
  const inLine = Math.ceil(main.length / bands);
  const cells = new Map<string, Cell>(
    main.map((stage, place) => [stage, { band: Math.floor(place / inLine), column: place % inLine, lane: 0 }]),
  );
  for (const stage of shape.order.filter((one) => aside.has(one)))
    cells.set(stage, cellOf(shape, stage, cells, bands === 1 ? Infinity : inLine));
  const tops: number[] = [];
  let height = 0;
  for (let band = 0; band < bands; band += 1) {
    tops.push(height + TOP);
    const lanes = Math.max(...[...cells.values()].map((cell) => (cell.band === band ? cell.lane : 0)));
    height += TOP + NODE.height + lanes * ROW;
  }
  const nodes = [...cells].map(([id, { band, column, lane }]) => ({
    id,
    lines: linesOf(id === END ? endTitle : (shape.stages[id]?.title ?? id)),
    x: column * PITCH,
    y: tops[band]! + lane * ROW,
    aside: aside.has(id),
    band,
    lane,
  }));
  const at = new Map(nodes.map((node) => [node.id, node]));
  const last = main.at(-2);
  const arrows = last ? [...shape.map, { from: last, to: END }] : shape.map;
  const edges = arrows.flatMap((arrow) => {
    const [from, to] = [at.get(arrow.from), at.get(arrow.to)];
    return from && to ? [edgeOf(arrow, from, to, tops)] : [];
  });
  const width = Math.max(...nodes.map(({ x }) => x)) + NODE.width + (bands > 1 ? GAP : 0);
  return { nodes, edges, width, height: height + 12 };
}

/** A stage lies aside when every arrow to it does. */
export function asideStages({ order, map }: MapShape): Set<string> {
  return new Set(
    order.filter((stage) => {
      const arrows = map.filter(({ to }) => to === stage);
      return arrows.length > 0 && arrows.every(({ lane }) => lane === 'aside');
    }),
  );
}

interface Cell {
  band: number;
  column: number;
  lane: number;
}

/** One column after the last of those that lead to it, in their band; where the row ends or the place is taken, on in the next row. */
function cellOf({ map }: MapShape, stage: string, cells: ReadonlyMap<string, Cell>, inLine: number): Cell {
  const before = map.filter(({ to }) => to === stage).flatMap(({ from }) => cells.get(from) ?? []);
  const last = before.reduce((a, b) => (b.band > a.band || (b.band === a.band && b.column > a.column) ? b : a), {
    band: 0,
    column: -1,
    lane: 0,
  });
  const taken = (at: Cell) =>
    [...cells.values()].some((cell) => cell.band === at.band && cell.lane === at.lane && cell.column === at.column);
  const from = last.lane === 0 ? Math.min(last.column + 1, inLine - 1) : last.column + 1;
  let at: Cell = { band: last.band, column: from, lane: Math.max(1, last.lane) };
  while (at.column >= inLine || taken(at))
    at = at.column + 1 < inLine ? { ...at, column: at.column + 1 } : { ...at, column: last.lane === 0 ? from : 0, lane: at.lane + 1 };
  return at;
}

function linesOf(title: string): string[] {
  if (title.length <= LONGEST_LINE) return [title];
  const half = Math.ceil(title.length / 2);
  return [title.slice(0, half), title.slice(half)];
}

function edgeOf(arrow: MapArrow, from: MapNode, to: MapNode, tops: readonly number[]): MapEdge {
  const ends = { from: from.id, to: to.id, aside: arrow.lane === 'aside' };
  const middle = NODE.height / 2;
  const fork = from.x + NODE.width + GAP / 2;
  if (from.band !== to.band) {
    // on in the next band: round the end of the line, through the room above the next one
    const above = tops[to.band]! - GAP;
    const out = from.aside ? `M${from.x + middle} ${from.y + NODE.height}` : `M${from.x + NODE.width} ${from.y + middle}H${fork}`;
    return { ...ends, path: `${out}V${above}H${to.x + NODE.width / 2}V${to.y}` };
  }
  if (from.y === to.y) return { ...ends, path: `M${from.x + NODE.width} ${from.y + middle}H${to.x}` };
  if (to.y > from.y) {
    const label = (x: number) => arrow.when && { label: { text: arrow.when, x: x + 5, y: from.y + NODE.height + 30 } };
    const under = from.x + NODE.width / 2;
    // a row of branches that goes on in the next one
    if (to.x < from.x)
      return { ...ends, path: `M${from.x + NODE.width} ${from.y + middle}H${fork}V${to.y - GAP}H${to.x + NODE.width / 2}V${to.y}` };
    // straight down where the branch begins below its stage, else forking off the main line
    if (to.x === from.x) return { ...ends, path: `M${under} ${from.y + NODE.height}V${to.y}`, ...label(under) };
    return { ...ends, path: `M${from.x + NODE.width} ${from.y + middle}H${fork}V${to.y + middle}H${to.x}`, ...label(fork) };
  }
  // back up between the two rows, out of the way of the words
  const x = from.x + NODE.width - 12;
  const landing = to.x === from.x ? x : to.x + 12;
  return { ...ends, path: `M${x} ${from.y}V${to.y + NODE.height + 12}H${landing}V${to.y + NODE.height}` };
}

/** The route of a return: over the main line from the later stage to the earlier; into an earlier band through the gap before the stage. */
export function arcOf(from: MapNode, to: MapNode): { path: string; label: { x: number; y: number } } {
  const [x1, x2] = [from.x + NODE.width / 2 - 10, to.x + NODE.width / 2 + (from.id === to.id ? -24 : 0)];
  const above = ({ y, lane }: MapNode) => y - lane * ROW - 22;
  const [y, last] = [above(from), above(to)];
  const way = y === last ? '' : `H${to.x - GAP / 2}V${last}`;
  return { path: `M${x1} ${from.y}V${y}${way}H${x2}V${to.y}`, label: { x: (x1 + x2) / 2, y: y + 4 } };
}
