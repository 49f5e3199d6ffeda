-- The figures of `pykala report`, in the SQL of DuckDB over what `pykala parse -o records.jsonl` wrote.
-- `counted` has a row for each sum that is granted or committed; its column `counts` is what may be added up:
--
--   select recipients, currency, sum(counts) from counted where counts > 0 group by all order by 3 desc;

create or replace table record as
select
    row_number() over () as reading,
    *
from read_json(
    'records.jsonl',
    format = 'newline_delimited',
    maximum_object_size = 268435456,
    columns = {
        id: 'VARCHAR',
        source: 'STRUCT(uri VARCHAR)',
        municipality: 'STRUCT("name" VARCHAR)',
        published: 'VARCHAR',
        meeting: 'STRUCT(body VARCHAR, "date" VARCHAR)',
        decisions: 'STRUCT(id VARCHAR, "type" VARCHAR, decision_maker VARCHAR, officer VARCHAR, case_number VARCHAR)[]',
        amounts: 'STRUCT(id VARCHAR, "value" DECIMAL(38, 6), value_max DECIMAL(38, 6), currency VARCHAR, per VARCHAR,
                         qualifier VARCHAR, "role" VARCHAR, decision VARCHAR, recipients VARCHAR[], fund VARCHAR, years VARCHAR[])[]',
        years: 'STRUCT(id VARCHAR, "start" INTEGER, "end" INTEGER)[]',
        institutions: 'STRUCT(id VARCHAR, "name" VARCHAR, kind VARCHAR)[]'
    }
);

-- Every sum granted or committed, with names instead of ids.
create or replace table given as
with entry as (
    select
        r.*,
        t.place,
        r.amounts[t.place] as amount,
        list_filter(r.decisions, lambda d: d.id = r.amounts[t.place].decision)[1] as act
    from record as r, unnest(range(1, len(r.amounts) + 1)) as t (place)
)
select
    reading,
    place,
    id as bulletin,
    source.uri as uri,
    coalesce(
        municipality.name,
        case when len(list_filter(institutions, lambda i: i.kind = 'wellbeing_county')) = 1
            then list_filter(institutions, lambda i: i.kind = 'wellbeing_county')[1].name end,
        case when len(list_filter(institutions, lambda i: i.kind = 'joint_authority')) = 1
            then list_filter(institutions, lambda i: i.kind = 'joint_authority')[1].name end,
        source.uri
    ) as publisher,
    coalesce(meeting.date, published) as decided,
    case
        when act.decision_maker is not null then list_filter(institutions, lambda i: i.id = act.decision_maker)[1].name
        when act.officer <> '' then act.officer
        else meeting.body
    end as body,
    act.id as decision,
    act.type as act,
    act.case_number as case_number,
    amount.value as value,
    amount.value_max as value_max,
    amount.currency as currency,
    amount.per as per,
    amount.qualifier as qualifier,
    list_sort(
        list_transform(amount.recipients, lambda one: list_filter(institutions, lambda i: i.id = one)[1].name)
    ) as recipients,
    list_filter(institutions, lambda i: i.id = amount.fund)[1].name as fund,
    list_sort(list_transform(amount.years, lambda one: {
        first: list_filter(record_years, lambda y: y.id = one)[1].start,
        last: list_filter(record_years, lambda y: y.id = one)[1].end
    })) as years
from (select *, years as record_years from entry)
where amount.role in ('granted', 'committed');

-- What is left out for a reason of its own.
create or replace table judged as
select
    *,
    case
        when reading <> min(reading) over (partition by bulletin) then 'same-bulletin'
        when decision is null then 'no-decision'
        when act in ('denied', 'rejected', 'noted', 'closed', 'tabled', 'returned', 'withdrawn', 'proposed', 'stated', 'repealed')
            then 'not-given'
        when per is not null then 'rate'
        when value_max is not null then 'range'
        when value < 0 then 'negative'
    end as own_reason
from given;

-- Of several bulletins that tell one case of one day, the one that tells it in most sums.
create or replace table telling as
select publisher, case_number, decided, first(reading order by sums desc, reading) as fullest
from (
    select publisher, case_number, decided, reading, count(*) as sums
    from judged
    where own_reason is null and case_number <> '' and decided <> ''
    group by all
)
group by all;

create or replace table candidate as
select
    j.*,
    row_number() over (
        partition by j.reading, j.decision, j.currency, j.value, j.recipients, j.years, j.fund order by j.place
    ) as nth
from judged as j
left join telling as t using (publisher, case_number, decided)
where j.own_reason is null and coalesce(t.fullest, j.reading) = j.reading;

create or replace macro within_years(part, whole) as
    len(part) = 0 or len(whole) = 0 or (
        whole[1].first <= part[1].first
        and list_max(list_transform(part, lambda y: y.last)) <= list_max(list_transform(whole, lambda y: y.last))
    );

-- Sums that name their receivers count each, but for exact totals of others.
create or replace table named as
select
    one.*,
    (
        select count(*) > 1 and sum(other.value) = one.value
        from candidate as other
        where
            (other.reading, other.decision, other.currency) = (one.reading, one.decision, one.currency)
            and other.nth = 1
            and other.place <> one.place
            and len(other.recipients) > 0
            and list_has_all(one.recipients, other.recipients)
            and within_years(other.years, one.years)
    ) as is_total
from candidate as one
where one.nth = 1 and len(one.recipients) > 0;

create or replace table covered as
select reading, decision, currency, sum(value) as covered
from named
where not is_total
group by all;

-- Sums that name nobody count by what they exceed the named ones; of a total and its parts, one of the two.
create or replace table nameless as
with numbered as (
    select
        *,
        row_number() over (partition by reading, decision, currency order by value desc, place) as size,
        sum(value) over (partition by reading, decision, currency) as all_of_them,
        count(*) over (partition by reading, decision, currency) as number,
        first_value(years) over (partition by reading, decision, currency order by value desc, place) as whole_years,
        max(value) over (partition by reading, decision, currency) as largest
    from candidate
    where nth = 1 and len(recipients) = 0
),
told as (
    select
        *,
        largest >= all_of_them - largest
        and bool_and(size = 1 or within_years(years, whole_years)) over (partition by reading, decision, currency) as whole
    from numbered
),
kept as (
    select *
    from told
    where
        not whole
        or (number > 2 and largest = all_of_them - largest and size > 1)
        or (not (number > 2 and largest = all_of_them - largest) and size = 1)
)
select
    kept.*,
    sum(value) over (partition by kept.reading, kept.decision, kept.currency order by place) as reached,
    coalesce(covered.covered, 0) as covered
from kept
left join covered using (reading, decision, currency);

create or replace table counted as
select
    given.*,
    coalesce(
        case when named.is_total then 0 else named.value end,
        greatest(nameless.reached - nameless.covered, 0) - greatest(nameless.reached - nameless.value - nameless.covered, 0),
        0
    ) as counts
from given
left join named using (reading, place)
left join nameless using (reading, place)
order by given.reading, given.place;
