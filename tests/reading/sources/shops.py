"""The same shop's tables in the words of two kinds of server."""

ODD = 'order "date" 100%'

ON_POSTGRES = (
    "create table orders (id serial primary key, customer_id text, "
    'placed timestamptz, "order ""date"" 100%" date, total numeric(10,2), paid boolean, note jsonb)',
    """insert into orders (customer_id, placed, "order ""date"" 100%", total, paid, note)
    select lpad((i * 7 % 80)::text, 4, '0'), timestamptz '2024-01-01 10:00+01' + i * interval '3 hours',
    date '2024-01-01' + i / 8, i % 90 + 0.5, i % 3 = 0, '{"a": 1}' from generate_series(1, 2400) i""",
    "create table customers (customer_id text, town text, joined date)",
    "insert into customers select lpad(i::text, 4, '0'), 'Mainz', 'infinity' from generate_series(0, 79) i",
    "create table log (id int, at timestamp)",
    "create table salaries (customer text, amount int)",
    "create schema web",
    "create view web.orders as select id, customer_id, placed, total from orders where id <= 50",
    "create view web.many as select o.* from orders o, generate_series(1, 200)",
    "create view web.slow as select id, customer_id, pg_sleep(1)::text from orders",
    "grant select on orders, customers, log to anna",
    "grant usage on schema web to anna",
    "grant select on web.orders to anna",
)
ON_MARIADB = (
    "create table orders (id int auto_increment primary key, customer_id varchar(9), "
    'placed timestamp, `order "date" 100%` date, total decimal(10,2), paid boolean, note json)',
    """insert into orders (customer_id, placed, `order "date" 100%`, total, paid, note)
    select lpad(seq * 7 % 80, 4, '0'), timestamp '2024-01-01 10:00' + interval seq * 3 hour,
    date '2024-01-01' + interval floor(seq / 8) day, seq % 90 + 0.5, seq % 3 = 0, '{"a": 1}' from seq_1_to_2400""",
    "create table customers (customer_id varchar(9), town varchar(20), joined date)",
    "insert into customers select lpad(seq, 4, '0'), 'Mainz', '0000-00-00' from seq_0_to_79",
    "create table log (id int, at timestamp)",
    "create table salaries (customer varchar(20), amount int)",
    "create view web_orders as select id, customer_id, placed, total from orders where id <= 50",
    "create view web_many as select o.* from orders o, seq_1_to_200",
    "create view web_slow as select id, customer_id, sleep(1) from orders",
    *(f"grant select on {table} to anna" for table in ("orders", "customers", "log", "web_orders")),
    "grant select (customer) on salaries to anna",
)
