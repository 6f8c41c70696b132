import type { z } from 'zod';
import { entryTitle, type EntryBody } from '../../../../libs/desk/timeline.ts';
import { fieldTitle, postWords, valueTitle } from '../../../../libs/desk/words.ts';
import type { ProcessContract } from '../../../../libs/domain/contract.ts';
import type { ledgerLine } from '../../../../libs/domain/api/operations.ts';
import type { Route } from '../../../../libs/domain/api/route.ts';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { incidentTitle } from '../../../../libs/domain/incident-texts.ts';
import { isKnownRefusal, refusalText, type RefusalCode } from '../../../../libs/domain/refusal.ts';
import type { EntryRow } from '../../../../libs/ledger/entries.ts';

type LedgerLine = z.input<typeof ledgerLine>;

/** Acts outside a case; those of a case are titled by its process. */
const titles: Record<string, (body: EntryBody) => string> = {
  'account.sign-in': () => '登录',
  'account.activate': () => '激活账号、设置密码',
  'account.invite': () => '发送一次性激活码',
  'post.grant': () => '授予职务',
  'substitute.set': () => '设置代理',
  'substitute.end': () => '提前结束代理',
  'substitute.choices': () => '查找代理人',
  'person.view': () => '查阅个人档案',
  'person.id-number': () => '查看完整身份证号',
  'people.list': () => '查看名册',
  'mail.retry': () => '重新发送邮件',
  'dossier.make': () => '导出卷宗',
  'staffing.residents': () => '登记城镇常住人口',
  'report.read': () => '查看报表',
  'form.print': () => '打印文书',
  'mail.wishes': () => '改提醒方式',
  'feed.make': () => '生成日历订阅地址',
  'feed.revoke': () => '停用日历订阅地址',
  'case.start': () => '发起办件',
  'case.view': () => '查看办件',
  'task.view': () => '查看待办',
  'case.rehearse': () => '预演办件',
  'roster.check': () => '试运行名册导入',
  'roster.teach': () => '记住名册的一个写法',
  'roster.import': () => '确认名册导入',
  'roster.add': () => '名册导入：新增人员',
  'roster.update': () => '名册导入：更新人员',
  'roster.discard': () => '放弃名册导入',
  'roster.undo': () => '撤销名册导入',
  'ledger.verify': () => '核验账本',
  'incident.open': ({ detail }) => `事件：${incidentTitle(String(detail?.kind), detail ?? {})}`,
  'incident.resolve': () => '处理事件',
};

const summaries: Record<string, string> = Object.fromEntries(
  Object.values(routes as Record<string, Route>).map(({ id, summary }) => [`door.${id}`, summary]),
);

function titleOf(body: EntryBody, contract: ProcessContract | undefined): string {
  if (contract) return entryTitle(body, contract);
  return titles[body.verb]?.(body) ?? summaries[body.verb] ?? body.verb;
}

/** 变更 of one entry: the fields of an answer by the labels of its form, anything else by its own key. */
function changesOf({ before = {}, after = {}, stage, verb }: EntryBody, contract: ProcessContract | undefined): LedgerLine['changes'] {
  const schema = stage && verb === 'task.answer' ? contract?.stages[stage]?.answer : undefined;
  const words = (field: string, value: unknown) => {
    if (value === undefined || value === null) return null;
    return schema ? valueTitle(schema, field, value) : typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field) => ({
      label: schema ? fieldTitle(schema, field) : field,
      before: words(field, before[field]),
      after: words(field, after[field]),
    }))
    .filter((change) => change.before !== change.after);
}

function refusalOf({ refusal }: EntryBody): string | null {
  if (!refusal) return null;
  return isKnownRefusal(refusal.code) ? refusalText({ refused: refusal.code as RefusalCode, params: refusal.params }) : refusal.code;
}

/** An entry as the audit page lists it: `contract` of the case's process, where it belongs to a case; `units` names the units of the posts recorded. */
export function ledgerLineOf(
  { id, chain, seq, hash, at, verb, accepted, account, case: ofCase, person, act, sealNo }: EntryRow,
  contract: ProcessContract | undefined,
  units: ReadonlyMap<string, string>,
): LedgerLine {
  const body = act as unknown as EntryBody;
  return {
    id,
    chain,
    seq,
    hash,
    verb,
    accepted,
    sealNo,
    at: at.toISOString(),
    who: body.actor?.name ?? account?.name ?? '系统',
    posts: postWords(body.actor?.posts, units),
    actingFor: body.actingFor?.name ?? null,
    title: titleOf(body, contract),
    caseId: ofCase?.id ?? null,
    caseNo: ofCase?.caseNo ?? null,
    personId: person?.id ?? null,
    personName: person?.name ?? null,
    refusal: refusalOf(body),
    changes: changesOf(body, contract),
  };
}
