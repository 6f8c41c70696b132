import { App, Modal } from 'antd';
import { Link } from 'react-router';
import { finalRating } from '../../../../../libs/domain/api/people.ts';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { dateOf, yearOf } from '../../../../../libs/domain/dates.ts';
import { ratingTitles } from '../../../../../libs/domain/person-words.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useAct, useRoute } from '../../shared/api/hooks.ts';
import { faultsUnder, sentenceOf } from '../../shared/api/problem.ts';
import { contractOf } from '../../shared/cases/cases.ts';
import { draftKey } from '../../shared/form/drafts.ts';
import { SchemaFields } from '../../shared/form/schema-fields.tsx';
import { focusField, useSchemaForm } from '../../shared/form/use-schema-form.ts';
import { useMe } from '../../shared/session/me.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { Notice } from '../../shared/ui/states.tsx';
import type { Person } from './person-page.tsx';

const words = text.roster.ratings;
const PREFIX = 'rating';
const asked = finalRating.pick({ year: true, rating: true });
const titleOf = (process: string) => contractOf(process)?.title ?? process;

/** 登记等次: the result with its paper, and what it will start or end, told before it is recorded. */
export function RatingDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const me = useMe();
  const { message } = App.useApp();
  const form = useSchemaForm({
    schema: finalRating,
    draft: draftKey(me.accountId, `rating.${person.id}`),
    // results are final early in the year after
    initial: { year: String(yearOf(dateOf(serverNow())) - 1) },
  });
  const act = useAct(routes.recordRating, async ({ cases }, client) => {
    form.sent();
    message.success(doneWords(cases));
    onClose();
    await client.invalidateQueries({ queryKey: [routes.person.id] });
  });
  const submit = () => {
    const taken = form.take();
    if ('first' in taken) return focusField(PREFIX, taken.first);
    act.mutate(
      { params: { id: person.id }, body: finalRating.parse(taken.answer) },
      { onError: (error) => form.refuse(faultsUnder(error, 'body')) },
    );
  };
  return (
    <Modal
      open
      title={words.dialogTitle(person.name)}
      onCancel={onClose}
      onOk={submit}
      okText={words.act}
      cancelText={text.common.cancel}
      okButtonProps={{ loading: act.isPending }}
    >
      <div style={{ display: 'grid', gap: 12 }}>
        <Notice tone="info">{words.what}</Notice>
        <SchemaFields form={form} prefix={PREFIX} />
        <Foreseen personId={person.id} values={form.values} />
        {act.error && <Notice tone="error">{sentenceOf(act.error)}</Notice>}
      </div>
    </Modal>
  );
}

function doneWords(cases: Reply<typeof routes.recordRating>['cases']): string {
  const [first] = cases;
  if (!first) return words.done;
  return first.how === 'started' ? words.doneStarted(titleOf(first.process)) : words.doneTold(titleOf(first.process));
}

/** What recording would bring about, asked of the server as soon as year and rating are chosen. */
function Foreseen({ personId, values }: { personId: string; values: Record<string, unknown> }) {
  const given = asked.safeParse(values);
  const query = given.success ? given.data : { year: 2000, rating: 'unrated' as const };
  const foreseen = useRoute(routes.foreseeRating, { params: { id: personId }, query }, { enabled: given.success, keep: true });
  if (!given.success || !foreseen.data) return null;
  const { before, follows } = foreseen.data;
  return (
    <>
      {before && <Notice tone="warning">{words.corrects(ratingTitles[before], ratingTitles[given.data.rating])}</Notice>}
      {follows.length === 0 && <Notice tone="good">{words.nothing}</Notice>}
      {follows.map(({ process, caseId, held, means }) => (
        <Notice key={process} tone="warning" extra={caseId && <Link to={`/cases/${caseId}`}>{words.openCase}</Link>}>
          <b>{caseId ? words.tells(titleOf(process)) : words.starts(titleOf(process))}</b>
          <br />
          {[means, ...(held ? [words.held] : [])].join(words.and)}
        </Notice>
      ))}
    </>
  );
}
