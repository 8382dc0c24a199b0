-- What does each place promise for its poverty rate?
select d.issuing_unit, t.indicator, t.comparator, t.value, t.per, t.year, t.year_to
from v_target t join v_document d using (document_id)
where d.is_current = 1 and t.quality = 'ok' and t.source = 'prose'
  and t.indicator in ('poverty_rate', 'poverty_rate_reduction')
order by d.issuing_unit, t.indicator
