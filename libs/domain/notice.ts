import { z } from 'zod';
import { workingDays, type Allowance } from './calendar.ts';
import type { ProcessContract } from './contract.ts';
import { stageAs } from './pinned.ts';

/** So many people stand on one notice at most. */
export const MOST_LISTED = 20_000;

/** For how long a notice may stand, in working days (domain 10A); a policy outside of it is not followed. */
export const noticePeriod = z.strictObject({ workingDays: z.int().min(3).max(15) });

/** The period of a case's notice stage: what the case has pinned, else the contract's. */
export function periodOf(contract: ProcessContract, stage: string, pinned: Record<string, unknown>): Allowance {
  const set = noticePeriod.safeParse((pinned.notices as Record<string, unknown> | undefined)?.[stage]);
  return set.success ? set.data : (stageAs(contract, stage, pinned).notice?.period ?? workingDays(5));
}

// an ID number or a mobile number has no place on a notice, whatever field it was put into
const PERSONAL = /\d{15}|\d{17}[\dXx]|1[3-9]\d{9}/;
const shown = (title: string, max: number) =>
  z
    .string()
    .trim()
    .max(max, `${title}不超过 ${max} 字`)
    .refine((text) => !PERSONAL.test(text.replace(/[\s-]/g, '')), `${title}里不能有身份证号或手机号`);

/** A person on a notice: names and posts only. `key` tells them apart within the case: an id, never anything that people read. */
export const noticeRow = z.strictObject({
  key: z.string().regex(/^[\w-]{1,64}$/),
  name: shown('姓名', 40).min(1),
  unitName: shown('所在单位', 80),
  post: shown('岗位', 60),
  detail: shown('说明', 60).optional(),
  /** Of the roster, where the person stands in it: declared relatives of theirs handle no objection. */
  personId: z.uuid().optional(),
});
export type NoticeRow = z.infer<typeof noticeRow>;
export const noticeRows = z
  .array(noticeRow)
  .min(1, '公示名单不能为空')
  .max(MOST_LISTED, `公示名单最多 ${MOST_LISTED} 人`)
  .refine((rows) => new Set(rows.map(({ key }) => key)).size === rows.length, '公示名单里有重复的人');

const line = (title: string, min: number, max: number, help?: string) =>
  z
    .string({ error: `请填写${title}` })
    .trim()
    .min(min, `请填写${title}`)
    .max(max, `${title}不超过 ${max} 字`)
    .meta({ title, ...(help && { help }) });

/** What whoever posts a notice confirms; the answer of every notice stage. The period is counted from that day on. */
export const postingForm = z.object({
  issuer: line('发布单位', 4, 60, '例如：中共碧江区委组织部'),
  documentNo: line('文号', 2, 60),
  places: z
    .string({ error: '请填写公示地点' })
    .trim()
    .min(4, '请填写公示地点')
    .max(500, '公示地点不超过 500 字')
    .meta({ title: '公示地点', widget: 'textarea', rows: 2, minimum: 4, help: '政府网站、街道公示栏、社区居务公开栏等；确认时须已张贴' }),
  phone: line('受理电话', 5, 60, '写明接听时间'),
  address: line('受理地址', 4, 120),
});

/** How an objection ended: found true, not true, not to be found out; or not dealt with, since it gave nothing that can be checked. */
export type ObjectionOutcome = 'upheld' | 'rejected' | 'undecided' | 'dismissed';
export const objectionOutcomes: Record<ObjectionOutcome, string> = {
  upheld: '反映属实',
  rejected: '反映不属实',
  undecided: '无法查清',
  dismissed: '不予受理',
};

/** What a notice tells its story: whom objections were about, by the rows' keys. */
export interface NoticeTold extends Record<string, unknown> {
  /** `clear`: nothing stands against anybody on the list. */
  result: 'clear' | 'objected';
  /** How many objections came in time. */
  objections: number;
  upheld: string[];
  undecided: string[];
  /** Not true, or not dealt with: nothing stands against them. */
  rejected: string[];
  /** With an objection still open; only where the contract says `heldAlone`. */
  held: string[];
}

/** Sums up what became of objections, person by person: an open one holds, then the gravest counts. */
export function noticeTold(objections: readonly { key: string; outcome: ObjectionOutcome | null }[]): NoticeTold {
  const of = new Map<string, Set<ObjectionOutcome | null>>();
  for (const { key, outcome } of objections) of.set(key, (of.get(key) ?? new Set()).add(outcome));
  const told: NoticeTold = { result: 'clear', objections: objections.length, upheld: [], undecided: [], rejected: [], held: [] };
  for (const [key, outcomes] of [...of].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (outcomes.has(null)) told.held.push(key);
    else if (outcomes.has('upheld')) told.upheld.push(key);
    else if (outcomes.has('undecided')) told.undecided.push(key);
    else told.rejected.push(key);
  }
  if (told.held.length + told.upheld.length + told.undecided.length > 0) told.result = 'objected';
  return told;
}
