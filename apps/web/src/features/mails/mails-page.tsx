import { Segmented } from 'antd';
import { useSearchParams } from 'react-router';
import { isWorkerOnly, useMe } from '../../shared/session/me.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { DemoInbox } from './demo-inbox.tsx';
import { MailList } from './mail-list.tsx';

const words = text.mails.tabs;

/** 提醒: what was sent to whom, why, when, and whether it arrived. */
export default function MailsPage() {
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const tabs = (['mine', 'units', 'inbox'] as const).filter((tab) =>
    tab === 'units' ? !isWorkerOnly(me) : tab === 'inbox' ? me.demo : true,
  );
  const tab = tabs.find((one) => one === search.get('tab')) ?? 'mine';
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      <div>
        <Segmented
          value={tab}
          onChange={(value) => setSearch({ tab: value }, { replace: true })}
          options={tabs.map((value) => ({ value, label: words[value] }))}
        />
      </div>
      {tab === 'inbox' ? <DemoInbox /> : <MailList scope={tab} />}
    </div>
  );
}
