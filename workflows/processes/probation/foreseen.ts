import type { ForeseenChange, OpeningFacts, OpeningPerson } from '../../../libs/domain/contract.ts';
import { completedYears, formatDate, type IsoDate } from '../../../libs/domain/dates.ts';
import { employment } from '../../../libs/domain/person.ts';
import { certificates, educations, type Certificate, type Education } from '../../../libs/domain/person-words.ts';
import { entryPolicy, entryStep, formatMoney, payOf, payPolicy, placementLabel, postLabel } from '../../../libs/domain/post-grade.ts';

const term = <T extends string>(terms: readonly T[], text: string | null): T | null => terms.find((each) => each === text) ?? null;

/** What confirmation from a day on changes for a person, by the entry rule and the pay table in force. Nothing for someone without an employment on record. */
export function foreseenConfirmation(person: OpeningPerson, on: IsoDate, policies: OpeningFacts['policies']): ForeseenChange[] {
  const current = employment.safeParse(person.facts.employment?.value);
  if (!current.success || current.data.status !== 'probation') return [];
  const { post, joinedOn } = current.data;
  const education = term<Education>(educations, person.education);
  const certificate = term<Certificate>(certificates, person.certificate);
  const placed = entryStep({
    post,
    years: completedYears(joinedOn, on),
    education,
    certificate,
    policy: entryPolicy.parse(policies['postGrade.entry']?.value),
  });
  const pay = payOf({ post, globalStep: placed.globalStep, education, certificate, policy: payPolicy.parse(policies.pay?.value) });
  const money = `${formatMoney(pay.total)} 元`;
  return [
    { label: '人员状态', before: '试用期', after: '正式' },
    { label: '岗位档次', before: `${postLabel(post)}，未定级`, after: placementLabel(placed) },
    { label: '生效日期', before: null, after: formatDate(on) },
    { label: '每月薪酬（示例标准）', before: money, after: `${money}，不变（试用期已按全额发放）` },
  ];
}
