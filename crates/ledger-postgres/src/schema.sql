-- Schema 1: 64-bit integers, text and bytes, and nothing that only one engine has. Text is compared, never sorted, by the database.

create table ledger (schema bigint primary key);

-- One row. Whoever writes anything but an item locks it first: that is the register's serial order.
create table head (
    id bigint primary key check (id = 1),
    register_size bigint not null,
    register_recorded_at bigint not null,
    access_size bigint not null,
    access_recorded_at bigint not null
);

create table record (
    log bigint not null,
    position bigint not null,
    recorded_at bigint not null,
    command bytea not null,
    part bigint not null,
    actor text not null,
    kind text not null,
    version bigint not null,
    facts bytea not null,
    erases bytea not null,
    particulars_digest bytea not null,
    leaf bytea not null,
    primary key (log, position),
    unique (log, command, part)
);

-- `kept` 0: read with its record; 1: an attachment, read by its name. `sealed` is null once its locker is erased.
create table particular (
    log bigint not null,
    position bigint not null,
    field text not null,
    locker bigint not null,
    kept bigint not null check (kept in (0, 1)),
    digest bytea not null,
    sealed bytea,
    primary key (log, position, field),
    foreign key (log, position) references record (log, position)
);

create unique index attachment on particular (field) where kept = 1;
create index content on particular (locker) where sealed is not null;

-- Which lockers the records erase; says nothing that the records do not.
create table erasure (locker bigint primary key, log bigint not null, position bigint not null);

create table vault (locker bigint primary key, epoch bigint not null, wrapped bytea not null);

create index epoch on vault (epoch);

create table item (
    kind text not null,
    key text not null,
    owner text not null,
    expires_at bigint,
    version bigint not null,
    body bytea not null,
    primary key (kind, key)
);

create index owned on item (kind, owner);
create index expiring on item (expires_at) where expires_at is not null;

insert into head values (1, 0, 0, 0, 0);
insert into ledger values (1);
