import type { ProcessContract } from '../../../../../../libs/domain/contract.ts';
import { serverNow } from '../../../shared/time/clock.ts';
import { momentText, pastText } from '../../../shared/time/due.ts';
import { text } from '../../../shared/text/zh-CN.ts';
import { verdictLabel } from '../../../shared/cases/cases.ts';
import { asideStages } from './layout.ts';
import css from './map.module.css';
import type { Round, StagePosition } from './position.ts';

const words = text.oneCase;

/** The process map as a numbered list. */
export function MapText({ contract, positions }: { contract: ProcessContract; positions: ReadonlyMap<string, StagePosition> }) {
  const aside = asideStages(contract);
  return (
    <ol className={css.list}>
      {contract.order.map((stage) => {
        const position = positions.get(stage);
        const when = contract.map.find(({ to, when: condition }) => to === stage && condition)?.when;
        return (
          <li key={stage} aria-current={position?.state === 'now' ? 'step' : undefined}>
            {words.stepLine(contract.stages[stage]?.title ?? stage, words.state[position?.state ?? 'ahead'])}
            {aside.has(stage) && when && words.branchLine(when)}
            {position && position.rounds.length > 0 && (
              <ul>
                {position.rounds.map((round) => (
                  <li key={round.round}>{roundLine(contract.name, stage, round, position.rounds.length > 1)}</li>
                ))}
              </ul>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function roundLine(process: string, stage: string, one: Round, several: boolean): string {
  const { round, who, verdict, closedAt, openedAt, status, due } = one;
  const now = serverNow();
  const ending = status === 'open' ? (due.at ? words.dueBy(momentText(new Date(due.at), now)) : '') : pastText(closedAt ?? openedAt, now);
  return [several && words.roundShort(round), who, verdictLabel(process, stage, verdict), ending].filter(Boolean).join(text.common.dot);
}
