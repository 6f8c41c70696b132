import { useState } from 'react';
import { formatDate } from '../../../../../../libs/domain/dates.ts';
import type { ProcessContract } from '../../../../../../libs/domain/contract.ts';
import { text } from '../../../shared/text/zh-CN.ts';
import { Card } from '../../../shared/ui/card.tsx';
import type { CaseView } from '../../../shared/cases/cases.ts';
import { arcOf, END, layoutOf, NODE, type MapEdge, type MapLayout, type MapNode } from './layout.ts';
import css from './map.module.css';
import { MapText } from './map-text.tsx';
import { lastReturn, positionsOf, type StagePosition } from './position.ts';

const words = text.oneCase;
const MARKS = { done: '✓ ', now: '▸ ', ahead: '', skipped: '', expired: '! ' };

/** 11月9日, without the year: the box is narrow. */
const shortDay = (on: string) => formatDate(on).replace(/^\d+\D/, '');

/** Where the case stands on its process map; the same in words for whoever reads or hears it so. */
export function ProcessMap({ one, contract }: { one: CaseView; contract: ProcessContract }) {
  const [asText, setAsText] = useState(false);
  const positions = positionsOf(contract.order, one);
  const layout = layoutOf(contract, one.outcomeTitle ?? words.endNode);
  const now = [...positions.values()].filter(({ state }) => state === 'now').map(({ stage }) => contract.stages[stage]?.title ?? stage);
  const where =
    one.status === 'ended'
      ? words.ended(one.outcomeTitle ?? '')
      : now.length > 0
        ? words.nowAt(now.join(text.common.listMark))
        : words.nowhere;
  return (
    <Card
      title={words.mapTitle}
      note={one.at ?? where}
      extra={
        <button type="button" className={`${css.toggle} no-print`} onClick={() => setAsText(!asText)} aria-pressed={asText}>
          {asText ? words.asMap : words.asText}
        </button>
      }
    >
      <div className={asText ? css.hidden : css.drawing}>
        <svg
          viewBox={`-4 0 ${layout.width + 8} ${layout.height}`}
          role="img"
          aria-label={words.mapAlt(contract.title, where)}
          style={{ maxWidth: layout.width * 1.05, minWidth: layout.width * 0.82 }}
        >
          <Arrowheads />
          {layout.edges.map((edge) => (
            <Edge key={`${edge.from}-${edge.to}`} edge={edge} positions={positions} />
          ))}
          {layout.nodes.map((node) => (
            <Node key={node.id} node={node} position={positions.get(node.id)} one={one} />
          ))}
          <ReturnArc one={one} layout={layout} />
        </svg>
        <p className={css.legend}>{words.legend}</p>
      </div>
      <div className={asText ? css.text : `${css.text} ${css.textForReaders}`}>
        <MapText contract={contract} positions={positions} />
      </div>
    </Card>
  );
}

function Arrowheads() {
  return (
    <defs>
      {(['grey', 'green', 'gold'] as const).map((tone) => (
        <marker key={tone} id={`arrow-${tone}`} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0L8 4L0 8z" className={css[`head-${tone}`]} />
        </marker>
      ))}
    </defs>
  );
}

function Edge({ edge, positions }: { edge: MapEdge; positions: ReadonlyMap<string, StagePosition> }) {
  const from = positions.get(edge.from)?.state;
  const to = positions.get(edge.to)?.state;
  const walked = from === 'done' && (to === 'done' || to === 'now' || edge.to === END);
  return (
    <>
      <path
        d={edge.path}
        className={`${css.edge} ${walked ? css.walked : css.unwalked}`}
        markerEnd={`url(#arrow-${walked ? 'green' : 'grey'})`}
      />
      {edge.label && (
        <text x={edge.label.x} y={edge.label.y} className={css.edgeLabel}>
          {words.branch(edge.label.text)}
        </text>
      )}
    </>
  );
}

function Node({ node, position, one }: { node: MapNode; position: StagePosition | undefined; one: CaseView }) {
  const state = node.id === END ? (one.status === 'ended' ? 'done' : 'ahead') : (position?.state ?? 'ahead');
  const on = node.id === END ? null : position?.on;
  const below = on ? (state === 'now' ? words.dueBy(shortDay(on)) : shortDay(on)) : null;
  const lines = below ? [...node.lines, below] : node.lines;
  const first = NODE.height / 2 + 5 - (lines.length - 1) * 8;
  return (
    <g transform={`translate(${node.x} ${node.y})`} className={css[state]}>
      <rect width={NODE.width} height={NODE.height} rx={5} className={css.box} />
      {lines.map((line, index) => (
        <text
          key={line}
          x={NODE.width / 2}
          y={first + index * 16}
          textAnchor="middle"
          className={below && index === lines.length - 1 ? css.day : css.title}
        >
          {index === 0 ? MARKS[state] : ''}
          {line}
        </text>
      ))}
      {position && position.round > 1 && (
        <g transform={`translate(${NODE.width - 44} ${NODE.height - 6})`}>
          <rect width={42} height={16} rx={3} className={css.badge} />
          <text x={21} y={12} textAnchor="middle" className={css.badgeText}>
            {words.roundShort(position.round)}
          </text>
        </g>
      )}
    </g>
  );
}

function ReturnArc({ one, layout }: { one: CaseView; layout: MapLayout }) {
  const route = lastReturn(one);
  const from = layout.nodes.find(({ id }) => id === route?.from);
  const to = layout.nodes.find(({ id }) => id === route?.to);
  if (!route || !from || !to) return null;
  const arc = arcOf(from, to);
  const label = words.returnedArc(shortDay(route.on));
  return (
    <g>
      <path d={arc.path} className={css.arc} markerEnd="url(#arrow-gold)" />
      <rect x={arc.label.x - label.length * 6} y={arc.label.y - 13} width={label.length * 12} height={18} fill="#fff" />
      <text x={arc.label.x} y={arc.label.y} textAnchor="middle" className={css.arcLabel}>
        {label}
      </text>
    </g>
  );
}
