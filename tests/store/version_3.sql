BEGIN TRANSACTION;
CREATE TABLE cell (
	item INTEGER NOT NULL,
	field TEXT NOT NULL,
	revision INTEGER NOT NULL,
	ended INTEGER,
	text TEXT NOT NULL,
	canonical TEXT NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (item, field, revision),
	CONSTRAINT ends_after_it_began CHECK (ended > revision),
	FOREIGN KEY(item) REFERENCES item (id),
	FOREIGN KEY(revision) REFERENCES revision (number),
	FOREIGN KEY(ended) REFERENCES revision (number)
);
INSERT INTO "cell" VALUES(1,'rag',0,1,'R','r','');
INSERT INTO "cell" VALUES(1,'ref',1,NULL,'A1.1','a1.1','');
INSERT INTO "cell" VALUES(1,'rag',1,2,'A','a','');
INSERT INTO "cell" VALUES(1,'progress',1,NULL,'Recruiting','recruiting','');
INSERT INTO "cell" VALUES(2,'ref',1,NULL,'A1.2','a1.2','');
INSERT INTO "cell" VALUES(2,'rag',1,NULL,'R','r','');
INSERT INTO "cell" VALUES(1,'rag',2,NULL,'G','g','');
CREATE TABLE counter (
	name TEXT NOT NULL,
	value INTEGER NOT NULL,
	PRIMARY KEY (name)
);
INSERT INTO "counter" VALUES('revision',2);
CREATE TABLE decision (
	number INTEGER NOT NULL,
	question TEXT NOT NULL,
	fingerprint TEXT NOT NULL,
	choice TEXT NOT NULL,
	"by" TEXT NOT NULL,
	at TEXT NOT NULL,
	value_text TEXT NOT NULL,
	value_canonical TEXT NOT NULL,
	lead TEXT NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (number)
);
INSERT INTO "decision" VALUES(1,'C1','a1ragclearedgaAsha','master','Olive','2013-01-17T10:00:00','','','','Keep it.');
CREATE TABLE file (
	sha256 TEXT NOT NULL,
	data BLOB NOT NULL,
	PRIMARY KEY (sha256)
);
INSERT INTO "file" VALUES('9287aee64387111b9d11d4f9736f5b81ffde7d5a8ac143ba301db9132bdaced3',X'504B2074686520776F726B626F6F6B');
INSERT INTO "file" VALUES('fcab7fcc2b4cffd9bb45003bfc2e468a04ef6f77ca8200a7341f027631584d25',X'504B');
CREATE TABLE finding (
	number INTEGER NOT NULL,
	returned INTEGER NOT NULL,
	severity TEXT NOT NULL,
	code TEXT NOT NULL,
	message TEXT NOT NULL,
	hint TEXT NOT NULL,
	file TEXT NOT NULL,
	sheet TEXT NOT NULL,
	cell TEXT NOT NULL,
	"key" TEXT,
	ref TEXT,
	lead TEXT,
	field TEXT,
	value TEXT,
	PRIMARY KEY (number),
	FOREIGN KEY(returned) REFERENCES received (id) ON DELETE CASCADE
);
CREATE TABLE "issue" (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    round INTEGER,
    lead TEXT NOT NULL,
    code TEXT NOT NULL,
    path TEXT NOT NULL,
    revision INTEGER NOT NULL,
    at TEXT NOT NULL,
    about TEXT NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (id),
    UNIQUE (code),
    FOREIGN KEY(round) REFERENCES round (id),
    FOREIGN KEY(revision) REFERENCES revision (number)
);
INSERT INTO "issue" VALUES(1,'i1','update',1,'Asha','CODE-i1','out/Asha.xlsx',1,'2013-01-03T09:00:00','');
INSERT INTO "issue" VALUES(2,'m1','master',NULL,'Office','CODE-m1','master/r2.xlsx',2,'2013-01-04T09:00:00','');
CREATE TABLE issued_row (
	token TEXT NOT NULL,
	issue TEXT NOT NULL,
	"key" TEXT NOT NULL,
	position INTEGER NOT NULL,
	PRIMARY KEY (token),
	FOREIGN KEY(issue) REFERENCES issue (id)
);
INSERT INTO "issued_row" VALUES('i1-token-0','i1','a2',0);
INSERT INTO "issued_row" VALUES('i1-token-1','i1','a1',1);
INSERT INTO "issued_row" VALUES('m1-token-0','m1','a1',1);
CREATE TABLE item (
	id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	kind TEXT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE ("key")
);
INSERT INTO "item" VALUES(1,'a1','action');
INSERT INTO "item" VALUES(2,'a2','action');
CREATE TABLE mapping (
	revision INTEGER NOT NULL,
	toml TEXT NOT NULL,
	PRIMARY KEY (revision),
	FOREIGN KEY(revision) REFERENCES revision (number)
);
INSERT INTO "mapping" VALUES(1,'title = "Walsall"');
CREATE TABLE meta (
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (name)
);
INSERT INTO "meta" VALUES('application','xlplan');
INSERT INTO "meta" VALUES('version','3');
INSERT INTO "meta" VALUES('source_name','Action plan.xlsx');
INSERT INTO "meta" VALUES('source_sha256','9287aee64387111b9d11d4f9736f5b81ffde7d5a8ac143ba301db9132bdaced3');
CREATE TABLE question (
	prefix TEXT NOT NULL,
	number INTEGER NOT NULL,
	fingerprint TEXT NOT NULL,
	"key" TEXT NOT NULL,
	field TEXT NOT NULL,
	open BOOLEAN NOT NULL,
	closed INTEGER,
	PRIMARY KEY (prefix, number),
	FOREIGN KEY(closed) REFERENCES revision (number)
);
CREATE TABLE received (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL,
	sha256 TEXT,
	lead TEXT NOT NULL,
	round INTEGER,
	issue TEXT,
	base INTEGER,
	status TEXT NOT NULL,
	arrived_at TEXT NOT NULL,
	saved_at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	nil BOOLEAN NOT NULL,
	note TEXT NOT NULL,
	FOREIGN KEY(sha256) REFERENCES file (sha256),
	FOREIGN KEY(round) REFERENCES round (id),
	FOREIGN KEY(issue) REFERENCES issue (id),
	FOREIGN KEY(base) REFERENCES revision (number)
);
INSERT INTO "received" VALUES(1,'Asha.xlsx','fcab7fcc2b4cffd9bb45003bfc2e468a04ef6f77ca8200a7341f027631584d25','Asha',1,'i1',1,'waiting','2013-01-20T08:00:00','','',0,'');
CREATE TABLE received_cell (
	returned INTEGER NOT NULL,
	position INTEGER NOT NULL,
	field TEXT NOT NULL,
	place INTEGER NOT NULL,
	text TEXT NOT NULL,
	canonical TEXT NOT NULL,
	sheet TEXT NOT NULL,
	cell TEXT NOT NULL,
	shown_text TEXT NOT NULL,
	shown_canonical TEXT NOT NULL,
	superseded BOOLEAN NOT NULL,
	PRIMARY KEY (returned, position, field),
	FOREIGN KEY(returned, position) REFERENCES received_row (returned, position) ON DELETE CASCADE
);
INSERT INTO "received_cell" VALUES(1,0,'rag',0,'G','g','Update','H0','shown','shown',0);
CREATE TABLE received_row (
	returned INTEGER NOT NULL,
	position INTEGER NOT NULL,
	sheet TEXT NOT NULL,
	"row" INTEGER NOT NULL,
	kind TEXT NOT NULL,
	"key" TEXT,
	token TEXT NOT NULL,
	note TEXT NOT NULL,
	PRIMARY KEY (returned, position),
	FOREIGN KEY(returned) REFERENCES received (id) ON DELETE CASCADE
);
INSERT INTO "received_row" VALUES(1,0,'Update',12,'answered','a1','token-1','');
CREATE TABLE received_scope (
	returned INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	PRIMARY KEY (returned, "key"),
	FOREIGN KEY(returned) REFERENCES received (id) ON DELETE CASCADE
);
CREATE TABLE revision (
	number INTEGER NOT NULL,
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	kind TEXT NOT NULL,
	note TEXT NOT NULL,
	round INTEGER,
	changes INTEGER NOT NULL,
	undoes INTEGER,
	PRIMARY KEY (number),
	FOREIGN KEY(undoes) REFERENCES revision (number)
);
INSERT INTO "revision" VALUES(0,'','','seed','initial',NULL,1,NULL);
INSERT INTO "revision" VALUES(1,'2013-01-02T09:00:00','Olive','init','',NULL,5,NULL);
INSERT INTO "revision" VALUES(2,'2013-02-01T10:00:00','Olive','merge','',NULL,1,NULL);
CREATE TABLE round (
	id INTEGER NOT NULL,
	name TEXT NOT NULL,
	return_by TEXT NOT NULL,
	opened_at TEXT NOT NULL,
	opened INTEGER NOT NULL,
	closed_at TEXT NOT NULL,
	closed INTEGER,
	PRIMARY KEY (id),
	UNIQUE (name),
	FOREIGN KEY(opened) REFERENCES revision (number),
	FOREIGN KEY(closed) REFERENCES revision (number)
);
INSERT INTO "round" VALUES(1,'January Board','2013-01-16','2013-01-03T09:00:00',1,'',NULL);
CREATE TABLE settlement (
	returned INTEGER NOT NULL,
	position INTEGER NOT NULL,
	field TEXT NOT NULL,
	revision INTEGER NOT NULL,
	ended INTEGER,
	PRIMARY KEY (returned, position, field, revision),
	FOREIGN KEY(returned, position, field) REFERENCES received_cell (returned, position, field) ON DELETE CASCADE,
	FOREIGN KEY(revision) REFERENCES revision (number),
	FOREIGN KEY(ended) REFERENCES revision (number)
);
INSERT INTO "settlement" VALUES(1,0,'rag',2,NULL);
CREATE TABLE source (
	item INTEGER NOT NULL,
	field TEXT NOT NULL,
	revision INTEGER NOT NULL,
	position INTEGER NOT NULL,
	lead TEXT NOT NULL,
	file TEXT NOT NULL,
	sheet TEXT NOT NULL,
	cell TEXT NOT NULL,
	at TEXT NOT NULL,
	PRIMARY KEY (item, field, revision, position),
	FOREIGN KEY(item, field, revision) REFERENCES cell (item, field, revision)
);
INSERT INTO "source" VALUES(1,'rag',2,0,'Asha','Asha.xlsx','Update','H12','');
CREATE TABLE unwritten (
    issue TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (issue),
    FOREIGN KEY(issue) REFERENCES issue (id)
);
CREATE UNIQUE INDEX cell_one_open ON cell (item, field) WHERE ended IS NULL;
CREATE INDEX cell_ended ON cell (ended);
CREATE INDEX cell_revision ON cell (revision);
CREATE UNIQUE INDEX question_one_open ON question (prefix, "key", field) WHERE open;
CREATE INDEX ix_issued_row_issue ON issued_row (issue);
CREATE INDEX ix_received_sha256 ON received (sha256);
CREATE INDEX ix_finding_returned ON finding (returned);
CREATE UNIQUE INDEX settlement_one_open ON settlement (returned, position, field) WHERE ended IS NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('received',1);
COMMIT;
