-- Reviews of production readiness as they were made; a subject's oldest go.

CREATE TABLE reviews (
    id          TEXT NOT NULL PRIMARY KEY,
    subject     TEXT NOT NULL,
    persona     TEXT NOT NULL,
    commit_hash TEXT,
    author      TEXT NOT NULL,
    ready       INTEGER NOT NULL,
    body        TEXT NOT NULL,
    at          TEXT NOT NULL
);

CREATE INDEX reviews_subject ON reviews (subject, persona, at);
CREATE INDEX reviews_newest ON reviews (at);
