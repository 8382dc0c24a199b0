-- Which checks fail most?
select i.check_code, i.severity, count(*) as doubts,
       count(distinct i.document_id) as documents
from v_quality_issue i join v_document d using (document_id)
where d.is_current = 1
group by i.check_code, i.severity
order by count(*) desc, i.check_code, i.severity
