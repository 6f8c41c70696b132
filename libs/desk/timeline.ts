import type { z } from 'zod';
import type { change, timelineItem } from '../domain/api/case-views.ts';
import type { Db, Tx } from '../db.ts';
import type { ProcessContract } from '../domain/contract.ts';
import { formatEnd } from '../domain/dates.ts';
import { incidentTitle } from '../domain/incident-texts.ts';
import { isKnownRefusal, refusalText, type RefusalCode } from '../domain/refusal.ts';
import { fieldTitle, postWords, unitNames, valueTitle, verdictTitle, writtenWords, type RecordedPost } from './words.ts';

export type TimelineItem = z.infer<typeof timelineItem>;
type Change = z.infer<typeof change>;

/** A ledger entry's body as the timeline reads it. */
export interface EntryBody {
  at: string;
  verb: string;
  accepted: boolean;
  actor: { accountId: string; name?: string; posts?: RecordedPost[] } | null;
  actingFor?: { name?: string } | null;
  stage?: string;
  round?: number;
  refusal?: { code: string; params: Record<string, string | number> };
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  detail?: Record<string, unknown>;
}

/** What a task asked beside a stage's own is called. */
export const partTitles: Record<string, string | undefined> = { before: '前加签', beside: '并加签', after: '后加签', advice: '委派' };

const factTitles: Record<string, string> = {
  employment: '人员状态',
  'post-grade-step': '岗位档次',
  pay: '薪酬',
  contract: '合同',
  secondment: '跟岗学习',
};
const said = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

const uploadTitles: Record<string, string> = {
  posts: '岗位表',
  applicants: '报名人员',
  written: '笔试成绩',
  interview: '面试成绩',
  extra: '加试成绩',
};
const uploadTitle = (kind: unknown): string => uploadTitles[String(kind)] ?? '表格';

/** What an entry says in one line, without its stage. Verbs that no process names read the same everywhere. */
const titles: Record<string, (body: EntryBody, contract: ProcessContract) => string> = {
  'case.start': () => '发起办件',
  'case.withdraw': () => '撤回办件',
  'case.cancel': () => '撤销办件',
  'case.hold': () => '挂起',
  'case.resume': () => '恢复办理',
  'case.copy': ({ detail }) => `抄送给${said(detail?.names) ?? ''}`,
  'case.recuse': () => '申报回避',
  'case.comment': () => '评论',
  'case.attach': ({ detail }) => `上传附件 ${said(detail?.name) ?? ''}`,
  'dossier.make': () => '导出卷宗',
  'form.print': ({ detail }) => `打印《${said(detail?.form) ?? ''}》`,
  'case.end': ({ after }, contract) => `办结：${contract.outcomes[String(after?.outcome)]?.title ?? ''}`,
  'task.claim': (body, contract) => `认领${stageWords(body, contract)}`,
  'task.release': (body, contract) => `放回${stageWords(body, contract)}`,
  'task.transfer': (body, contract) => `转办${stageWords(body, contract)}`,
  'task.delegate': (body, contract) => `委派他人对${stageWords(body, contract)}提意见`,
  'task.addSigner': (body, contract) => `${partTitles[String(body.after?.part)] ?? '加签'}：${stageWords(body, contract)}`,
  'task.removeSigner': (body, contract) => `${body.before?.part === 'advice' ? '收回委派' : '减签'}：${stageWords(body, contract)}`,
  'task.takeBack': (body, contract) => `拿回${stageWords(body, contract)}`,
  'task.answer': (body, contract) => {
    if (body.detail?.part === 'advice') return `${stageWords(body, contract)}：委派意见`;
    const stage = body.stage ? contract.stages[body.stage] : undefined;
    const verdict = verdictTitle(stage, body.after ?? null);
    const part = partTitles[String(body.detail?.part)];
    return `${stageWords(body, contract)}${part ? `（${part}）` : ''}${verdict ? `：${verdict}` : ''}`;
  },
  'task.urge': (body, contract) => `催办${stageWords(body, contract)}`,
  'task.return': ({ detail }, contract) =>
    `退回到${contract.stages[String(detail?.to)]?.title ?? ''}，${detail?.then === 'through' ? '重走后续各环节' : '办完直接送回退回人'}`,
  'stage.open': (body, contract) => `${stageWords(body, contract)}开始办理`,
  'stage.remind': (body, contract) => `已提醒：${stageWords(body, contract)}`,
  'stage.overdue': (body, contract) => `已超期，同时报上一级：${stageWords(body, contract)}`,
  'stage.lapse': (body, contract) => `${stageWords(body, contract)}到期未办，依法截止`,
  'stage.recount': (body, contract) => `${stageWords(body, contract)}的时限已重新计算`,
  'stage.ask': (body, contract) => `${stageWords(body, contract)}改由其他人员办理`,
  'stage.settle': (body, contract) => `${stageWords(body, contract)}：已有票数足以决定`,
  'panel.recuse': (body, contract) =>
    `${stageWords(body, contract)}：有成员离任或回避，会签组缩减${typeof body.detail?.chair === 'string' ? `，由${body.detail.chair}主持` : ''}`,
  'date.remind': ({ detail }) => `已提醒期满日期（${said(detail?.on) ?? ''}）`,
  'incident.open': ({ detail }) => `事件：${incidentTitle(String(detail?.kind), detail ?? {})}`,
  'incident.resolve': () => '事件已处理',
  'list.undo': (body, contract) => `撤销${stageWords(body, contract)}的办理`,
  'list.sendBack': (body, contract) => `${stageWords(body, contract)}：退回补正`,
  'list.setApart': () => '移出本批，单独办理',
  'list.takeRole': ({ after }) => `任职变动：${said(after?.postTitle) ?? ''}，自 ${said(after?.effectiveOn) ?? ''}`,
  'list.batchClosed': () => '批次已撤回或撤销，本件随之停止办理',
  'list.join': ({ detail }) => `中途加入 ${said(detail?.joined) ?? ''} 人`,
  'list.noticePassed': () => '随批次公示期满',
  'conversion.compute': () => '套改测算',
  'conversion.apply': () => '按套改结果执行',
  'recruitment.gap': ({ detail }) =>
    `用人缺口：标准 ${said(detail?.required) ?? ''} 人，在岗 ${said(detail?.active) ?? ''} 人，已批未聘 ${said(detail?.approvedOpen) ?? ''} 人，缺口 ${said(detail?.gap) ?? ''} 人，申请 ${said(detail?.asked) ?? ''} 人${detail?.above ? '，申请后将超过标准' : ''}`,
  'recruitment.announce': ({ accepted, detail }) =>
    accepted
      ? '招聘公告已发布'
      : `招聘公告没有发布：${detail?.planned === 0 ? '岗位表还没有导入' : `岗位表招聘 ${said(detail?.planned) ?? ''} 人，多于批复的 ${said(detail?.approved) ?? ''} 人`}。请在批次页改好岗位表，再办理“发布招聘公告”`,
  'recruitment.hire': () => '聘用入档',
  'recruitment.check': ({ detail }) => `上传${uploadTitle(detail?.kind)}试运行，没有写入`,
  ...Object.fromEntries(
    Object.keys(uploadTitles).map((kind) => [
      `recruitment.${kind}`,
      ({ detail }: EntryBody) => `导入${uploadTitle(kind)}：新增 ${said(detail?.added) ?? '0'}，更正 ${said(detail?.updated) ?? '0'}`,
    ]),
  ),
  'application.change': () => '报名信息按工作簿更正',
  'application.waive': () => '本人放弃报考',
  'appraisal.evaluate': () => '登记测评得分',
  'appraisal.appraise': () => '按规则拟定等次',
  'rating.record': () => '登记年度考核结果',
  'secondment.stay': () => '登记跟岗起止',
  'secondment.conclude': () => '登记跟岗鉴定',
  'employment.reinstate': () => '恢复聘用关系',
  'notice.list': () => '确定公示名单',
  'notice.close': () => '公示期满，形成公示情况说明',
  'objection.receive': () => '收到异议',
  'objection.view': () => '查看异议内容',
  'objection.conclude': () => '异议已有结论',
  'employment.confirm': () => '转为正式聘用',
  'employment.end': () => '聘用关系终止',
};

function stageWords({ stage, round }: EntryBody, contract: ProcessContract): string {
  const title = stage ? (contract.stages[stage]?.title ?? stage) : '办理';
  return round && round > 1 ? `${title}（第 ${round} 轮）` : title;
}

/** What was declared; of what a rule told, what it says too: it has no words of anybody's. */
function eventWords({ detail, after }: EntryBody, name: string, contract: ProcessContract): string {
  const event = contract.events[name];
  if (!event || !detail?.byRule) return `申报：${event?.title ?? name}`;
  const values = (event.tells ?? []).flatMap((field) => valueTitle(event.answer, field, after?.[field]) ?? []);
  return `收到${event.title}：${values.join('，')}`;
}

/** The title of an entry of a case, for the timeline and the audit page alike. */
export function entryTitle(body: EntryBody, contract: ProcessContract): string {
  const [kind, name] = body.verb.split('.') as [string, string | undefined];
  if (kind === 'event') return eventWords(body, name ?? '', contract);
  return titles[body.verb]?.(body, contract) ?? body.verb;
}

function tone({ verb, accepted, actor }: EntryBody): TimelineItem['tone'] {
  if (!accepted) return 'refused';
  if (['task.return', 'task.takeBack', 'case.withdraw', 'case.cancel', 'case.hold'].includes(verb)) return 'returned';
  if (!actor) return 'system';
  return verb === 'task.answer' || verb.startsWith('event.') || verb === 'case.start' ? 'done' : 'info';
}

/** Words spoken: what was written in the form, the reason, the note. */
function words({ verb, stage, after, detail }: EntryBody, contract: ProcessContract): string | null {
  const form = verb === 'task.answer' ? contract.stages[stage ?? '']?.answer : contract.events[verb.replace(/^event\./, '')]?.answer;
  const written = form && after && detail?.part !== 'advice' ? writtenWords(form, after) : null;
  if (written) return written;
  if (detail?.documentNo) return `${said(detail.reason)}（${said(detail.documentNo)}）`;
  return said(
    after?.opinion ??
      after?.findings ??
      after?.work ??
      after?.reason ??
      detail?.reason ??
      detail?.text ??
      detail?.note ??
      detail?.resolution,
  );
}

/** What an answer changed against the last answer to the same stage, or what the world's change changed; labels from the contract's form. */
function changes(body: EntryBody, contract: ProcessContract, last: Record<string, unknown> | undefined): Change[] {
  if (body.verb.startsWith('employment.')) {
    const keys = Object.keys(body.after ?? {});
    return keys.map((key) => ({ label: factTitles[key] ?? key, before: said(body.before?.[key]), after: said(body.after?.[key]) }));
  }
  const schema = body.stage ? contract.stages[body.stage]?.answer : undefined;
  if (body.verb !== 'task.answer' || !schema || !last) return [];
  const fields = new Set([...Object.keys(last), ...Object.keys(body.after ?? {})]);
  return [...fields].flatMap((field) => {
    const [before, after] = [valueTitle(schema, field, last[field]), valueTitle(schema, field, body.after?.[field])];
    return before === after ? [] : [{ label: fieldTitle(schema, field), before, after }];
  });
}

function refusalWords({ refusal }: EntryBody): string | null {
  if (!refusal) return null;
  return isKnownRefusal(refusal.code) ? refusalText({ refused: refusal.code as RefusalCode, params: refusal.params }) : refusal.code;
}

/** 办理经过: a case's ledger entries as officers read them, oldest first. Drawn from the ledger, which outlives the engine's history. */
export async function timelineOf(db: Db | Tx, caseId: string, contract: ProcessContract): Promise<TimelineItem[]> {
  const rows = await db.ledgerEntry.findMany({
    where: { caseId, chain: `case:${caseId}` },
    orderBy: { seq: 'asc' },
    select: { body: true },
  });
  const bodies = rows.map(({ body }) => JSON.parse(body) as EntryBody);
  const units = await unitNames(
    db,
    bodies.flatMap(({ actor }) => (actor?.posts ?? []).map(({ unitCode }) => unitCode ?? '')),
  );
  const last = new Map<string, Record<string, unknown>>();
  return bodies.map((body) => {
    const changed = changes(body, contract, body.stage ? last.get(body.stage) : undefined);
    if (body.verb === 'task.answer' && body.accepted && body.stage && body.after && !body.detail?.part) last.set(body.stage, body.after);
    const dueAt = body.detail?.dueAt;
    return {
      at: body.at,
      who: body.actor?.name ?? '系统',
      posts: postWords(body.actor?.posts, units),
      actingFor: body.actingFor?.name ?? null,
      verb: body.verb,
      title: entryTitle(body, contract),
      stage: body.stage ?? null,
      round: body.round ?? null,
      words:
        words(body, contract) ?? (body.verb === 'stage.open' && typeof dueAt === 'string' ? `${formatEnd(new Date(dueAt))} 前办理` : null),
      accepted: body.accepted,
      refusal: refusalWords(body),
      changes: changed,
      tone: tone(body),
    };
  });
}
