BEGIN TRANSACTION;
CREATE TABLE access_tokens (
	token VARCHAR NOT NULL, 
	factor_friendly_name VARCHAR, 
	ttl INTEGER NOT NULL, 
	expires DOUBLE NOT NULL, 
	used BOOLEAN NOT NULL, 
	service_sid VARCHAR(34) NOT NULL, 
	identity VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	sid VARCHAR(34) NOT NULL, 
	account_sid VARCHAR(34) NOT NULL, 
	created INTEGER NOT NULL, 
	updated INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (token), 
	FOREIGN KEY(service_sid) REFERENCES services (sid) ON DELETE CASCADE, 
	UNIQUE (sid)
);
INSERT INTO "access_tokens" VALUES('eyJhbGciOiJBMjU2S1ciLCJlbmMiOiJBMjU2R0NNIn0.pgqXey_h9kZpKaHau8kiiZBh4SgBL9Ss58_lSvDtWkIGM5hnbzQbTQ.4T7_GjVHRQO_rFRt.O_6Rye4c9XXENCQ5vHZMK09a4hJcYpTZgu1ebQ82eIrh2fhk37qsKQFV6cw3eptmY3dyl9DpTB179eE_27qasZm4GTH_C630RQmVg1pG9a_PL5OdP64vFbj3vtZN13zR.UOnxgCb1n7woZNPFMYcUFA',NULL,60,1700000060.5,1,'VAcad142ba6785a4b5b7935ab54c84d335','version-one-user',1,'YK4575f31496ab4543bdf8993c38d45095','AC587146a93e5d70a7ba1f1032c3c5478b',1700000000,1700000000);
INSERT INTO "access_tokens" VALUES('eyJhbGciOiJBMjU2S1ciLCJlbmMiOiJBMjU2R0NNIn0.DE_DrU5tAhgJYoVe6HyIuuKqd-LF61J6ghdeGYAkLlnTBIG94gr5yg.CHNBUZzOJqmtkSpb.MCu53mVhMX3pE5u61oIJvY-BRYYVZnpUzIb0-FJCpI4SGIckfUEcCIZmKeo2xW7iZap99Q94Bu6ck9qmc8EYMFcot7J5rorAeAkGkMuK2eE0c88k61Zy05wRQacmOSBI.5tMjqrDTZ59qPbcqHp_4ag',NULL,300,1700000300.5,0,'VAcad142ba6785a4b5b7935ab54c84d335','somebody-else',2,'YK45d7e33be17cb241489d31fdd3a57b20','AC587146a93e5d70a7ba1f1032c3c5478b',1700000000,1700000000);
CREATE TABLE accounts (
	id INTEGER NOT NULL, 
	sid VARCHAR(34) NOT NULL, 
	auth_token VARCHAR(64) NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (sid)
);
INSERT INTO "accounts" VALUES(1,'AC587146a93e5d70a7ba1f1032c3c5478b','970b175d7d31bc6e140d37df8aff9da8');
CREATE TABLE challenges (
	factor_sid VARCHAR(34) NOT NULL, 
	details JSON NOT NULL, 
	hidden_details JSON, 
	status VARCHAR NOT NULL, 
	expires INTEGER NOT NULL, 
	responded INTEGER, 
	entity_sid VARCHAR(34) NOT NULL, 
	meta JSON, 
	service_sid VARCHAR(34) NOT NULL, 
	identity VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	sid VARCHAR(34) NOT NULL, 
	account_sid VARCHAR(34) NOT NULL, 
	created INTEGER NOT NULL, 
	updated INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(entity_sid) REFERENCES entities (sid) ON DELETE CASCADE, 
	FOREIGN KEY(service_sid) REFERENCES services (sid) ON DELETE CASCADE, 
	UNIQUE (sid)
);
INSERT INTO "challenges" VALUES('YFd7e748f5b54e758d88baf43d9d148327','{"message": "Sign in?", "fields": []}',NULL,'approved',1700000300,1700000000,'YEcebc8a74518a2797b71bb71fdc15570f',NULL,'VAcad142ba6785a4b5b7935ab54c84d335','version-one-user',1,'YC7ff386eb21fd2d05a51183afe6ca9d0c','AC587146a93e5d70a7ba1f1032c3c5478b',1700000000,1700000000);
INSERT INTO "challenges" VALUES('YFd7e748f5b54e758d88baf43d9d148327','{"message": "Sign in?", "fields": [{"label": "Ort", "value": "K\u00f6ln"}]}','{"transaction": "t-1"}','pending',1700000300,NULL,'YEcebc8a74518a2797b71bb71fdc15570f',NULL,'VAcad142ba6785a4b5b7935ab54c84d335','version-one-user',2,'YCcc567ca47d26ee52716a78d764429f40','AC587146a93e5d70a7ba1f1032c3c5478b',1700000000,1700000000);
CREATE TABLE entities (
	service_sid VARCHAR(34) NOT NULL, 
	identity VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	sid VARCHAR(34) NOT NULL, 
	account_sid VARCHAR(34) NOT NULL, 
	created INTEGER NOT NULL, 
	updated INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (service_sid, identity), 
	FOREIGN KEY(service_sid) REFERENCES services (sid) ON DELETE CASCADE, 
	UNIQUE (sid)
);
INSERT INTO "entities" VALUES('VAcad142ba6785a4b5b7935ab54c84d335','version-one-user',1,'YEcebc8a74518a2797b71bb71fdc15570f','AC587146a93e5d70a7ba1f1032c3c5478b',1700000000,1700000000);
CREATE TABLE factor_creations (
	id INTEGER NOT NULL, 
	service_sid VARCHAR(34) NOT NULL, 
	identity VARCHAR NOT NULL, 
	created DOUBLE NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(service_sid) REFERENCES services (sid) ON DELETE CASCADE
);
INSERT INTO "factor_creations" VALUES(1,'VAcad142ba6785a4b5b7935ab54c84d335','version-one-user',1700000000.5);
CREATE TABLE factors (
	friendly_name VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	config JSON NOT NULL, 
	credential_sid VARCHAR(34) NOT NULL, 
	public_key BLOB NOT NULL, 
	entity_sid VARCHAR(34) NOT NULL, 
	meta JSON, 
	service_sid VARCHAR(34) NOT NULL, 
	identity VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	sid VARCHAR(34) NOT NULL, 
	account_sid VARCHAR(34) NOT NULL, 
	created INTEGER NOT NULL, 
	updated INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (service_sid, public_key), 
	UNIQUE (credential_sid), 
	FOREIGN KEY(entity_sid) REFERENCES entities (sid) ON DELETE CASCADE, 
	FOREIGN KEY(service_sid) REFERENCES services (sid) ON DELETE CASCADE, 
	UNIQUE (sid)
);
INSERT INTO "factors" VALUES('Laptop','verified','{"sdk_version": "1.0", "app_id": "com.example.app", "notification_platform": "none", "notification_token": null}','CRa1011f97a0ea90766c30bd1224fd6c64',X'3059301306072A8648CE3D020106082A8648CE3D0301070342000422EDBB662FA8BD963B94750F3D67F334D56DB674C6C13A33905415B2FFF4401B7A25ECD398280C6431A3C522D223A32DE01D69B2AD72E0970247771B4FCC6A57','YEcebc8a74518a2797b71bb71fdc15570f',NULL,'VAcad142ba6785a4b5b7935ab54c84d335','version-one-user',1,'YFd7e748f5b54e758d88baf43d9d148327','AC587146a93e5d70a7ba1f1032c3c5478b',1700000000,1700000000);
CREATE TABLE schema_info (
	version INTEGER NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "schema_info" VALUES(1);
CREATE TABLE services (
	friendly_name VARCHAR NOT NULL, 
	include_date BOOLEAN NOT NULL, 
	apn_credential_sid VARCHAR, 
	fcm_credential_sid VARCHAR, 
	id INTEGER NOT NULL, 
	sid VARCHAR(34) NOT NULL, 
	account_sid VARCHAR(34) NOT NULL, 
	created INTEGER NOT NULL, 
	updated INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (sid)
);
INSERT INTO "services" VALUES('Countersign sandbox',0,NULL,NULL,1,'VAcad142ba6785a4b5b7935ab54c84d335','AC587146a93e5d70a7ba1f1032c3c5478b',1700000000,1700000000);
CREATE INDEX ix_access_tokens_service_sid ON access_tokens (service_sid);
CREATE INDEX ix_entities_service_sid ON entities (service_sid);
CREATE INDEX ix_factor_creations_service_sid ON factor_creations (service_sid);
CREATE INDEX ix_factor_creations_identity ON factor_creations (identity);
CREATE INDEX ix_factors_service_sid ON factors (service_sid);
CREATE INDEX ix_factors_entity_sid ON factors (entity_sid);
CREATE INDEX ix_challenges_entity_sid ON challenges (entity_sid);
CREATE INDEX ix_challenges_service_sid ON challenges (service_sid);
CREATE INDEX challenges_by_factor ON challenges (factor_sid, status, id);
COMMIT;
