create table letter (
  id text primary key not null,
  person text not null references person (id),
  pages bigint not null check (pages > 0)
);
create index letter_person on letter (person);
