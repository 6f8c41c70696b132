import { DownOutlined, RollbackOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import type { TaskView } from '../../shared/cases/cases.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { HandOnDialog, type HandOnVerb } from './hand-on-dialog.tsx';
import { TakeBackDialog } from './take-back-dialog.tsx';

const words = text.desk;
const verbs = ['transfer', 'delegate', 'addSigner'] as const;

/** Handing a task on, asking somebody beside its owner, and taking one's own answer back. */
export function HandOnActs({ task, onDone }: { task: TaskView; onDone: () => void }) {
  const [open, setOpen] = useState<HandOnVerb | 'takeBack' | null>(null);
  const may = (verb: string) => task.actions.some((action) => action.verb === verb && action.allowed);
  const offered = verbs.filter(may);
  const close = () => setOpen(null);
  return (
    <>
      {offered.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: offered.map((verb) => ({ key: verb, label: words.handOn[verb].item })),
            onClick: ({ key }) => setOpen(key as HandOnVerb),
          }}
        >
          <Button>
            {words.handOn.more} <DownOutlined aria-hidden />
          </Button>
        </Dropdown>
      )}
      {may('takeBack') && (
        <Button icon={<RollbackOutlined aria-hidden />} onClick={() => setOpen('takeBack')}>
          {words.takeBack.open}
        </Button>
      )}
      {open === 'takeBack' && <TakeBackDialog task={task} onClose={close} onDone={onDone} />}
      {open !== null && open !== 'takeBack' && <HandOnDialog task={task} verb={open} onClose={close} onDone={onDone} />}
    </>
  );
}
