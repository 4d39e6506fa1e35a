-- Which due moments of a schedule have been taken, and up to when its subjects have been seen to.

CREATE TABLE schedule_runs (
    schedule    TEXT NOT NULL,
    due         TEXT NOT NULL,
    holder      TEXT NOT NULL,
    started_at  TEXT NOT NULL,
    finished_at TEXT,
    outcome     TEXT,
    PRIMARY KEY (schedule, due)
);

CREATE TABLE schedule_marks (
    schedule   TEXT NOT NULL,
    subject    TEXT NOT NULL,
    seen_until TEXT NOT NULL,
    PRIMARY KEY (schedule, subject)
);
