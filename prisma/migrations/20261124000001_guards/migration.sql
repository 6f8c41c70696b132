-- What the data model cannot say: functions, triggers, partial indexes. One section a room of libs/.

-- ── Ledger ──────────────────────────────────────────────────────────────────

-- Writes entries and hands them to the sealer, under the lock of each chain's head. Hashes as libs/ledger/entry.ts does:
-- SHA-256(0x00 || previous hash || seq as 8 bytes || SHA-256(body)).
CREATE FUNCTION ledger_append(
  chains text[], bodies text[], ats timestamptz[], verbs text[], accepteds boolean[], accounts uuid[], cases uuid[], persons uuid[]
) RETURNS TABLE (entry_id bigint, entry_chain text, entry_seq integer, entry_hash bytea) LANGUAGE plpgsql AS $$
DECLARE
  body_hash bytea;
  prev bytea;
BEGIN
  FOR i IN 1 .. coalesce(array_length(chains, 1), 0) LOOP
    entry_chain := chains[i];
    body_hash := sha256(convert_to(bodies[i], 'UTF8'));
    INSERT INTO ledger_chain AS head (chain, seq, hash)
    VALUES (entry_chain, 1, sha256('\x00'::bytea || decode(repeat('00', 32), 'hex') || int8send(1) || body_hash))
    ON CONFLICT (chain) DO UPDATE SET
      seq = head.seq + 1,
      hash = sha256('\x00'::bytea || head.hash || int8send(head.seq + 1) || body_hash)
    RETURNING new.seq, new.hash, old.hash INTO entry_seq, entry_hash, prev;

    INSERT INTO ledger_entry AS entry (chain, seq, prev_hash, hash, body, at, verb, accepted, account_id, case_id, person_id)
    VALUES (entry_chain, entry_seq, coalesce(prev, decode(repeat('00', 32), 'hex')), entry_hash, bodies[i],
            ats[i], verbs[i], accepteds[i], accounts[i], cases[i], persons[i])
    RETURNING entry.id INTO entry_id;

    INSERT INTO ledger_unsealed (entry_id) VALUES (ledger_append.entry_id);
    RETURN NEXT;
  END LOOP;
END $$;

-- The ledger is written once. ALWAYS: also under session_replication_role = replica; the table's owner is refused like everybody else.
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The ledger is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER ledger_entry_once BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_seal_once BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_seal FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_seal_item_once BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_seal_item FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_chain_kept BEFORE DELETE OR TRUNCATE ON ledger_chain FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_once;
ALTER TABLE ledger_seal ENABLE ALWAYS TRIGGER ledger_seal_once;
ALTER TABLE ledger_seal_item ENABLE ALWAYS TRIGGER ledger_seal_item_once;
ALTER TABLE ledger_chain ENABLE ALWAYS TRIGGER ledger_chain_kept;

-- ── Mail ────────────────────────────────────────────────────────────────────

-- What the sender looks for; sent mails cost it nothing.
CREATE INDEX mail_due ON mail (not_before, id) WHERE status IN ('waiting', 'sending');
