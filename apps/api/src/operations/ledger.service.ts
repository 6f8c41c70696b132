import { Injectable } from '@nestjs/common';
import type { Witnessed } from '../../../../libs/access/records.ts';
import { recordedActor } from '../../../../libs/access/actor.ts';
import { endOfDay, startOfDay } from '../../../../libs/domain/dates.ts';
import { refuse } from '../../../../libs/domain/refusal.ts';
import { unitNames } from '../../../../libs/desk/words.ts';
import { append } from '../../../../libs/ledger/append.ts';
import { entriesPage } from '../../../../libs/ledger/entries.ts';
import { faultText } from '../../../../libs/ledger/faults.ts';
import { keyIdOf } from '../../../../libs/ledger/keys.ts';
import { entryOf, proofOf } from '../../../../libs/ledger/proof.ts';
import { verifyLedger, verifyReport, type Verification } from '../../../../libs/ledger/verify.ts';
import { System } from '../system.ts';
import { ledgerLineOf } from './ledger-view.ts';

interface LedgerQuery {
  after?: string | undefined;
  limit: number;
  q?: string | undefined;
  caseId?: string | undefined;
  personId?: string | undefined;
  accountId?: string | undefined;
  verb?: string | undefined;
  accepted?: 'true' | 'false' | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** The audit page: search, proof, verification. The door lets only auditors in. */
@Injectable()
export class LedgerService {
  private readonly system: System;
  private running: Promise<Verification> | null = null;

  constructor(system: System) {
    this.system = system;
  }

  async page({ after, limit, accepted, from, to, ...query }: LedgerQuery) {
    const { db, catalogue } = this.system;
    const { items, next } = await entriesPage(db, {
      ...present(query),
      limit,
      ...(after && { before: after }),
      ...(accepted && { accepted: accepted === 'true' }),
      ...(from && { from: startOfDay(from) }),
      ...(to && { to: endOfDay(to) }),
    });
    const units = await unitNames(
      db,
      items.flatMap(({ act }) => (act.actor?.posts ?? []).map(({ unitCode }) => unitCode)),
    );
    return { items: items.map((item) => ledgerLineOf(item, item.case?.process ? catalogue[item.case.process] : undefined, units)), next };
  }

  /** An entry with its path to a signed root; without one while no seal covers it yet. */
  async proof(id: string) {
    const { db, keys } = this.system;
    const entry = await entryOf(db, BigInt(id));
    if (!entry) return refuse('NotFound', { what: '这条记录' });
    const publicKey = await keys.publicKey();
    if (!publicKey) return refuse('Unavailable');
    const proof = await proofOf(db, BigInt(id));
    return {
      ...(proof ?? { entry, position: null, path: [], seal: null }),
      publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    };
  }

  /** Recomputes the whole ledger. Who asks while a verification runs gets its result: two at once prove no more than one. */
  async verify(by: Witnessed) {
    const { db, keys, now } = this.system;
    const publicKey = await keys.publicKey();
    if (!publicKey) return refuse('Unavailable');
    const began = performance.now();
    this.running ??= verifyLedger(db, publicKey, keys.sealsLog).finally(() => (this.running = null));
    const found = await this.running;
    await append(db, {
      chain: `account:${by.actor.accountId}`,
      verb: 'ledger.verify',
      accepted: true,
      at: by.at,
      actor: recordedActor(by.actor),
      origin: by.origin,
      detail: { ok: found.fault === null, entries: found.entries, seals: found.seals },
    });
    return {
      ok: found.fault === null,
      at: now().toISOString(),
      entries: found.entries,
      chains: found.chains,
      seals: found.seals,
      unsealed: found.unsealed.count,
      oldestUnsealedAt: found.unsealed.oldestAt?.toISOString() ?? null,
      keyId: keyIdOf(publicKey),
      broken: found.fault && {
        code: found.fault.code,
        text: faultText(found.fault),
        entryId: found.fault.entryId ?? null,
        sealNo: found.fault.sealNo ?? null,
      },
      lines: verifyReport(found),
      milliseconds: Math.round(performance.now() - began),
    };
  }
}

/** Without what was not asked for. */
const present = <T extends object>(query: T) =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: NonNullable<T[K]> };
