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
-- What waits for somebody's digest.
CREATE INDEX mail_digest ON mail (account_id) WHERE status = 'digest' AND sent_at IS NULL;

-- ── Desk ────────────────────────────────────────────────────────────────────

CREATE SEQUENCE case_no_seq;

-- A start is refused here and nowhere else: one open case of a process and natural key.
CREATE UNIQUE INDEX case_open_once ON "case" (process, natural_key) WHERE status <> 'ended';
CREATE UNIQUE INDEX case_run ON "case" (process, natural_key, run);

-- The inbox: what is asked of a person by name, and of whoever holds a post; open tasks only, in the order of the page.
CREATE INDEX task_inbox_person ON task (assignee_id, (coalesce(due_at, 'infinity'::timestamptz)), id) WHERE status = 'open';
CREATE INDEX task_inbox_post ON task (audience_role, audience_unit, (coalesce(due_at, 'infinity'::timestamptz)), id) WHERE status = 'open' AND assignee_id IS NULL;
CREATE INDEX task_done ON task (answered_by_id, closed_at DESC, id) WHERE status = 'done';
CREATE INDEX task_done_for ON task (answered_for_id, closed_at DESC, id) WHERE status = 'done' AND answered_for_id IS NOT NULL;
CREATE INDEX task_open_case ON task (case_id) WHERE status = 'open';
CREATE INDEX due_waiting ON due (case_id, at) WHERE done_at IS NULL;
CREATE INDEX message_waiting ON message (created_at) WHERE confirmed_at IS NULL;
CREATE INDEX start_job_waiting ON start_job_item (job_id) WHERE done_at IS NULL;
CREATE INDEX list_job_waiting ON list_job_item (job_id, case_id) WHERE done_at IS NULL;

-- Whoever holds `next` open, and the worker that carries messages to the stories, are told at commit.
CREATE FUNCTION desk_tell_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('desk', json_build_object('caseId', NEW.id, 'version', NEW.version)::text);
  RETURN NULL;
END $$;
CREATE TRIGGER case_version_told AFTER UPDATE OF version ON "case" FOR EACH ROW EXECUTE FUNCTION desk_tell_version();

CREATE FUNCTION desk_tell_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('desk', json_build_object('caseId', NEW.case_id, 'message', NEW.no)::text);
  RETURN NULL;
END $$;
CREATE TRIGGER message_told AFTER INSERT ON message FOR EACH ROW EXECUTE FUNCTION desk_tell_message();

-- ── Access ──────────────────────────────────────────────────────────────────

-- 三员分设: an administrator's role goes with no other role at the same time, whoever writes the row.
CREATE FUNCTION post_held_separate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  administrators CONSTANT text[] := ARRAY['AUDITOR', 'SYSTEM_ADMIN', 'SECURITY_ADMIN'];
BEGIN
  IF EXISTS (
    SELECT 1 FROM post_held other
    WHERE other.account_id = NEW.account_id AND other.id <> NEW.id AND other.role <> NEW.role
      AND (other.role = ANY(administrators) OR NEW.role = ANY(administrators))
      AND daterange(other.from_on, other.to_on, '[]') && daterange(NEW.from_on, NEW.to_on, '[]')
  ) THEN
    RAISE EXCEPTION 'Administrators hold no other role: % for account %', NEW.role, NEW.account_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER post_held_separate BEFORE INSERT OR UPDATE ON post_held FOR EACH ROW EXECUTE FUNCTION post_held_separate();

-- ── People ──────────────────────────────────────────────────────────────────

-- Of employment, contract and placement one at a time is open-ended; of a year one rating is the recorded truth.
CREATE UNIQUE INDEX person_fact_open ON person_fact (person_id, kind)
  WHERE to_on IS NULL AND ended_at IS NULL AND kind IN ('employment', 'contract', 'post-grade-step', 'pay');
CREATE UNIQUE INDEX person_fact_rating ON person_fact (person_id, (value ->> 'year')) WHERE ended_at IS NULL AND kind = 'rating';

-- A recorded fact is not rewritten: its record may end, once.
CREATE FUNCTION person_fact_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF old.ended_at IS NOT NULL OR new.ended_at IS NULL OR to_jsonb(new) - 'ended_at' <> to_jsonb(old) - 'ended_at' THEN
    RAISE EXCEPTION 'A recorded fact is not rewritten, its record may only end: %', old.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER person_fact_kept BEFORE UPDATE ON person_fact FOR EACH ROW EXECUTE FUNCTION person_fact_kept();

-- ── Recruitment ─────────────────────────────────────────────────────────────

-- The current score of a paper: one of each application and sitting is the first, and every later one names the one before it.
CREATE UNIQUE INDEX score_first ON score (case_id, paper, sitting) WHERE replaces IS NULL;
CREATE INDEX application_import ON application (import_id) WHERE import_id IS NOT NULL;

CREATE FUNCTION score_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A score is not rewritten, it is corrected by a new row: % is refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER score_kept BEFORE UPDATE OR DELETE ON score FOR EACH ROW EXECUTE FUNCTION score_kept();
