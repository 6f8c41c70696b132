import { recordedActor } from '../access/actor.ts';
import { recordRefusal, type Witnessed } from '../access/records.ts';
import type { Tx } from '../db.ts';
import { isForOutside, isOutside } from '../desk/outside.ts';
import { hasPart } from '../desk/reach.ts';
import { contractOf, type DeskRoom } from '../desk/room.ts';
import { readCase, type CaseState } from '../desk/state.ts';
import { dateOf, formatDate, timeOf } from '../domain/dates.ts';
import { readyForms } from '../domain/official-form.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { append } from '../ledger/append.ts';
import { formFacts } from './facts.ts';
import { pdfOf } from './pdf.ts';
import type { Printed } from './printed.ts';
import { wordOf } from './word.ts';

export type FormFormat = 'docx' | 'pdf';
export interface FormFile {
  name: string;
  bytes: Buffer;
}

/**
 * One official form of a case as Word or PDF, for whoever has a part in the case. Its foot carries the case's number and the head of its chain in the
 * ledger; the print is an entry of its own. `NotFound`, `NotYourCase`, `FormNotReady` while nothing is on it yet.
 */
export async function printForm(
  room: DeskRoom,
  by: Witnessed,
  { caseId, form, format }: { caseId: string; form: string; format: FormFormat },
): Promise<Refusal | FormFile> {
  const { db } = room;
  const state = await readCase(db, caseId);
  const contract = state && contractOf(room, state.process);
  const described = contract?.forms?.[form];
  if (!state || !contract || !described) return refuse('NotFound', { what: state ? '这一文书' : '这一办件' });
  const refused = async (refusal: Refusal) => {
    await recordRefusal(db, by, 'form.print', refusal, { caseId });
    return refusal;
  };
  const has = (await hasPart(db, caseId, by.actor)) && (!isOutside(by.actor) || isForOutside(described));
  if (!has) return refused(refuse('NotYourCase'));
  const closed = await db.stageRun.findMany({ where: { caseId, status: 'closed' }, distinct: ['stage'], select: { stage: true } });
  if (!readyForms(contract.forms, new Set(closed.map(({ stage }) => stage))).some((ready) => ready.form === form))
    return refused(refuse('FormNotReady', { form: described.title }));
  const made = await db.$transaction(async (tx) => {
    const facts = await formFacts(tx, contract, state);
    if (!facts) return null;
    const printed = await printedAs(tx, state, by.at);
    await append(tx, {
      chain: `case:${caseId}`,
      verb: 'form.print',
      accepted: true,
      at: by.at,
      actor: recordedActor(by.actor),
      origin: by.origin,
      caseId,
      detail: { form: described.title, format },
    });
    return { facts, printed };
  });
  if (!made) return refuse('NotFound', { what: '当事人的档案' });
  const document = described.build(made.facts);
  const bytes = await (format === 'pdf' ? pdfOf(document, made.printed) : wordOf(document, made.printed));
  return { name: `${state.caseNo}-${described.title}.${format}`.replace(/[\\/:*?"<>|\s]+/g, '_'), bytes };
}

/** The head of the case's chain, before the entry about this print: whoever holds the ledger can tell from what state of things the paper comes. */
async function printedAs(tx: Tx, { id, caseNo, status }: CaseState, at: Date): Promise<Printed> {
  const [head] = await tx.$queryRaw<{ hash: Uint8Array }[]>`SELECT hash FROM ledger_chain WHERE chain = ${`case:${id}`}`;
  const mark = head
    ? Buffer.from(head.hash)
        .toString('hex')
        .slice(0, 16)
        .replace(/(.{4})(?=.)/g, '$1 ')
    : '';
  return {
    left: `办件 ${caseNo}　账本指纹 ${mark}`,
    right: `${formatDate(dateOf(at))} ${timeOf(at)} 打印`,
    draft: status === 'ended' ? null : '办理中打印，不作凭证',
  };
}
