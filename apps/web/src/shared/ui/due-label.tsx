import { ExclamationCircleFilled, FieldTimeOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import { serverNow } from '../time/clock.ts';
import { dueText, type Due } from '../time/due.ts';
import { text } from '../text/zh-CN.ts';
import css from './ui.module.css';

const icons = { late: ExclamationCircleFilled, soon: FieldTimeOutlined, unknown: QuestionCircleOutlined, plain: null };

/** 还剩 2 个工作日 · 11月26日(周四) 17:30 */
export function DueLabel({ due, short = false }: { due: Due; short?: boolean }) {
  const { left, when, tone } = dueText(due, serverNow());
  const Icon = icons[tone];
  return (
    <span className={css.due}>
      <span className={tone === 'plain' ? undefined : css[tone]}>
        {Icon && <Icon aria-hidden />}
        {left}
      </span>
      {when && !short && (
        <span className={css.when}>
          {text.common.dot}
          {when}
        </span>
      )}
    </span>
  );
}
