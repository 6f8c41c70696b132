import { Injectable } from '@nestjs/common';
import { openDemoAccounts } from '../../../../libs/access/demo-accounts.ts';
import { reachOf } from '../../../../libs/access/permission.ts';
import { recordRefusal, type Witnessed } from '../../../../libs/access/records.ts';
import { mappingChange, type synonym } from '../../../../libs/domain/api/roster.ts';
import { isRefusal, refuse, type Refusal } from '../../../../libs/domain/refusal.ts';
import type { Role } from '../../../../libs/domain/roles.ts';
import {
  batchesOf,
  correctionsOf,
  faultsOf,
  readBatch,
  rowsOf,
  type Paging,
  type Reader,
  type RowVerdict,
} from '../../../../libs/roster/batch.ts';
import { confirm } from '../../../../libs/roster/confirm.ts';
import { dryRun, recheck, type ImportAct } from '../../../../libs/roster/dry-run.ts';
import { excerptOf } from '../../../../libs/roster/excerpt.ts';
import { readField } from '../../../../libs/workbooks/fields.ts';
import type { MappingChange } from '../../../../libs/workbooks/headers.ts';
import { discard } from '../../../../libs/roster/housekeeping.ts';
import { learn } from '../../../../libs/roster/learn.ts';
import { markedWorkbook } from '../../../../libs/roster/marked-workbook.ts';
import { undo } from '../../../../libs/roster/undo.ts';
import type { z } from 'zod';
import type { SentFile } from '../http/call.ts';
import { System } from '../system.ts';

const officers: readonly Role[] = ['COUNTY_ORG', 'COUNTY_HR', 'CITY_ORG'];

/** Roster import for the door. An officer imports people of the first of their units, with all below; libs/roster decides the rest. */
@Injectable()
export class RosterService {
  private readonly system: System;

  constructor(system: System) {
    this.system = system;
  }

  list(by: Witnessed, { after, limit }: { after?: string | undefined; limit: number }) {
    const from =
      after !== undefined && /^\d{4}-\d\d-\d\dT/.test(after) && !Number.isNaN(Date.parse(after))
        ? new Date(after).toISOString()
        : undefined;
    return batchesOf(this.system.db, reader(by), { limit, ...(from && { after: from }) });
  }

  async check(by: Witnessed, file: SentFile, mapping: string | undefined) {
    const change = parseMapping(mapping);
    if (isRefusal(change)) return change;
    return dryRun(this.system.db, this.system.personKeys, {
      ...act(by),
      bytes: file.bytes,
      fileName: file.name,
      ...(change && { mapping: change }),
    });
  }

  one(by: Witnessed, id: string) {
    return readBatch(this.system.db, id, reader(by), by.at);
  }

  faults(
    by: Witnessed,
    id: string,
    query: Page & { severity?: string | undefined; letter?: string | undefined; code?: string | undefined },
  ) {
    const { severity, letter, code } = query;
    return faultsOf(this.system.db, id, reader(by), {
      ...paging(query),
      ...(severity && { severity }),
      ...(letter && { letter }),
      ...(code && { code }),
    });
  }

  rows(by: Witnessed, id: string, query: Page & { verdict?: RowVerdict['verdict'] | undefined }) {
    return rowsOf(this.system.db, id, reader(by), { ...paging(query), ...(query.verdict && { verdict: query.verdict }) });
  }

  corrections(by: Witnessed, id: string, query: Page) {
    return correctionsOf(this.system.db, id, reader(by), paging(query));
  }

  excerpt(by: Witnessed, id: string, row: number) {
    return excerptOf(this.system.db, this.system.personKeys, id, row, reader(by));
  }

  async remap(by: Witnessed, id: string, { mapping, remember }: { mapping: z.output<typeof mappingChange>; remember: boolean }) {
    const change = changeOf(mapping);
    if (isRefusal(change)) return change;
    return this.told(
      by,
      'roster.check',
      await recheck(this.system.db, this.system.personKeys, { ...act(by), batchId: id, mapping: change, remember }),
      id,
    );
  }

  /** Remembers a spelling and checks the workbook once more. */
  async teach(by: Witnessed, id: string, taught: z.output<typeof synonym>) {
    const { db, personKeys } = this.system;
    const found = await readBatch(db, id, reader(by), by.at);
    if (isRefusal(found)) return found;
    const learned = await db.$transaction((tx) => learn(tx, act(by), taught));
    if (isRefusal(learned)) return this.told(by, 'roster.teach', learned, id);
    return this.told(by, 'roster.check', await recheck(db, personKeys, { ...act(by), batchId: id }), id);
  }

  async confirm(by: Witnessed, id: string, goodRowsOnly: boolean) {
    const { db, personKeys, config } = this.system;
    const result = await confirm(db, personKeys, { ...act(by), batchId: id, goodRowsOnly });
    if (!isRefusal(result) && config.demo) await openDemoAccounts(db, config.dataDir, id);
    return this.told(by, 'roster.import', result, id);
  }

  async undo(by: Witnessed, id: string, reason: string) {
    return this.told(by, 'roster.undo', await undo(this.system.db, { ...act(by), batchId: id, reason }), id);
  }

  async discard(by: Witnessed, id: string) {
    return this.told(by, 'roster.discard', await discard(this.system.db, { ...act(by), batchId: id }), id);
  }

  async marked(by: Witnessed, id: string) {
    const marked = await markedWorkbook(this.system.db, this.system.personKeys, id, reader(by));
    return isRefusal(marked) ? marked : { name: marked.fileName, bytes: marked.bytes };
  }

  /** What an act on an import was refused for is recorded; that it is not there, or is no workbook, is not. */
  private async told<T>(by: Witnessed, verb: string, answer: T | Refusal, batchId: string): Promise<T | Refusal> {
    if (isRefusal(answer) && answer.refused.startsWith('Import'))
      await recordRefusal(this.system.db, by, verb, answer, { detail: { batchId } });
    return answer;
  }
}

interface Page {
  after?: string | undefined;
  limit: number;
}
const paging = ({ after, limit }: Page): Paging => ({ limit, ...(after && { after }) });
const withinPath = ({ actor }: Witnessed): string => reachOf(actor, officers)[0] ?? '';
const reader = (by: Witnessed): Reader => ({ accountId: by.actor.accountId, withinPath: withinPath(by) });
const act = (by: Witnessed): ImportAct => ({ actor: by.actor, at: by.at, origin: by.origin, withinPath: withinPath(by) });

/** The form's field holds JSON, as forms do. */
function parseMapping(text: string | undefined): MappingChange | undefined | Refusal {
  if (text === undefined || text.trim() === '') return undefined;
  try {
    const parsed = mappingChange.safeParse(JSON.parse(text));
    return parsed.success ? changeOf(parsed.data) : refuse('BadRequest', { detail: '对应列的改动填写有误' });
  } catch {
    return refuse('BadRequest', { detail: '对应列的改动不是有效的 JSON' });
  }
}

/** The officer's change with its columns' fields known by name. */
function changeOf({ columns, ...rest }: z.output<typeof mappingChange>): MappingChange | Refusal {
  const change: MappingChange = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  if (!columns) return change;
  const read: NonNullable<MappingChange['columns']> = {};
  for (const [letter, name] of Object.entries(columns)) {
    const field = name === null ? null : readField(name);
    if (name !== null && field === null) return refuse('BadRequest', { detail: `花名册没有“${name}”这个字段` });
    read[letter] = field;
  }
  return { ...change, columns: read };
}
