-- Schema 1. Rows of `record` and `particular` are written once: triggers refuse every change but the destruction of sealed bytes.

create table record (
    log integer not null,
    position integer not null,
    recorded_at integer not null,
    command blob not null,
    part integer not null,
    actor text not null,
    kind text not null,
    version integer not null,
    facts blob not null,
    erases blob not null,
    particulars_digest blob not null,
    leaf blob not null,
    primary key (log, position),
    unique (log, command, part)
) strict, without rowid;

-- `kept` 0: read with its record; 1: an attachment, read by its name. `sealed` is null once its locker is erased.
create table particular (
    log integer not null,
    position integer not null,
    field text not null,
    locker integer not null,
    kept integer not null check (kept in (0, 1)),
    digest blob not null,
    sealed blob,
    primary key (log, position, field),
    foreign key (log, position) references record (log, position)
) strict, without rowid;

create unique index attachment on particular (field) where kept = 1;
create index content on particular (locker) where sealed is not null;

-- Which lockers the records erase; says nothing that the records do not.
create table erasure (locker integer primary key, log integer not null, position integer not null) strict;

create table vault (locker integer primary key, epoch integer not null, wrapped blob not null) strict;

create index epoch on vault (epoch);

create table item (
    kind text not null,
    key text not null,
    owner text not null,
    expires_at integer,
    version integer not null,
    body blob not null,
    primary key (kind, key)
) strict, without rowid;

create index owned on item (kind, owner);
create index expiring on item (expires_at) where expires_at is not null;

create trigger record_stands before update on record
begin select raise(abort, 'a record is never changed'); end;

create trigger record_stays before delete on record
begin select raise(abort, 'a record is never removed'); end;

create trigger particular_stands before update on particular
when new.sealed is not null
    or (new.log, new.position, new.field, new.locker, new.kept, new.digest)
        is not (old.log, old.position, old.field, old.locker, old.kept, old.digest)
    or not exists (select 1 from erasure where locker = old.locker)
begin select raise(abort, 'sealed bytes are only ever destroyed, and only with their locker'); end;

create trigger particular_stays before delete on particular
begin select raise(abort, 'what is left of a particular is never removed'); end;

create trigger erasure_stands before update on erasure
begin select raise(abort, 'an erasure is never changed'); end;

create trigger erasure_stays before delete on erasure
begin select raise(abort, 'an erasure is never removed'); end;

create trigger key_stays before delete on vault
when not exists (select 1 from erasure where locker = old.locker)
begin select raise(abort, 'a key is only destroyed when its locker is erased'); end;
