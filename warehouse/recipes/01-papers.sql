-- Which papers are there, and how sure is what was read of them?
select d.file_name, d.kind, d.number, d.issued_on, d.issuing_unit, d.province,
       (select count(*) from v_observation o where o.document_id = d.document_id)
         as observations,
       (select count(*) from v_quality_issue i where i.document_id = d.document_id)
         as doubts
from v_document d
where d.is_current = 1
order by d.issued_on, d.document_id
