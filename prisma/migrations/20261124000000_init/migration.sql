-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "unit" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "parent_code" TEXT,
    "path" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "unit_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "staff_no" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sex" TEXT NOT NULL,
    "ethnicity" TEXT,
    "born_on" DATE NOT NULL,
    "id_no_cipher" BYTEA NOT NULL,
    "id_no_index" TEXT NOT NULL,
    "id_no_masked" TEXT NOT NULL,
    "political_status" TEXT,
    "education" TEXT,
    "certificate" TEXT,
    "phone" TEXT,
    "email" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_fact" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "from_on" DATE NOT NULL,
    "to_on" DATE,
    "value" JSONB NOT NULL,
    "unit_code" TEXT,
    "ground" TEXT NOT NULL,
    "assumed" BOOLEAN NOT NULL DEFAULT false,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_fact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "resident_figure" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "county_code" TEXT NOT NULL,
    "as_of" DATE NOT NULL,
    "residents" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "recorded_by_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "resident_figure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_batch" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "case_id" UUID,
    "file_name" TEXT NOT NULL,
    "file_hash" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "mapping" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "summary" JSONB NOT NULL,
    "rows" JSONB NOT NULL,
    "faults" JSONB NOT NULL,
    "uploaded_by" UUID NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_item" (
    "batch_id" UUID NOT NULL,
    "row_no" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "undo" JSONB,

    CONSTRAINT "import_item_pkey" PRIMARY KEY ("batch_id","row_no")
);

-- CreateTable
CREATE TABLE "import_synonym" (
    "kind" TEXT NOT NULL,
    "scope_code" TEXT NOT NULL DEFAULT '',
    "written" TEXT NOT NULL,
    "meaning" TEXT NOT NULL,
    "taught_by" UUID NOT NULL,
    "taught_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_synonym_pkey" PRIMARY KEY ("kind","scope_code","written")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_name" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "person_id" UUID,
    "email" TEXT,
    "password_hash" TEXT,
    "status" TEXT NOT NULL DEFAULT 'inactive',
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "activation_hash" TEXT,
    "activation_expiry" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_attempt" (
    "name_hash" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "locked_until" TIMESTAMPTZ(3),
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("name_hash")
);

-- CreateTable
CREATE TABLE "post_held" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "unit_code" TEXT NOT NULL,
    "title" TEXT,
    "from_on" DATE NOT NULL,
    "to_on" DATE,

    CONSTRAINT "post_held_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "relative" (
    "account_id" UUID NOT NULL,
    "other_id" UUID NOT NULL,

    CONSTRAINT "relative_pkey" PRIMARY KEY ("account_id","other_id")
);

-- CreateTable
CREATE TABLE "session" (
    "token_hash" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "csrf_token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "calendar_feed" (
    "account_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "last_read_at" TIMESTAMPTZ(3),

    CONSTRAINT "calendar_feed_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "case" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_no" TEXT NOT NULL,
    "process" TEXT NOT NULL,
    "natural_key" TEXT NOT NULL,
    "run" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "unit_code" TEXT NOT NULL,
    "subject_id" UUID,
    "person_id" UUID,
    "starter_id" UUID,
    "started_by_id" UUID,
    "cause_key" TEXT,
    "cause_case_id" UUID,
    "request_key" TEXT,
    "status" TEXT NOT NULL,
    "outcome" TEXT,
    "input" JSONB NOT NULL,
    "pinned" JSONB NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "effective_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "waiting_for" JSONB,
    "held_at" TIMESTAMPTZ(3),
    "ending" TEXT,
    "next_message_no" INTEGER NOT NULL DEFAULT 1,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stage_run" (
    "case_id" UUID NOT NULL,
    "stage" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "ask" JSONB NOT NULL DEFAULT '{}',
    "tally" JSONB,
    "result" JSONB,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "due_tentative" BOOLEAN NOT NULL DEFAULT false,
    "legal_end_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "seq" INTEGER NOT NULL,

    CONSTRAINT "stage_run_pkey" PRIMARY KEY ("case_id","stage","round")
);

-- CreateTable
CREATE TABLE "step_result" (
    "case_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "undo" JSONB,
    "undone" TIMESTAMPTZ(3),
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "step_result_pkey" PRIMARY KEY ("case_id","key")
);

-- CreateTable
CREATE TABLE "task" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "process" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "audience_role" TEXT,
    "audience_unit" TEXT,
    "assignee_id" UUID,
    "claimed" BOOLEAN NOT NULL DEFAULT false,
    "claimed_at" TIMESTAMPTZ(3),
    "chair" BOOLEAN NOT NULL DEFAULT false,
    "part" TEXT NOT NULL DEFAULT 'main',
    "origin_id" UUID,
    "list_unit" TEXT,
    "added_by_id" UUID,
    "note" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "answer" JSONB,
    "answered_by_id" UUID,
    "answered_as" JSONB,
    "answered_for_id" UUID,
    "read_at" TIMESTAMPTZ(3),
    "urged_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "due" (
    "id" BIGSERIAL NOT NULL,
    "case_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "stage" TEXT,
    "round" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "due_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message" (
    "case_id" UUID NOT NULL,
    "no" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "taken_until" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "message_pkey" PRIMARY KEY ("case_id","no")
);

-- CreateTable
CREATE TABLE "request_key" (
    "account_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "reply" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "request_key_pkey" PRIMARY KEY ("account_id","key")
);

-- CreateTable
CREATE TABLE "case_event" (
    "case_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "told" JSONB NOT NULL,
    "answer" JSONB NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_event_pkey" PRIMARY KEY ("case_id","event")
);

-- CreateTable
CREATE TABLE "case_date" (
    "case_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "on" DATE NOT NULL,
    "title" TEXT NOT NULL,

    CONSTRAINT "case_date_pkey" PRIMARY KEY ("case_id","key")
);

-- CreateTable
CREATE TABLE "task_escalation" (
    "task_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "unit_code" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "task_escalation_pkey" PRIMARY KEY ("task_id","role","unit_code")
);

-- CreateTable
CREATE TABLE "hold" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL,
    "document_no" TEXT NOT NULL,
    "by_id" UUID NOT NULL,

    CONSTRAINT "hold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "urge" (
    "task_id" UUID NOT NULL,
    "half" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "urge_pkey" PRIMARY KEY ("task_id","half")
);

-- CreateTable
CREATE TABLE "copy" (
    "case_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "how" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "note" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "copy_pkey" PRIMARY KEY ("case_id","account_id")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "stage" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "unit_code" TEXT NOT NULL,
    "days" INTEGER NOT NULL,
    "issuer" TEXT,
    "document_no" TEXT,
    "places" TEXT,
    "phone" TEXT,
    "address" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "posted_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "statement" JSONB,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_row" (
    "case_id" UUID NOT NULL,
    "stage" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "unit_name" TEXT NOT NULL,
    "post" TEXT NOT NULL,
    "detail" TEXT,
    "person_id" UUID,

    CONSTRAINT "notice_row_pkey" PRIMARY KEY ("case_id","stage","round","key")
);

-- CreateTable
CREATE TABLE "objection" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "notice_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "stage" TEXT NOT NULL,
    "row_key" TEXT NOT NULL,
    "objection_case_id" UUID,
    "named" BOOLEAN NOT NULL,
    "sealed" BYTEA NOT NULL,
    "code_hash" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT,
    "concluded_at" TIMESTAMPTZ(3),
    "replied_at" TIMESTAMPTZ(3),

    CONSTRAINT "objection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recusal" (
    "case_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "recusal_pkey" PRIMARY KEY ("case_id","account_id")
);

-- CreateTable
CREATE TABLE "substitution" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "principal_id" UUID NOT NULL,
    "substitute_id" UUID NOT NULL,
    "processes" TEXT[],
    "from_on" DATE NOT NULL,
    "to_on" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "set_by_id" UUID NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "substitution_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "comment" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "file_content" (
    "sha256" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "size" INTEGER NOT NULL,
    "type" TEXT NOT NULL,

    CONSTRAINT "file_content_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "attachment" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "stage" TEXT,
    "round" INTEGER,
    "sha256" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "case_id" UUID,
    "unit_code" TEXT,
    "detail" JSONB NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "resolution" TEXT,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_check" (
    "at" TIMESTAMPTZ(3) NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "cases" INTEGER NOT NULL,
    "faults" INTEGER NOT NULL,

    CONSTRAINT "case_check_pkey" PRIMARY KEY ("at")
);

-- CreateTable
CREATE TABLE "start_job" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "process" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "start_job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "start_job_item" (
    "job_id" UUID NOT NULL,
    "item_key" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "case_id" UUID,
    "refusal" JSONB,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "start_job_item_pkey" PRIMARY KEY ("job_id","item_key")
);

-- CreateTable
CREATE TABLE "batch_item" (
    "case_id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "person_id" UUID,
    "no" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "community" TEXT NOT NULL,
    "street" TEXT NOT NULL,
    "county" TEXT NOT NULL,
    "list_unit" TEXT,
    "apart" TEXT,
    "reason" TEXT,
    "roster" JSONB NOT NULL,
    "override" JSONB,
    "result" JSONB,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "batch_item_pkey" PRIMARY KEY ("case_id")
);

-- CreateTable
CREATE TABLE "list_job" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "batch_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "act" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "list_job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "list_job_item" (
    "job_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "refusal" JSONB,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "list_job_item_pkey" PRIMARY KEY ("job_id","case_id")
);

-- CreateTable
CREATE TABLE "recruitment_batch" (
    "batch_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "table_version" INTEGER NOT NULL DEFAULT 0,
    "rules" JSONB NOT NULL,
    "issuer" TEXT,
    "document_no" TEXT,
    "cut_off_on" DATE,
    "registration_from" TIMESTAMPTZ(3),
    "registration_to" TIMESTAMPTZ(3),
    "exams" JSONB NOT NULL DEFAULT '{}',
    "contact" TEXT,
    "posted_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "cancel_reason" TEXT,

    CONSTRAINT "recruitment_batch_pkey" PRIMARY KEY ("batch_id")
);

-- CreateTable
CREATE TABLE "recruitment_post" (
    "batch_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "unit_code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "planned" INTEGER NOT NULL,
    "communities" JSONB NOT NULL DEFAULT '[]',
    "requirements" JSONB NOT NULL,
    "places" INTEGER,
    "opening" TEXT,
    "opening_reason" TEXT,

    CONSTRAINT "recruitment_post_pkey" PRIMARY KEY ("batch_id","code")
);

-- CreateTable
CREATE TABLE "candidate" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID,
    "name" TEXT NOT NULL,
    "sex" TEXT NOT NULL,
    "born_on" DATE NOT NULL,
    "id_no_cipher" BYTEA NOT NULL,
    "id_no_index" TEXT NOT NULL,
    "id_no_masked" TEXT NOT NULL,
    "ethnicity" TEXT,
    "political_status" TEXT,
    "education" TEXT NOT NULL,
    "full_time" BOOLEAN NOT NULL DEFAULT false,
    "school" TEXT,
    "major" TEXT,
    "certificate" TEXT,
    "household" TEXT,
    "origin" TEXT,
    "phone" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "candidate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "application" (
    "case_id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "post_code" TEXT NOT NULL,
    "candidate_id" UUID NOT NULL,
    "ticket_no" TEXT,
    "facts" JSONB NOT NULL,
    "bonus" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "standing" TEXT NOT NULL DEFAULT 'registered',
    "out_reason" TEXT,
    "out_stage" TEXT,
    "out_at" TIMESTAMPTZ(3),
    "written_rank" INTEGER,
    "total" INTEGER,
    "rank" INTEGER,
    "backfilled_from" UUID,
    "backfill_phase" TEXT,
    "backfill_round" INTEGER,
    "backfill_why" TEXT,
    "chosen_unit" TEXT,
    "hired_person_id" UUID,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "import_id" UUID,
    "import_row" INTEGER,

    CONSTRAINT "application_pkey" PRIMARY KEY ("case_id")
);

-- CreateTable
CREATE TABLE "application_check" (
    "case_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "passed" BOOLEAN NOT NULL,
    "finding" BYTEA,
    "recorded_by" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "application_check_pkey" PRIMARY KEY ("case_id","kind","attempt")
);

-- CreateTable
CREATE TABLE "score" (
    "id" BIGSERIAL NOT NULL,
    "case_id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "paper" TEXT NOT NULL,
    "sitting" INTEGER NOT NULL DEFAULT 1,
    "value" INTEGER,
    "examiner" TEXT,
    "import_id" UUID,
    "import_row" INTEGER,
    "recorded_by" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "replaces" BIGINT,
    "reason" TEXT,

    CONSTRAINT "score_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "application_draft" (
    "account_id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "application_draft_pkey" PRIMARY KEY ("account_id","batch_id")
);

-- CreateTable
CREATE TABLE "sign_in_code" (
    "mail_hash" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "tries_left" INTEGER NOT NULL,
    "sent" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_code_pkey" PRIMARY KEY ("mail_hash")
);

-- CreateTable
CREATE TABLE "calendar_year" (
    "year" INTEGER NOT NULL,
    "unit_code" TEXT NOT NULL DEFAULT '',
    "official" BOOLEAN NOT NULL,
    "source" TEXT NOT NULL,
    "off" JSONB NOT NULL,
    "make_up" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "calendar_year_pkey" PRIMARY KEY ("year","unit_code")
);

-- CreateTable
CREATE TABLE "policy" (
    "key" TEXT NOT NULL,
    "unit_code" TEXT NOT NULL DEFAULT '',
    "effective_from" DATE NOT NULL,
    "version" INTEGER NOT NULL,
    "value" JSONB NOT NULL,
    "assumed" BOOLEAN NOT NULL,
    "source" TEXT,

    CONSTRAINT "policy_pkey" PRIMARY KEY ("key","unit_code","effective_from")
);

-- CreateTable
CREATE TABLE "ledger_chain" (
    "chain" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "ledger_chain_pkey" PRIMARY KEY ("chain")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "id" BIGSERIAL NOT NULL,
    "chain" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "prev_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "body" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "verb" TEXT NOT NULL,
    "accepted" BOOLEAN NOT NULL,
    "account_id" UUID,
    "case_id" UUID,
    "person_id" UUID,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_unsealed" (
    "entry_id" BIGINT NOT NULL,

    CONSTRAINT "ledger_unsealed_pkey" PRIMARY KEY ("entry_id")
);

-- CreateTable
CREATE TABLE "ledger_seal" (
    "no" INTEGER NOT NULL,
    "prev_hash" BYTEA NOT NULL,
    "root" BYTEA NOT NULL,
    "count" INTEGER NOT NULL,
    "hash" BYTEA NOT NULL,
    "signature" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_seal_pkey" PRIMARY KEY ("no")
);

-- CreateTable
CREATE TABLE "ledger_seal_item" (
    "seal_no" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "entry_id" BIGINT NOT NULL,

    CONSTRAINT "ledger_seal_item_pkey" PRIMARY KEY ("seal_no","position")
);

-- CreateTable
CREATE TABLE "mail" (
    "id" BIGSERIAL NOT NULL,
    "event_key" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "message_id" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "case_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "first_try_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_wish" (
    "account_id" UUID NOT NULL,
    "pace" TEXT NOT NULL,
    "copies" BOOLEAN NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_wish_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "mail_attempt" (
    "id" BIGSERIAL NOT NULL,
    "mail_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "detail" TEXT,

    CONSTRAINT "mail_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "demo_inbox" (
    "message_id" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "copies" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "demo_inbox_pkey" PRIMARY KEY ("message_id")
);

-- CreateIndex
CREATE INDEX "unit_parent_code_idx" ON "unit"("parent_code");

-- CreateIndex
CREATE INDEX "unit_path_idx" ON "unit"("path" text_pattern_ops);

-- CreateIndex
CREATE UNIQUE INDEX "person_staff_no_key" ON "person"("staff_no");

-- CreateIndex
CREATE UNIQUE INDEX "person_id_no_index_key" ON "person"("id_no_index");

-- CreateIndex
CREATE INDEX "person_fact_person_id_kind_from_on_idx" ON "person_fact"("person_id", "kind", "from_on");

-- CreateIndex
CREATE INDEX "person_fact_kind_unit_code_idx" ON "person_fact"("kind", "unit_code");

-- CreateIndex
CREATE INDEX "resident_figure_county_code_as_of_idx" ON "resident_figure"("county_code", "as_of");

-- CreateIndex
CREATE INDEX "import_batch_uploaded_by_uploaded_at_idx" ON "import_batch"("uploaded_by", "uploaded_at");

-- CreateIndex
CREATE INDEX "import_batch_file_hash_idx" ON "import_batch"("file_hash");

-- CreateIndex
CREATE INDEX "import_item_person_id_idx" ON "import_item"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_user_name_key" ON "account"("user_name");

-- CreateIndex
CREATE UNIQUE INDEX "account_person_id_key" ON "account"("person_id");

-- CreateIndex
CREATE INDEX "post_held_account_id_idx" ON "post_held"("account_id");

-- CreateIndex
CREATE INDEX "post_held_role_unit_code_idx" ON "post_held"("role", "unit_code");

-- CreateIndex
CREATE INDEX "session_account_id_idx" ON "session"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_feed_token_hash_key" ON "calendar_feed"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "case_case_no_key" ON "case"("case_no");

-- CreateIndex
CREATE UNIQUE INDEX "case_cause_key_key" ON "case"("cause_key");

-- CreateIndex
CREATE UNIQUE INDEX "case_request_key_key" ON "case"("request_key");

-- CreateIndex
CREATE INDEX "case_status_process_idx" ON "case"("status", "process");

-- CreateIndex
CREATE INDEX "case_subject_id_idx" ON "case"("subject_id");

-- CreateIndex
CREATE INDEX "case_person_id_idx" ON "case"("person_id");

-- CreateIndex
CREATE INDEX "case_starter_id_started_at_idx" ON "case"("starter_id", "started_at");

-- CreateIndex
CREATE INDEX "case_started_by_id_idx" ON "case"("started_by_id");

-- CreateIndex
CREATE INDEX "case_unit_code_idx" ON "case"("unit_code");

-- CreateIndex
CREATE INDEX "case_cause_case_id_idx" ON "case"("cause_case_id");

-- CreateIndex
CREATE INDEX "task_case_id_stage_round_idx" ON "task"("case_id", "stage", "round");

-- CreateIndex
CREATE INDEX "due_case_id_at_idx" ON "due"("case_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "due_case_id_key_key" ON "due"("case_id", "key");

-- CreateIndex
CREATE INDEX "task_escalation_role_unit_code_idx" ON "task_escalation"("role", "unit_code");

-- CreateIndex
CREATE INDEX "hold_case_id_from_at_idx" ON "hold"("case_id", "from_at");

-- CreateIndex
CREATE INDEX "copy_account_id_at_idx" ON "copy"("account_id", "at");

-- CreateIndex
CREATE INDEX "notice_posted_at_idx" ON "notice"("posted_at");

-- CreateIndex
CREATE UNIQUE INDEX "notice_case_id_stage_round_key" ON "notice"("case_id", "stage", "round");

-- CreateIndex
CREATE INDEX "notice_row_person_id_idx" ON "notice_row"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "objection_objection_case_id_key" ON "objection"("objection_case_id");

-- CreateIndex
CREATE UNIQUE INDEX "objection_code_hash_key" ON "objection"("code_hash");

-- CreateIndex
CREATE INDEX "objection_notice_id_idx" ON "objection"("notice_id");

-- CreateIndex
CREATE INDEX "objection_case_id_stage_idx" ON "objection"("case_id", "stage");

-- CreateIndex
CREATE INDEX "substitution_principal_id_to_on_idx" ON "substitution"("principal_id", "to_on");

-- CreateIndex
CREATE INDEX "substitution_substitute_id_to_on_idx" ON "substitution"("substitute_id", "to_on");

-- CreateIndex
CREATE INDEX "comment_case_id_at_idx" ON "comment"("case_id", "at");

-- CreateIndex
CREATE INDEX "attachment_case_id_at_idx" ON "attachment"("case_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "incident_key_key" ON "incident"("key");

-- CreateIndex
CREATE INDEX "incident_resolved_at_opened_at_idx" ON "incident"("resolved_at", "opened_at");

-- CreateIndex
CREATE INDEX "batch_item_batch_id_list_unit_idx" ON "batch_item"("batch_id", "list_unit");

-- CreateIndex
CREATE INDEX "batch_item_person_id_idx" ON "batch_item"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "batch_item_batch_id_person_id_key" ON "batch_item"("batch_id", "person_id");

-- CreateIndex
CREATE INDEX "list_job_batch_id_created_at_idx" ON "list_job"("batch_id", "created_at");

-- CreateIndex
CREATE INDEX "recruitment_batch_posted_at_idx" ON "recruitment_batch"("posted_at");

-- CreateIndex
CREATE INDEX "recruitment_post_unit_code_idx" ON "recruitment_post"("unit_code");

-- CreateIndex
CREATE UNIQUE INDEX "candidate_account_id_key" ON "candidate"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "candidate_id_no_index_key" ON "candidate"("id_no_index");

-- CreateIndex
CREATE INDEX "candidate_email_idx" ON "candidate"("email");

-- CreateIndex
CREATE INDEX "application_batch_id_post_code_idx" ON "application"("batch_id", "post_code");

-- CreateIndex
CREATE INDEX "application_candidate_id_idx" ON "application"("candidate_id");

-- CreateIndex
CREATE UNIQUE INDEX "application_batch_id_candidate_id_key" ON "application"("batch_id", "candidate_id");

-- CreateIndex
CREATE UNIQUE INDEX "application_batch_id_ticket_no_key" ON "application"("batch_id", "ticket_no");

-- CreateIndex
CREATE UNIQUE INDEX "score_replaces_key" ON "score"("replaces");

-- CreateIndex
CREATE INDEX "score_case_id_paper_sitting_idx" ON "score"("case_id", "paper", "sitting");

-- CreateIndex
CREATE INDEX "score_batch_id_paper_idx" ON "score"("batch_id", "paper");

-- CreateIndex
CREATE INDEX "ledger_entry_case_id_id_idx" ON "ledger_entry"("case_id", "id");

-- CreateIndex
CREATE INDEX "ledger_entry_person_id_id_idx" ON "ledger_entry"("person_id", "id");

-- CreateIndex
CREATE INDEX "ledger_entry_account_id_id_idx" ON "ledger_entry"("account_id", "id");

-- CreateIndex
CREATE INDEX "ledger_entry_verb_id_idx" ON "ledger_entry"("verb", "id");

-- CreateIndex
CREATE INDEX "ledger_entry_at_idx" ON "ledger_entry" USING BRIN ("at");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entry_chain_seq_key" ON "ledger_entry"("chain", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_seal_item_entry_id_key" ON "ledger_seal_item"("entry_id");

-- CreateIndex
CREATE UNIQUE INDEX "mail_message_id_key" ON "mail"("message_id");

-- CreateIndex
CREATE INDEX "mail_account_id_created_at_idx" ON "mail"("account_id", "created_at");

-- CreateIndex
CREATE INDEX "mail_case_id_idx" ON "mail"("case_id");

-- CreateIndex
CREATE UNIQUE INDEX "mail_event_key_account_id_key" ON "mail"("event_key", "account_id");

-- CreateIndex
CREATE INDEX "mail_attempt_mail_id_idx" ON "mail_attempt"("mail_id");

-- CreateIndex
CREATE INDEX "demo_inbox_recipient_received_at_idx" ON "demo_inbox"("recipient", "received_at");
