-- Who owes what by when?
select due_on, is_year_printed, issuing_unit, agency, substr(task, 1, 60) as task
from v_task_calendar
where due_on is not null
order by due_on, assignment_id
