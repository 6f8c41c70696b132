import { App, Button, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { LOOK_AGAIN_MS, useAct, useList, useRoute } from '../../shared/api/hooks.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { ReasonDialog } from '../../shared/ui/reason-dialog.tsx';
import { ListState, MoreRow } from '../../shared/ui/states.tsx';
import { StatusTag } from '../../shared/ui/status-tag.tsx';

const words = text.incidents;
type Incident = Reply<typeof routes.incidents>['items'][number];

/** 事件: what happened in plain words, and what can safely be done. */
export default function IncidentsPage() {
  const [open, setOpen] = useState<'true' | 'false'>('true');
  const [resolving, setResolving] = useState<Incident | null>(null);
  const list = useList(routes.incidents, { query: { open, limit: 50 } }, { every: LOOK_AGAIN_MS });
  const tabs = [
    { value: 'true' as const, label: words.openTab },
    { value: 'false' as const, label: words.allTab },
  ];
  return (
    <Card title={text.shell.nav.incidents} note={<LastCheck />} extra={<Segmented value={open} onChange={setOpen} options={tabs} />} flush>
      <ListState query={list} empty={list.items.length === 0} emptyText={words.empty}>
        <IncidentTable incidents={list.items} onResolve={setResolving} />
        <MoreRow list={list} count={list.items.length} />
      </ListState>
      {resolving && <ResolveDialog incident={resolving} onClose={() => setResolving(null)} />}
    </Card>
  );
}

/** 夜间对账: when stories, ledger and mails were last compared with the cases, and what came of it. */
function LastCheck() {
  const [last] = useRoute(routes.caseChecks, {}, { every: 10 * LOOK_AGAIN_MS }).data?.items ?? [];
  return last ? words.check(pastText(last.at, serverNow()), last.cases, last.faults) : words.noCheck;
}

function IncidentTable({ incidents, onResolve }: { incidents: readonly Incident[]; onResolve: (incident: Incident) => void }) {
  const now = serverNow();
  const { columns } = words;
  return (
    <DataTable
      label={words.label}
      rows={incidents}
      rowKey={({ id }) => id}
      columns={[
        { key: 'opened', title: columns.opened, cell: ({ openedAt }) => pastText(openedAt, now), tight: true },
        { key: 'what', title: columns.what, cell: ({ title }) => title },
        { key: 'safe', title: columns.safe, cell: ({ safe }) => safe },
        {
          key: 'case',
          title: columns.case,
          cell: ({ caseId, caseNo }) => caseId && <Link to={`/cases/${caseId}`}>{caseNo}</Link>,
          tight: true,
        },
        {
          key: 'state',
          title: columns.state,
          cell: (incident) =>
            incident.resolvedAt ? (
              <>
                <StatusTag kind="done">{words.resolvedBy(pastText(incident.resolvedAt, now))}</StatusTag>{' '}
                <Muted small>{incident.resolution}</Muted>
              </>
            ) : (
              <Button size="small" onClick={() => onResolve(incident)}>
                {words.resolve}
              </Button>
            ),
        },
      ]}
    />
  );
}

function ResolveDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const { message } = App.useApp();
  const resolve = useAct(routes.resolveIncident, async (_, client) => {
    message.success(words.done);
    onClose();
    await Promise.all([routes.incidents.id, routes.workbench.id].map((id) => client.invalidateQueries({ queryKey: [id] })));
  });
  const { dialog } = words;
  return (
    <ReasonDialog
      title={`${dialog.title}${text.common.dot}${incident.title}`}
      effect={dialog.effect}
      label={dialog.resolution}
      help={dialog.help}
      tooShort={dialog.short}
      longest={1000}
      act={dialog.act}
      busy={resolve.isPending}
      error={resolve.error}
      onClose={onClose}
      onAct={(resolution) => resolve.mutate({ params: { id: incident.id }, body: { resolution } })}
    />
  );
}
