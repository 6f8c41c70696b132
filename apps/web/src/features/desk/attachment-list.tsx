import { PaperClipOutlined } from '@ant-design/icons';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { addressOf } from '../../shared/api/client.ts';
import css from './desk.module.css';
import type { CaseView } from '../../shared/cases/cases.ts';

const sizeText = (bytes: number) =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

export function AttachmentList({ caseId, files }: { caseId: string; files: CaseView['attachments'] }) {
  return (
    <ul className={css.files}>
      {files.map(({ id, name, size, who, stageTitle }) => (
        <li key={id}>
          <a href={addressOf(routes.attachment, { params: { id: caseId, file: id } })} download={name}>
            <PaperClipOutlined aria-hidden /> {name}
          </a>
          <span className={css.size}>{[stageTitle ?? who, sizeText(size)].join(' ')}</span>
        </li>
      ))}
    </ul>
  );
}
