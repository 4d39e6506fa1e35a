-- Who executes a change and until when nobody else may, and what it has done so far.

ALTER TABLE change_requests ADD COLUMN holder TEXT;
ALTER TABLE change_requests ADD COLUMN lease_until TEXT;
ALTER TABLE change_requests ADD COLUMN remedy_of TEXT;

CREATE TABLE change_steps (
    change_id   TEXT NOT NULL REFERENCES change_requests (id),
    sequence    INTEGER NOT NULL,
    name        TEXT NOT NULL,
    intent      TEXT NOT NULL,
    begun_at    TEXT NOT NULL,
    result      TEXT,
    finished_at TEXT,
    PRIMARY KEY (change_id, name)
);

CREATE UNIQUE INDEX change_steps_order ON change_steps (change_id, sequence);
