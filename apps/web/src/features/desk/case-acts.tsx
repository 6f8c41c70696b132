import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { text } from '../../shared/text/zh-CN.ts';
import { contractOf, type CaseView } from '../../shared/cases/cases.ts';
import { CopyDialog } from './copy-dialog.tsx';
import { DeclareDialog } from './declare-dialog.tsx';
import { HoldDialog } from './hold-dialog.tsx';
import { WholeCaseDialog } from './whole-case-dialog.tsx';

const words = text.caseActs;
const verbs = ['copy', 'hold', 'resume', 'recuse', 'withdraw', 'cancel'] as const;
type Verb = (typeof verbs)[number];

/** What this reader may do with the case itself: declare what happened in it, give it to read, hold it, step aside, take it back or cancel it. */
export function CaseActs({ one }: { one: CaseView }) {
  const [open, setOpen] = useState<Verb | null>(null);
  const [declaring, setDeclaring] = useState<string | null>(null);
  const offered = verbs.filter((verb) => one.actions.some((action) => action.verb === verb && action.allowed));
  const event = declaring === null ? undefined : contractOf(one.process)?.events[declaring];
  const close = () => setOpen(null);
  return (
    <>
      {one.events
        .filter(({ allowed }) => allowed)
        .map(({ event: name, title }) => (
          <Button key={name} onClick={() => setDeclaring(name)}>
            {`${title}…`}
          </Button>
        ))}
      {offered.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: offered.map((verb) => ({ key: verb, label: words[verb].item, danger: verb === 'withdraw' || verb === 'cancel' })),
            onClick: ({ key }) => setOpen(key as Verb),
          }}
        >
          <Button>
            {words.more} <DownOutlined aria-hidden />
          </Button>
        </Dropdown>
      )}
      {open === 'copy' && <CopyDialog one={one} onClose={close} />}
      {(open === 'hold' || open === 'resume') && <HoldDialog one={one} verb={open} onClose={close} />}
      {(open === 'withdraw' || open === 'cancel' || open === 'recuse') && <WholeCaseDialog one={one} verb={open} onClose={close} />}
      {declaring !== null && event && (
        <DeclareDialog key={declaring} one={one} name={declaring} event={event} onClose={() => setDeclaring(null)} />
      )}
    </>
  );
}
