import { randomUUID } from 'node:crypto';
import type { Tx } from '../db.ts';
import { addFirstFacts } from '../people/facts.ts';
import { addPeople } from '../people/people.ts';
import type { Writing, Written } from './writing.ts';
import { factsOfNew, postOf, postsOf, statusOn } from './derive.ts';
import type { RosterRecord } from './rules.ts';

/** Puts new people on record: the person, their facts, an account that is not active yet, and the posts they hold. */
export async function writeNew({ tx, keys, ground, on, at, assumptions }: Writing, records: readonly RosterRecord[]): Promise<Written[]> {
  if (records.length === 0) return [];
  const people = await addPeople(tx, keys, records.map(personOf), at);
  const made = records.map((record, i) => ({ record, ...people[i]!, accountId: randomUUID() }));
  await addFirstFacts(
    tx,
    made.flatMap(({ record, id }) => factsOfNew(record, on, ground, assumptions(record)).map((fact) => ({ ...fact, personId: id }))),
    at,
  );
  await addAccounts(tx, made, at);
  await addPosts(
    tx,
    made.flatMap(({ record, accountId }) =>
      postsOf(record, on).map((post) => ({ ...post, accountId, unitCode: record.unit.code, title: record.postTitle })),
    ),
  );
  return made.map(({ record, id, staffNo }) => ({
    row: record.row,
    personId: id,
    action: 'new',
    undo: null,
    after: {
      staffNo,
      unitCode: record.unit.code,
      postTitle: record.postTitle,
      post: postOf(record, assumptions(record)),
      status: statusOn(record, on, assumptions(record)),
      joinedOn: record.joinedOn,
    },
  }));
}

interface Made {
  record: RosterRecord;
  id: string;
  staffNo: string;
  accountId: string;
}

/** One statement for all: thousands of rows through the ORM take longer than everything else of an import. */
async function addAccounts(tx: Tx, made: readonly Made[], at: Date): Promise<void> {
  const rows = made.map(({ record: { name, email }, id, staffNo, accountId }) => ({ accountId, staffNo, name, id, email }));
  await tx.$executeRaw`
    INSERT INTO account (id, user_name, display_name, person_id, email, created_at)
    SELECT "accountId", "staffNo", name, id, email, ${at}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r ("accountId" uuid, "staffNo" text, name text, id uuid, email text)`;
}

async function addPosts(tx: Tx, posts: readonly object[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO post_held (account_id, role, unit_code, title, from_on)
    SELECT "accountId", role, "unitCode", title, "fromOn"
    FROM jsonb_to_recordset(${JSON.stringify(posts)}::jsonb) AS r ("accountId" uuid, role text, "unitCode" text, title text, "fromOn" date)`;
}

const personOf = ({ name, sex, ethnicity, bornOn, idNo, politicalStatus, education, certificate, phone, email }: RosterRecord) => ({
  name,
  sex,
  ethnicity,
  bornOn,
  idNo,
  politicalStatus,
  education,
  certificate,
  phone,
  email,
});
