import { FileTextOutlined } from '@ant-design/icons';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { addressOf } from '../../shared/api/client.ts';
import type { CaseView } from '../../shared/cases/cases.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import css from './desk.module.css';

const words = text.oneCase.forms;
const formats = [
  { route: routes.formPdf, title: 'PDF', ending: 'pdf' },
  { route: routes.formWord, title: 'Word', ending: 'docx' },
] as const;

/** 文书: the official forms that there is something to print on, as PDF and as Word. */
export function FormsCard({ one }: { one: CaseView }) {
  if (one.forms.length === 0) return null;
  return (
    <Card title={words.title(one.forms.length)} className="no-print">
      <ul className={css.files}>
        {one.forms.map(({ form, title }) => (
          <li key={form}>
            <span>
              <FileTextOutlined aria-hidden /> {title}
            </span>
            <span className={css.formats}>
              {formats.map(({ route, title: format, ending }) => (
                <a
                  key={format}
                  href={addressOf(route, { params: { id: one.id, form } })}
                  download={`${one.caseNo}-${title}.${ending}`}
                  aria-label={words.download(title, format)}
                >
                  {format}
                </a>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
