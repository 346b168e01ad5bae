-- A visitor has gone to another service to sign in there. The row goes away when the visitor comes back, and after ten
-- minutes. state and browser are kept as hashes; nonce and verifier (PKCE) are worth nothing without the answer.
CREATE TABLE unfinished_sign_in (
  state_hash TEXT PRIMARY KEY CHECK (length(state_hash) = 64),
  browser_hash TEXT NOT NULL CHECK (length(browser_hash) = 64),
  nonce TEXT NOT NULL CHECK (length(nonce) BETWEEN 20 AND 100),
  verifier TEXT NOT NULL CHECK (length(verifier) BETWEEN 43 AND 128),
  next TEXT NOT NULL CHECK (length(next) <= 2000),
  started_at MOMENT NOT NULL
) STRICT;
CREATE INDEX unfinished_sign_in_started ON unfinished_sign_in (started_at);
