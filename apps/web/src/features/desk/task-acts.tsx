import { InboxOutlined, RollbackOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../../shared/api/hooks.ts';
import { sentenceOf } from '../../shared/api/problem.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Kbd } from '../../shared/ui/small.tsx';
import type { Answering } from './answering.ts';
import { HandOnActs } from './hand-on-acts.tsx';
import { ownWord, settle } from '../../shared/cases/cases.ts';
import { ReturnDialog } from './return-dialog.tsx';

const words = text.desk;

interface Props {
  answering: Answering;
  /** After the answer another task follows at once. */
  toNext: boolean;
  onDone: () => void;
  /** Buttons of the page around it. */
  children?: ReactNode;
}

const submitLabel = (chosen: string | null, toNext: boolean) => {
  if (chosen) return toNext ? words.submitVerdictNext(chosen) : words.submitVerdict(chosen);
  return toNext ? words.submitNext : words.submit;
};

/** The acts on a task that this reader may do now, each by its verb; what they may not is listed elsewhere with the reason. */
export function TaskActs({ answering, toNext, onDone, children }: Props) {
  const { task, busy, mayAnswer } = answering;
  const { message } = App.useApp();
  const [returning, setReturning] = useState(false);
  const may = (verb: string) => task.status === 'open' && task.actions.some((action) => action.verb === verb && action.allowed);
  const failed = (error: Error) => void message.error(sentenceOf(error));
  const claim = useAct(routes.claim, async (reply, client) => {
    message.success(words.claimed);
    await settle(client, reply);
  });
  const release = useAct(routes.release, async (reply, client) => {
    message.success(words.released);
    await settle(client, reply);
  });
  const mayReturn = may('return') && task.returnTargets.length > 0;
  useKeys(
    { a: answering.agree, 'ctrl+enter': answering.submit, ...(mayReturn && { r: () => setReturning(true) }) },
    mayAnswer && !returning,
  );
  const params = { id: task.id };
  return (
    <>
      {mayAnswer && (
        <Button id={`${answering.prefix}-submit`} type="primary" onClick={answering.submit} loading={busy}>
          {submitLabel(answering.chosen, toNext)}
        </Button>
      )}
      {mayReturn && (
        <Button icon={<RollbackOutlined aria-hidden />} onClick={() => setReturning(true)}>
          {ownWord(task.process, task.stage) === 'confirm' ? words.disagree.act : words.returnTo} <Kbd>r</Kbd>
        </Button>
      )}
      {may('claim') && (
        <Button onClick={() => claim.mutate({ params }, { onError: failed })} loading={claim.isPending}>
          {words.claim}
        </Button>
      )}
      {may('release') && (
        <Button
          icon={<InboxOutlined aria-hidden />}
          onClick={() => release.mutate({ params }, { onError: failed })}
          loading={release.isPending}
        >
          {words.release}
        </Button>
      )}
      <HandOnActs task={task} onDone={onDone} />
      {children}
      {returning && <ReturnDialog task={task} onClose={() => setReturning(false)} onDone={onDone} />}
    </>
  );
}
