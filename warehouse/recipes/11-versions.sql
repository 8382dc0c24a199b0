-- Which documents came more than once, and which version counts?
select number, issuing_unit, file_name, received_at < '2100' as was_received, is_current
from v_document
where number is not null
  and number in (select number from v_document group by number, issuer
                 having count(*) > 1)
order by number, file_name, document_id
