-- How much money is named, and for what?
select d.issuing_unit, t.year, t.year_to, t.value, t.uom,
       substr(t.indicator_label, 1, 50) as what
from v_target t join v_document d using (document_id)
where d.is_current = 1 and t.indicator = 'funding' and t.quality = 'ok'
order by t.value desc, t.figure_id
limit 8
