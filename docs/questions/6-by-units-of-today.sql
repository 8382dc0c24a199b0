-- How many households were poor, in the units of today?
with said as (
  select o.unit_id, o.year,
         min(case when o.quality = 'ok' then o.value end) as low,
         max(case when o.quality = 'ok' then o.value end) as high
  from v_observation o join v_document d using (document_id)
  where d.is_current = 1 and o.indicator = 'poor_households'
    and o.group_code = 'all' and o.as_of = 'start' and o.row_kind = 'unit'
  group by o.unit_id, o.year
)
select c.current_code, c.current_name, c.current_province, s.year,
       sum(case when s.low = s.high then s.high end) as poor,
       sum(case when s.low = s.high then 1 else 0 end) as units,
       sum(case when s.low = s.high then 0 else 1 end) as left_out,
       sum(case when c.certainty = 'reported' then 1 else 0 end) as unsure
from said s join v_unit_current c on c.unit_id = s.unit_id and c.adds_up = 1
group by c.current_code, c.current_name, c.current_province, s.year
order by c.current_code, s.year
