-- Which printed figures cannot be right?
select i.file_name, i.page, i.check_code, i.unit_raw, i.printed, i.computed
from v_quality_issue i join v_document d using (document_id)
where d.is_current = 1 and i.check_code in ('rate_mismatch', 'not_a_number')
order by i.file_name, i.page, i.unit_raw, i.printed
