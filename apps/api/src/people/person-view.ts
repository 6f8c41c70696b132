import type { z } from 'zod';
import type { person } from '../../../../libs/domain/api/people.ts';
import { completedYears, type IsoDate } from '../../../../libs/domain/dates.ts';
import type { FactValue } from '../../../../libs/domain/person.ts';
import { placementLabel, placementOf } from '../../../../libs/domain/post-grade.ts';
import type { PersonLine } from '../../../../libs/people/page.ts';
import type { PersonAsOf, TitledFact } from '../../../../libs/people/people.ts';

type PersonView = z.input<typeof person>;
type Line = Omit<
  PersonView,
  | 'ethnicity'
  | 'bornOn'
  | 'idNoMasked'
  | 'politicalStatus'
  | 'certificate'
  | 'phoneMasked'
  | 'emailMasked'
  | 'accountStatus'
  | 'asOf'
  | 'facts'
  | 'ratings'
  | 'mayRate'
  | 'cases'
  | 'views'
>;

/** 138****1234 */
export const maskPhone = (phone: string): string => (phone.length < 8 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`);
/** l***@example.cn */
export const maskEmail = (email: string): string => email.replace(/^(.)[^@]*/, '$1***');

/** A line of the roster without what the page does not show. */
export const lineOf = ({
  id,
  staffNo,
  name,
  sex,
  age,
  education,
  county,
  street,
  community,
  postTitle,
  post,
  gradeLabel,
  status,
  joinedOn,
  probationEndsOn,
}: PersonLine): Line => ({
  id,
  staffNo,
  name,
  sex,
  age,
  education,
  county,
  street,
  community,
  postTitle,
  post,
  gradeLabel,
  status,
  joinedOn,
  probationEndsOn,
});

/** The head of a personnel record on a day. */
export function headOf(
  person: PersonAsOf,
  on: IsoDate,
): Line &
  Pick<PersonView, 'ethnicity' | 'bornOn' | 'idNoMasked' | 'politicalStatus' | 'certificate' | 'phoneMasked' | 'emailMasked' | 'asOf'> {
  const { employment, contract, 'post-grade-step': grade } = person.inForce;
  const unit = (level: string) => person.units.find((it) => it.level === level)?.name ?? '';
  const placement = grade && placementOf(grade.value.profile, grade.value.post, grade.value.globalStep);
  return {
    id: person.id,
    staffNo: person.staffNo,
    name: person.name,
    sex: person.sex,
    age: completedYears(person.bornOn, on),
    education: person.education,
    county: unit('county'),
    street: unit('street'),
    community: unit('community'),
    postTitle: employment?.value.postTitle ?? null,
    post: employment?.value.post ?? null,
    gradeLabel: placement ? placementLabel(placement) : null,
    status: employment?.value.status ?? 'none',
    joinedOn: employment?.value.joinedOn ?? null,
    probationEndsOn: employment?.value.status === 'probation' ? (contract?.value.probationEndsOn ?? null) : null,
    ethnicity: person.ethnicity,
    bornOn: person.bornOn,
    idNoMasked: person.idNoMasked,
    politicalStatus: person.politicalStatus,
    certificate: person.certificate,
    phoneMasked: person.phone && maskPhone(person.phone),
    emailMasked: person.email && maskEmail(person.email),
    asOf: on,
  };
}

/** A dated fact as it is shown; one that a case made leads to the case. */
export function factOf({
  id,
  kind,
  fromOn,
  toOn,
  title,
  value,
  ground,
  assumed,
  recordedAt,
  endedAt,
}: TitledFact): PersonView['facts'][number] {
  const groundCaseId = /^case:([0-9a-f-]{36})$/.exec(ground)?.[1] ?? null;
  return {
    id,
    kind,
    fromOn,
    toOn,
    title,
    value,
    ground: groundWords(ground),
    groundCaseId,
    assumed,
    recordedAt: recordedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}

/** 年度考核: each year as it stands on record, the latest first. */
export const ratingsOf = (facts: readonly TitledFact[]): PersonView['ratings'] =>
  facts
    .filter(({ kind, endedAt }) => kind === 'rating' && endedAt === null)
    .map(({ value, ground, recordedAt }) => {
      const { year, rating, score = null, finalOn = null, documentNo = null } = value as FactValue<'rating'>;
      return { year, rating, score, finalOn, documentNo, ground: groundWords(ground), recordedAt: recordedAt.toISOString() };
    })
    .sort((a, b) => b.year - a.year);

function groundWords(ground: string): string {
  if (ground.startsWith('case:')) return '办件';
  if (ground.startsWith('import:')) return '名册导入';
  return ground.startsWith('record:') ? `登记（${ground.slice('record:'.length)}）` : ground;
}
