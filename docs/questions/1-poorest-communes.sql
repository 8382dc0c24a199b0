-- Where is poverty highest?
select o.unit_name, o.unit_code, d.province, o.value as poverty_rate, o.year
from v_observation o join v_document d using (document_id)
where d.is_current = 1 and o.quality = 'ok'
  and o.indicator = 'poverty_rate' and o.group_code = 'all'
  and o.row_kind = 'unit' and o.as_of = 'start'
order by o.value desc
limit 6
