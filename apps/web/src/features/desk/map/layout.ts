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

export const NODE = { width: 98, height: 50 };
const GAP = 18;
const PITCH = NODE.width + GAP;
/** Room above the main line for the routes of returns. */
export const TOP = 34;
const ASIDE_TOP = TOP + NODE.height + 34;
const LONGEST_LINE = 7;

/**
 * A main line from left to right with branches below it, each branch beginning one column after the stage that it leaves.
 * Drawn by hand: a graph library and its layout engine weigh more than the rest of the page for a line and a branch.
 */
export function layoutOf(shape: MapShape, endTitle: string): MapLayout {
  const aside = asideStages(shape);
  const main = shape.order.filter((stage) => !aside.has(stage));
  const columns = new Map(main.map((stage, column) => [stage, column]));
  columns.set(END, main.length);
  for (const stage of shape.order.filter((one) => aside.has(one))) columns.set(stage, columnOf(shape, stage, columns));
  const nodes = [...columns].map(([id, column]) => ({
    id,
    lines: linesOf(id === END ? endTitle : (shape.stages[id]?.title ?? id)),
    x: column * PITCH,
    y: aside.has(id) ? ASIDE_TOP : TOP,
    aside: aside.has(id),
  }));
  const at = new Map(nodes.map((node) => [node.id, node]));
  const last = main.at(-1);
  const arrows = last ? [...shape.map, { from: last, to: END }] : shape.map;
  const edges = arrows.flatMap((arrow) => {
    const [from, to] = [at.get(arrow.from), at.get(arrow.to)];
    return from && to ? [edgeOf(arrow, from, to)] : [];
  });
  const width = Math.max(...nodes.map(({ x }) => x)) + NODE.width;
  return { nodes, edges, width, height: (aside.size > 0 ? ASIDE_TOP : TOP) + NODE.height + 12 };
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

function columnOf({ map }: MapShape, stage: string, columns: ReadonlyMap<string, number>): number {
  const before = map.filter(({ to }) => to === stage).flatMap(({ from }) => columns.get(from) ?? []);
  return Math.max(0, ...before) + 1;
}

function linesOf(title: string): string[] {
  if (title.length <= LONGEST_LINE) return [title];
  const half = Math.ceil(title.length / 2);
  return [title.slice(0, half), title.slice(half)];
}

function edgeOf(arrow: MapArrow, from: MapNode, to: MapNode): MapEdge {
  const ends = { from: from.id, to: to.id, aside: arrow.lane === 'aside' };
  const middle = NODE.height / 2;
  if (from.y === to.y) return { ...ends, path: `M${from.x + NODE.width} ${from.y + middle}H${to.x}` };
  if (to.y > from.y) {
    // down from under the stage, then into the branch
    const x = from.x + NODE.width / 2;
    const y = to.y + middle;
    return {
      ...ends,
      path: `M${x} ${from.y + NODE.height}V${y}H${to.x}`,
      ...(arrow.when && { label: { text: arrow.when, x: x - 6, y: y - 6 } }),
    };
  }
  // back up between the two rows
  const x = from.x + NODE.width / 2;
  const y = to.y + NODE.height + 16;
  return { ...ends, path: `M${x} ${from.y}V${y}H${to.x + NODE.width / 2 + 14}V${to.y + NODE.height}` };
}

/** The route of a return: over the main line from the later stage to the earlier. */
export function arcOf(from: MapNode, to: MapNode): { path: string; label: { x: number; y: number } } {
  const [x1, x2] = [from.x + NODE.width / 2 - 10, to.x + NODE.width / 2 + (from.id === to.id ? -24 : 0)];
  const y = TOP - 22;
  return { path: `M${x1} ${from.y}V${y}H${x2}V${to.y}`, label: { x: (x1 + x2) / 2, y: y + 4 } };
}
