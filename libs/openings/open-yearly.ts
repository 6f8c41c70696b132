import type { Tx } from '../db.ts';
import type { DeskRoom } from '../desk/room.ts';
import { startCaused } from '../desk/start.ts';
import type { ProcessContract } from '../domain/contract.ts';
import { dateOf, type IsoDate } from '../domain/dates.ts';
import { isRefusal } from '../domain/refusal.ts';
import { policiesOn } from '../policies/policies.ts';

interface County {
  code: string;
  name: string;
}

/**
 * 年度运行: each county's cases that begin by themselves on a day, by each process's own rule; a county without community workers has none. Asked again on the
 * same day or a later one it opens nothing twice, nor beside one that somebody has opened by hand, ended or not. How many it has opened.
 */
export async function openYearly(room: DeskRoom, at: Date): Promise<number> {
  const on = dateOf(at);
  const counties = await room.db.$queryRaw<County[]>`
    SELECT u.code, u.name FROM unit u WHERE u.level = 'county' AND EXISTS (SELECT FROM person_fact f JOIN unit c ON c.code = f.unit_code WHERE f.kind = 'employment' AND f.ended_at IS NULL
      AND f.value ->> 'status' <> 'ended' AND f.from_on <= ${on}::date AND (f.to_on IS NULL OR f.to_on >= ${on}::date) AND starts_with(c.path, u.path)) ORDER BY u.code`;
  let opened = 0;
  for (const contract of Object.values(room.catalogue).filter(({ opensYearly }) => opensYearly))
    for (const county of counties) if (await room.db.$transaction((tx) => openFor(tx, contract, county, on, at))) opened += 1;
  return opened;
}

async function openFor(tx: Tx, contract: ProcessContract, { code, name }: County, on: IsoDate, at: Date): Promise<boolean> {
  const policies = await policiesOn(tx, contract.policies, code, on);
  const input = contract.opensYearly!({ on, unitCode: code, policies });
  if (!input) return false;
  const opening = contract.open(input, {
    on,
    person: null,
    policies,
    unit: { code, name, level: 'county', counties: { [code]: policies } },
  });
  if (isRefusal(opening)) return false;
  // whoever else opens it at this moment, by hand or in another worker, comes before or after
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('yearly'), hashtext(${`${contract.name}/${opening.naturalKey}`}))`;
  if ((await tx.case.count({ where: { process: contract.name, naturalKey: opening.naturalKey } })) > 0) return false;
  await startCaused(tx, contract, opening, {
    cause: { caseId: null, key: `yearly/${contract.name}/${opening.naturalKey}` },
    actor: null,
    at,
  });
  return true;
}
