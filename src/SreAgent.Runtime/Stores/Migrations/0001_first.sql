-- Times are UTC text of fixed width (see StoredTime); names of states, kinds and surfaces are those of the code's enums.

CREATE TABLE change_requests (
    id              TEXT NOT NULL PRIMARY KEY,
    state           TEXT NOT NULL,
    digest          TEXT NOT NULL,
    tool            TEXT NOT NULL,
    arguments       TEXT NOT NULL,
    environment     TEXT NOT NULL,
    persona         TEXT NOT NULL,
    requester       TEXT NOT NULL,
    requested_via   TEXT NOT NULL,
    policy_version  TEXT NOT NULL,
    plan            TEXT NOT NULL,
    rules           TEXT NOT NULL,
    approvals       TEXT NOT NULL,
    conversation_id TEXT,
    call_id         TEXT,
    created_at      TEXT NOT NULL,
    expires_at      TEXT NOT NULL,
    decided_at      TEXT,
    denied_by       TEXT,
    executed_at     TEXT,
    completed_at    TEXT,
    outcome         TEXT
);

-- One open request per digest: what AddOrGetOpen promises, held by the database as well.
CREATE UNIQUE INDEX change_requests_open ON change_requests (digest) WHERE state IN ('Pending', 'Approved');
-- Requests that may lapse are looked for on every call.
CREATE INDEX change_requests_lapsing ON change_requests (state, expires_at);
CREATE INDEX change_requests_newest ON change_requests (created_at);
CREATE INDEX change_requests_conversation ON change_requests (conversation_id, created_at);

CREATE TABLE audit (
    sequence      INTEGER NOT NULL PRIMARY KEY,
    at            TEXT NOT NULL,
    kind          TEXT NOT NULL,
    actor         TEXT NOT NULL,
    persona       TEXT NOT NULL,
    environment   TEXT NOT NULL,
    tool          TEXT NOT NULL,
    subject       TEXT NOT NULL,
    detail        TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash          TEXT NOT NULL
);

-- Guards against accidents and ordinary tools. Whoever drops these triggers is found out by the hash chain.
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;

CREATE TRIGGER audit_has_no_gaps BEFORE INSERT ON audit
WHEN NEW.sequence <> (SELECT COALESCE(MAX(sequence), 0) + 1 FROM audit)
BEGIN
    SELECT RAISE(ABORT, 'the audit trail has no gaps and replaces nothing');
END;

CREATE TABLE conversations (
    id         TEXT NOT NULL PRIMARY KEY,
    persona    TEXT NOT NULL,
    owner      TEXT NOT NULL,
    title      TEXT NOT NULL,
    started_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);

CREATE INDEX conversations_recent ON conversations (updated_at);

CREATE TABLE messages (
    conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    sequence        BIGINT NOT NULL,
    role            TEXT NOT NULL,
    body            TEXT NOT NULL,
    at              TEXT NOT NULL,
    PRIMARY KEY (conversation_id, sequence)
);

-- No reference to conversations: a result is worth keeping also when its conversation was never saved.
CREATE TABLE results (
    handle          TEXT NOT NULL PRIMARY KEY,
    conversation_id TEXT,
    tool            TEXT NOT NULL,
    body            TEXT NOT NULL,
    at              TEXT NOT NULL
);

CREATE INDEX results_newest ON results (at);
CREATE INDEX results_conversation ON results (conversation_id, at);

CREATE TABLE kill_switch (
    id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    stopped INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    reason  TEXT NOT NULL,
    at      TEXT NOT NULL
);
