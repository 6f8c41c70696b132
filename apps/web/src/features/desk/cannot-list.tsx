import { StopOutlined } from '@ant-design/icons';
import type { z } from 'zod';
import type { action } from '../../../../../libs/domain/api/case-views.ts';
import { text } from '../../shared/text/zh-CN.ts';
import css from './desk.module.css';

type Action = z.infer<typeof action>;
// Nobody looks for the way back from what was never taken, nor for what belongs to others by its nature.
const trivial = ['NotClaimed', 'NotAsked', 'MayNotCopy', 'MayNotUrge'];

/** What cannot be done now, and why: no dead buttons. */
export function CannotList({
  actions,
  title = false,
}: {
  actions: readonly (Pick<Action, 'title' | 'allowed' | 'why'> & { code?: string | null })[];
  title?: boolean;
}) {
  const barred = actions.filter(({ allowed, why, code }) => !allowed && why && !trivial.includes(code ?? ''));
  // one reason is said once, for all that it holds for
  const reasons = [...new Set(barred.map(({ why }) => why))];
  if (reasons.length === 0) return null;
  return (
    <div>
      {title && <h3>{text.oneCase.cannot}</h3>}
      <ul className={css.cannot}>
        {reasons.map((reason) => (
          <li key={reason}>
            <b>
              <StopOutlined aria-hidden />
              {barred
                .filter(({ why }) => why === reason)
                .map(({ title: verb }) => verb)
                .join(text.common.listMark)}
            </b>
            <span>{reason}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
