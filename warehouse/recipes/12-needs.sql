-- What do poor households lack?
select o.group_code, o.year, sum(o.value) as households
from v_observation o join v_document d using (document_id)
where d.is_current = 1 and o.quality = 'ok' and o.uom = 'household'
  and o.row_kind = 'unit'
  and (o.group_code like 'need:%' or o.group_code like 'cause:%')
group by o.group_code, o.year
order by households desc, o.group_code, o.year
