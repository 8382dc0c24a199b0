-- Who has to do what by when?
select a.agency, a.deadlines, a.recurrence, substr(a.task, 1, 48) as task
from v_assignment a join v_document d using (document_id)
where d.is_current = 1 and a.deadlines <> '[]'
order by a.deadlines, a.ordinal
limit 5
