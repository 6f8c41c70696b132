import type { IsoDate } from './dates.ts';
import type { Level } from './roles.ts';

/** 公文表格: what an official form says, before it becomes Word or PDF on A4. Words only: how it is drawn is libs/forms' business. */
export interface OfficialForm {
  title: string;
  /** 编号. */
  number: string;
  /** The line above the table: on the left and on the right. */
  head?: [string, string];
  blocks: FormBlock[];
  /** Below the form: how many copies, for whom. */
  copies?: string;
}
export type FormBlock =
  | { grid: { widths: readonly number[]; rows: FormCell[][] } }
  /** Running text of a letter; each paragraph is indented by two characters, `to` is the address before them. */
  | { letter: { to?: string; paragraphs: string[]; from: string; on: IsoDate | null } }
  /** The slip that is signed and given back, below a dashed line. */
  | { receipt: { title: string; paragraphs: string[]; signed: string } };

/** A box of the table, over `span` columns. A `label` is centred; an opinion has room for ink: signature and seal stay empty. */
export type FormCell = { span?: number } & (
  { label: string } | { text: string; left?: true } | { opinion: { words: string; signed: string; on: IsoDate | null } }
);

/** An answer as a form prints it. `words` are its fields in Chinese, by field. */
export interface FormAnswer {
  who: string;
  posts: string;
  /** In whose stead it was given. */
  actingFor: string | null;
  on: IsoDate;
  round: number;
  verdict: string | null;
  words: Record<string, string>;
  values: Record<string, unknown>;
}

/** What a form is filled from: the case as the desk holds it, and the person as they stood when it was started. */
export interface FormFacts {
  caseNo: string;
  startedOn: IsoDate;
  endedOn: IsoDate | null;
  outcome: string | null;
  /** Names of the case's unit and those above it. */
  units: Partial<Record<Level, string>>;
  person: FormPerson;
  input: Record<string, unknown>;
  pinned: Record<string, unknown>;
  /** Per stage the answers of the last round that was closed, the chair's first. */
  answers: Record<string, FormAnswer[]>;
  /** Per stage with a panel, how many were asked. */
  members: Record<string, number>;
  events: Record<string, { on: IsoDate; values: Record<string, unknown> }>;
  /** Of a person on the list of a batch: the batch, why they went their own way, what was known of them and what was computed. */
  listed: FormListing | null;
  /** What the case changed in the person's record, by kind of fact, in words. */
  caused: Record<string, { title: string; fromOn: IsoDate }>;
}
export interface FormListing {
  batchNo: string;
  planNo: string | null;
  cutOffOn: IsoDate;
  reason: string | null;
  roster: unknown;
  result: unknown;
}
export interface FormPerson {
  staffNo: string;
  name: string;
  sex: string;
  bornOn: IsoDate;
  idNoMasked: string;
  politicalStatus: string | null;
  education: string | null;
  /** Facts in force when the case was started, by kind. */
  facts: Record<string, { fromOn: IsoDate; toOn: IsoDate | null; value: Record<string, unknown> } | undefined>;
}

export interface FormContract {
  title: string;
  /** The stages of which at least one must be closed before there is anything to print. */
  after: readonly string[];
  /** 接收地: an outside contact may have it too; it says nothing of the person but what concerns their stay. */
  outside?: true;
  build: (facts: FormFacts) => OfficialForm;
}

/** The forms of a process that there is something to print on, once these stages have been closed, in the process's order. */
export const readyForms = (
  forms: Record<string, FormContract> | undefined,
  closed: ReadonlySet<string>,
): { form: string; title: string }[] =>
  Object.entries(forms ?? {})
    .filter(([, { after }]) => after.some((stage) => closed.has(stage)))
    .map(([form, { title }]) => ({ form, title }));
