-- Tables for the tests of this folder; every type that RCMS uses.
create table person (
  id text primary key not null,
  name text not null,
  born_at bigint,
  weight double precision, -- a comment; with a semicolon
  photo bytea,
  revision bigint not null default 1,
  note text not null default 'bigint; bytea'
);
create index person_born on person (born_at, id);
