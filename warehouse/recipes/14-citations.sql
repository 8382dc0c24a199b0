-- Which papers of higher bodies do the plans stand on most?
select b.cited_number, count(distinct b.document_id) as documents
from v_legal_basis b join v_document d using (document_id)
where d.is_current = 1
group by b.cited_number
order by count(distinct b.document_id) desc, b.cited_number
limit 8
