import { UploadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useRef } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { AttachmentList } from './attachment-list.tsx';
import type { CaseView } from '../../shared/cases/cases.ts';

const words = text.oneCase;
const ACCEPTED = '.pdf,.doc,.docx,.xls,.xlsx,.jpg,.jpeg,.png';

/** 附件, with their download, and the way to add one while the case is open. */
export function FilesCard({ one }: { one: CaseView }) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const attach = useAct(routes.attach, () => client.invalidateQueries({ queryKey: [routes.case.id] }));
  const send = (file: File | undefined) => {
    if (!file) return;
    attach.mutate(
      { params: { id: one.id }, file },
      { onSuccess: () => void message.success(words.uploaded(file.name)), onError: (error) => void message.error(sentenceOf(error)) },
    );
    if (input.current) input.current.value = '';
  };
  return (
    <Card
      title={words.attachments(one.attachments.length)}
      extra={
        one.status === 'running' && (
          <>
            <input
              ref={input}
              type="file"
              hidden
              accept={ACCEPTED}
              aria-label={words.uploadLabel}
              onChange={({ target }) => send(target.files?.[0])}
            />
            <Button
              className="no-print"
              size="small"
              icon={<UploadOutlined aria-hidden />}
              loading={attach.isPending}
              onClick={() => input.current?.click()}
            >
              {words.upload}
            </Button>
          </>
        )
      }
    >
      {one.attachments.length > 0 ? <AttachmentList caseId={one.id} files={one.attachments} /> : <Muted small>{words.uploadHelp}</Muted>}
    </Card>
  );
}
