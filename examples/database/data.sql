-- a shop's customers and orders, invented, with deliberate errors
create table customers (
    id bigint primary key,
    name text,
    credit numeric,
    birthday date,
    updated_at timestamptz not null
);
create table orders (id bigint primary key, customer_id bigint not null, placed timestamptz not null);

insert into customers values
    (1, 'Ada Lindqvist', 120.50, '1985-12-10', '2024-03-01 09:00+01'),
    (2, 'Jean Petit', 0, '1990-02-28', '2024-03-01 10:30+01'),
    (3, 'Max Adler', -15.00, '1979-07-02', '2024-03-02 08:15+01'),
    (4, 'Mia Roth', 12345678.901, '1993-11-30', '2024-03-02 12:00+01'),
    (5, null, 20.00, null, '2024-03-03 09:45+01'),
    (6, 'Olle Berg', null, 'infinity', '2024-03-03 18:20+01'),
    (7, 'Zoë Martin', 75.25, '2001-01-01', '2024-03-04 07:05+01');
insert into orders select n, 1 + n % 7, timestamptz '2024-03-05 00:00+01' + n * interval '1 hour'
    from generate_series(1, 40) n where n % 7 <> 5;
