import type { IsoDate } from '../domain/dates.ts';
import { readIdNumber } from '../domain/id-number.ts';
import { normaliseText, type Certificate, type Education, type PoliticalStatus, type Sex } from '../domain/person-words.ts';
import { eligibility, type CandidateFacts } from '../domain/recruitment/eligibility.ts';
import type { RecruitmentPost } from '../domain/recruitment/posts.ts';
import { exceptions, exceptionTitles, type Exception, type RecruitmentRules } from '../domain/recruitment/rules.ts';
import type { Unit } from '../domain/unit.ts';
import type { PlainField } from '../workbooks/fields.ts';
import * as values from '../workbooks/row-values.ts';
import { RowNotes, type RawRow } from '../workbooks/verdict.ts';
import { certificate, education, ethnicity, politicalStatus } from '../workbooks/word-rules.ts';
import { readYes, type ReadRow } from './read-posts.ts';

/** Who applies, as a form or a good row tells of them. The ID number lives in memory only. */
export interface Applicant {
  postCode: string;
  name: string;
  sex: Sex;
  ethnicity: string | null;
  bornOn: IsoDate;
  idNo: string;
  politicalStatus: PoliticalStatus | null;
  education: Education;
  fullTime: boolean;
  school: string | null;
  major: string | null;
  certificate: Certificate | null;
  household: string | null;
  origin: string | null;
  phone: string;
  email: string;
  exceptions: Exception[];
  negatives: CandidateFacts['negatives'];
  bonus: string[];
}

export interface ApplicantContext {
  date1904: boolean;
  learned: values.LearnedWords;
  counties: readonly Unit[];
  posts: ReadonlyMap<string, RecruitmentPost>;
  rules: RecruitmentRules;
  cutOffOn: IsoDate;
}

/** What of an applicant the conditions are asked about. */
export const factsOf = (of: Applicant): CandidateFacts => ({
  bornOn: of.bornOn,
  education: of.education,
  fullTime: of.fullTime,
  politicalStatus: of.politicalStatus,
  household: of.household,
  origin: of.origin,
  exceptions: of.exceptions,
  negatives: of.negatives,
});

/** The applicants of a workbook; of two rows of one person the later is refused, and whoever does not meet the conditions is told why. */
export function readApplicants(rows: readonly RawRow[], context: ApplicantContext): ReadRow<Applicant>[] {
  const seen = new Map<string, ReadRow<Applicant>>();
  return rows.map((raw) => {
    const row = readRow(raw, context);
    const idNo = row.idNo;
    const first = idNo ? seen.get(idNo) : undefined;
    if (first) row.notes.fault('idNo', 'duplicate-id', { row: first.notes.raw.row, name: first.label ?? '姓名未填' });
    else if (idNo) seen.set(idNo, row);
    return { ...row, record: row.notes.good ? row.record : null };
  });
}

function readRow(raw: RawRow, context: ApplicantContext): ReadRow<Applicant> & { idNo: string | null } {
  const { learned, date1904, posts, rules, cutOffOn } = context;
  const notes = new RowNotes(raw);
  values.refuseFormulas(notes);
  const code = values.textOf(notes, 'postCode')?.toUpperCase() ?? notes.fault('postCode', 'missing-post-code');
  const post = code === null ? null : (posts.get(code) ?? notes.fault('postCode', 'no-such-post', { code }));
  const name = values.readName(notes);
  const idNo = values.readId(notes);
  const fromId = idNo === null ? null : readIdNumber(idNo);
  const certain = fromId && 'sex' in fromId ? fromId : null;
  const word = <T extends string>(rule: values.WordRule<T>) => values.readWord(notes, rule, learned, ['']);
  const draft = {
    postCode: code,
    name,
    idNo,
    sex: values.readSex(notes, certain?.sex ?? null),
    bornOn: values.readBirth(notes, date1904, certain?.bornOn ?? null),
    ethnicity: word(ethnicity),
    politicalStatus: word(politicalStatus),
    education: word(education) ?? missing(notes, 'education', 'missing-education'),
    fullTime: readYes(notes, 'fullTime'),
    school: values.textOf(notes, 'school')?.slice(0, 60) ?? null,
    major: values.textOf(notes, 'major')?.slice(0, 60) ?? null,
    certificate: word(certificate),
    household: readCounty(notes, 'household', context.counties),
    origin: readCounty(notes, 'origin', context.counties),
    phone: values.readPhone(notes) ?? missing(notes, 'phone', 'missing-phone'),
    email: values.readEmail(notes)?.toLowerCase() ?? missing(notes, 'email', 'missing-email'),
    exceptions: readList(notes, 'exceptions', 'unknown-exception', (part) =>
      exceptions.find((one) => one === part || normaliseText(exceptionTitles[one]).includes(normaliseText(part))),
    ),
    negatives: [],
    bonus: readList(
      notes,
      'bonus',
      'unknown-bonus',
      (part) => rules.bonus.items.find((item) => item.code === part || item.title === part)?.code,
    ),
  };
  if (!notes.good || !post) return { notes, label: name, record: null, idNo };
  const record = draft as Applicant;
  for (const { code: why, text } of eligibility(post, factsOf(record), rules, cutOffOn))
    notes.fault(columnOf[why] ?? 'postCode', 'not-eligible', { why: text });
  return { notes, label: name, record, idNo };
}

const columnOf: Record<string, PlainField> = {
  tooYoung: 'bornOn',
  tooOld: 'bornOn',
  educationTooLow: 'education',
  householdElsewhere: 'household',
  notPartyMember: 'politicalStatus',
};

/** A cell that must say something; a number or address that could not be read keeps an applicant out, for nobody could be reached. */
function missing(
  notes: RowNotes,
  field: 'phone' | 'email' | 'education',
  code: 'missing-phone' | 'missing-email' | 'missing-education',
): null {
  return notes.doubts(field) ? null : notes.fault(field, code);
}

/** A county of the city by name, null outside it and where nothing is written. */
function readCounty(notes: RowNotes, field: 'household' | 'origin', counties: readonly Unit[]): string | null {
  const text = values.textOf(notes, field);
  if (text === null || /^市外|^外地|^外市|省外/.test(text)) return null;
  const written = normaliseText(text);
  const found = counties.find(({ name }) => written.includes(name) || name.startsWith(written));
  if (found) return found.code;
  // another province or prefecture: written out, and none of ours
  return /省|州|市|盟/.test(written) && !written.includes('铜仁') ? null : notes.fault(field, 'unknown-place', { name: text });
}

function readList<T>(
  notes: RowNotes,
  field: PlainField,
  code: 'unknown-exception' | 'unknown-bonus',
  find: (part: string) => T | undefined,
): T[] {
  const parts =
    values
      .textOf(notes, field)
      ?.split(/[、,，;；\s]+/)
      .filter(Boolean) ?? [];
  return parts.flatMap((part) => find(part) ?? notes.fault(field, code, { part }) ?? []);
}
